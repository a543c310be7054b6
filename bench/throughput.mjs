#!/usr/bin/env node
/**
 * Cells a second with one call and one `mentions` score each, beside the floor and beside promptfoo, runs interleaved.
 *
 *   node bench/throughput.mjs [--cells 10000] [--concurrency 64] [--rounds 3] [--shape items|yaml-items|arms|repeats]
 *        [--promptfoo-cells 1000] [--no-promptfoo] [--latency 50] [--no-latency-run] [--json]
 *
 * A rate is cells over the wall time of the whole process, from its start to its exit (the floor's: over its loop alone,
 * which is stricter). `callsPerSecond` counts from the server's first request to its last reply, without start-up,
 * loading and reports. CPU is user and system time of the process; the server has a process of its own.
 * Ratios are medians over the rounds, each within its round. Then floor and evalrun again at `--latency` ms: the share of
 * concurrency / latency that is reached, between the server's first request and last reply and over the whole process.
 */
import path from 'node:path';
import { readArguments } from './parts/arguments.mjs';
import { writeChatEval } from './parts/eval-files.mjs';
import { conclude, median, medians, say } from './parts/figures.mjs';
import { inBench, runEvalrun, runNode, startServer, temporaryFolder } from './parts/processes.mjs';
import { hasPromptfoo, runPromptfoo, writePromptfooEval } from './parts/promptfoo.mjs';

const options = readArguments(
  {
    cells: 10_000,
    concurrency: 64,
    rounds: 3,
    shape: 'items',
    promptfooCells: 1000,
    promptfoo: true,
    latency: 50,
    latencyRun: true,
  },
  import.meta.url,
);
const { cells, concurrency } = options;
const folder = temporaryFolder();
let runs = 0;

/** One run's figures, from its process and from what the server saw of it. */
async function figuresOf(result, count, server) {
  const { firstAtMs, lastAtMs, answered, maxInFlight } = await server.stats();
  if (answered !== count) throw new Error(`the server gave ${answered} replies, not ${count}`);
  return {
    perSecond: count / result.seconds,
    callsPerSecond: count / ((lastAtMs - firstAtMs) / 1000),
    cpuMsPerCell: (result.cpuSeconds * 1000) / count,
    peakRssMb: result.peakRssMb,
    seconds: result.seconds,
    maxInFlight,
  };
}

async function floor(server, count) {
  await server.reset();
  const args = ['--url', server.baseUrl, '--cells', String(count), '--concurrency', String(concurrency), '--json'];
  const result = await runNode([inBench('floor.mjs'), ...args]);
  if (result.code !== 0) throw new Error(`the floor ended with ${result.code}:\n${result.stderr}`);
  return { ...(await figuresOf(result, count, server)), perSecond: JSON.parse(result.stdout).perSecond };
}

async function evalrun(server, config, count) {
  await server.reset();
  const out = path.join(folder, `run-${runs++}`, 'out');
  const result = await runEvalrun([config, '--out', out, '--no-reuse', '--json'], { cwd: folder });
  const { cells: settled } = result.done;
  if (settled.answered !== count) throw new Error(`evalrun answered ${settled.answered} cells, not ${count}`);
  return figuresOf(result, count, server);
}

async function promptfoo(server, variant) {
  await server.reset();
  const result = await runPromptfoo(path.join(folder, 'promptfoo'), { variant, concurrency });
  return figuresOf(result, options.promptfooCells, server);
}

/** The floor and evalrun must send the same bodies, or the ratio means nothing. */
async function checkSameRequests(server) {
  const few = writeChatEval(path.join(folder, 'few'), { cells: 20, baseUrl: server.baseUrl, concurrency });
  await runEvalrun([few, '--out', path.join(folder, 'few', 'out'), '--json'], { cwd: folder });
  await runNode([inBench('floor.mjs'), '--url', server.baseUrl, '--cells', '20']);
  const { total, unique } = await server.stats();
  if (total !== 40 || unique !== 20) throw new Error(`floor and evalrun differ: ${total} requests, ${unique} bodies`);
}

/** Starting with another one each round, so that none always runs on a warm or a tired machine. */
const rotated = (list, by) => [...list.slice(by % list.length), ...list.slice(0, by % list.length)];

async function fullSpeed() {
  const server = await startServer();
  await checkSameRequests(server);
  const config = writeChatEval(path.join(folder, 'full'), {
    cells,
    baseUrl: server.baseUrl,
    concurrency,
    shape: options.shape,
  });
  const runners = { floor: () => floor(server, cells), evalrun: () => evalrun(server, config, cells) };
  if (options.promptfoo && hasPromptfoo) {
    writePromptfooEval(path.join(folder, 'promptfoo'), { cells: options.promptfooCells, baseUrl: server.baseUrl });
    runners.promptfoo = () => promptfoo(server, 'as it comes');
    runners['promptfoo --no-write'] = () => promptfoo(server, '--no-write');
  }
  const rounds = [];
  for (let round = 0; round < options.rounds; round++) {
    const results = {};
    for (const name of rotated(Object.keys(runners), round)) {
      results[name] = await runners[name]();
      say(`round ${round + 1}: ${name} ${results[name].perSecond.toFixed(0)}/s`);
    }
    rounds.push(results);
  }
  server.stop();
  return rounds;
}

/** Both beside the bound of concurrency / latency, which no client can pass. */
async function withLatency() {
  const server = await startServer({ latency: options.latency });
  const config = writeChatEval(path.join(folder, 'latency'), {
    cells,
    baseUrl: server.baseUrl,
    concurrency,
    shape: options.shape,
  });
  const runners = { floor: () => floor(server, cells), evalrun: () => evalrun(server, config, cells) };
  const bound = concurrency / (options.latency / 1000);
  const runs = { floor: [], evalrun: [] };
  for (let round = 0; round < options.rounds; round++) {
    for (const name of rotated(Object.keys(runners), round)) {
      const { perSecond, callsPerSecond, maxInFlight } = await runners[name]();
      runs[name].push({
        bound,
        shareOfBound: callsPerSecond / bound,
        shareWholeProcess: perSecond / bound,
        maxInFlight,
      });
      say(`${options.latency} ms: ${name} ${callsPerSecond.toFixed(0)}/s of ${bound}`);
    }
  }
  server.stop();
  return Object.entries(runs).map(([name, figures]) => ({ run: name, ...medians(figures) }));
}

const rounds = await fullSpeed();
const names = Object.keys(rounds[0]);
const table = names.map((name) => ({
  run: name,
  cells: name.startsWith('promptfoo') ? options.promptfooCells : cells,
  ...medians(rounds.map((round) => round[name])),
}));
const ratioTo = (peer, field) => median(rounds.map((round) => round.evalrun[field] / round[peer][field]));
const ratios = names
  .filter((name) => name !== 'evalrun')
  .map((name) => ({
    'evalrun over': name,
    perSecond: ratioTo(name, 'perSecond'),
    callsPerSecond: ratioTo(name, 'callsPerSecond'),
    cpuPerCell: ratioTo(name, 'cpuMsPerCell'),
    peakRss: ratioTo(name, 'peakRssMb'),
  }));
const latency = options.latencyRun ? await withLatency() : [];
conclude(
  options.json,
  { cells, concurrency, shape: options.shape, rounds, medians: table, ratios, latency },
  {
    [`${cells.toLocaleString('en-US')} cells, concurrency ${concurrency}, latency 0, shape ${options.shape}, medians of ${options.rounds}`]:
      table,
    'Ratios, evalrun over the peer (more a second is better, less CPU and memory is)': ratios,
    [`At ${options.latency} ms latency`]: latency,
  },
);
