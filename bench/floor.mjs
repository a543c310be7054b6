#!/usr/bin/env node
/**
 * The floor: the requests of `throughput.mjs` with nothing around them. No YAML, no templates, no record, no scores.
 *
 *   node bench/floor.mjs --url http://127.0.0.1:PORT/v1 [--cells 10000] [--concurrency 64] [--json]
 *
 * Prints replies a second over the loop alone, CPU milliseconds a request and peak memory. Start `chat-server.mjs` first.
 */
import http from 'node:http';
import { readArguments } from './parts/arguments.mjs';
import { mockModel, promptOf, questionText } from './parts/eval-files.mjs';
import { conclude } from './parts/figures.mjs';

const { url, cells, concurrency, json } = readArguments(
  { url: 'http://127.0.0.1:8123/v1', cells: 10_000, concurrency: 64 },
  import.meta.url,
);
const route = new URL(`${url}/chat/completions`);
const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency });

function ask(index) {
  const messages = [{ role: 'user', content: promptOf(questionText(index)) }];
  const body = JSON.stringify({ model: mockModel, messages, temperature: 0 });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const request = http.request(route, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part) => {
        text += part;
      });
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode !== 200) return reject(new Error(`status ${response.statusCode}`));
        return resolve(JSON.parse(text).choices[0].message.content);
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

let next = 0;
async function worker() {
  while (next < cells) await ask(next++);
}
const startedMs = performance.now();
await Promise.all(Array.from({ length: concurrency }, worker));
const seconds = (performance.now() - startedMs) / 1000;
agent.destroy();
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const figures = {
  cells,
  seconds,
  perSecond: cells / seconds,
  cpuMsPerCell: (userCPUTime + systemCPUTime) / 1000 / cells,
  peakRssMb: maxRSS / 1024,
};
conclude(json, figures, { 'The floor': [figures] });
