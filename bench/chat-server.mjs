#!/usr/bin/env node
/**
 * A small OpenAI-compatible server on loopback, for benchmarks and for the proof that a killed run resumes.
 *
 *   node bench/chat-server.mjs [--port 0] [--latency 0] [--pad 0] [--seed 1]
 *        [--rate-limited 0] [--server-error 0] [--dropped 0] [--truncated 0] [--malformed 0]
 *
 * Prints {"listening": PORT}. `POST …/chat/completions` is answered with "ECHO: " and the last user message, followed by
 * `--pad` bytes of made-up words, after `--latency` ms. The last five options are percentages of requests that get a
 * 429, a 500, no answer (the connection is cut), half an answer, or an answer that is not JSON. Which request gets
 * what is drawn from the seed, the request's body and how often that body was asked, so the order of arrival does not matter.
 *
 *   GET /__stats   total, unique (different bodies), answered (whole replies), answeredUnique, repeatOk (whole replies to a
 *                  body that had one already), inFlight, maxInFlight, faults by name, firstAtMs and lastAtMs (Unix time
 *                  of the first request and of the last reply), cpuSeconds since the last reset
 *   GET /__asked   [reply text, times asked, times answered] of every body
 *   GET /__next    answers when the next chat request arrives
 *   GET /__reset   zeroes all of that
 */
import { createHash } from 'node:crypto';
import http from 'node:http';
import { readArguments } from './parts/arguments.mjs';

const options = readArguments(
  { port: 0, latency: 0, pad: 0, seed: 1, rateLimited: 0, serverError: 0, dropped: 0, truncated: 0, malformed: 0 },
  import.meta.url,
);
const faultNames = ['rateLimited', 'serverError', 'dropped', 'truncated', 'malformed'];
const hasFaults = faultNames.some((name) => options[name] > 0);
const nowMs = () => performance.timeOrigin + performance.now();

/** Body → { reply text, times asked, times answered }. */
let bodies;
let counters;
let cpuAtReset;
let inFlight = 0;
/** Responses that wait for the next chat request. */
const watchers = [];

function reset() {
  bodies = new Map();
  counters = { total: 0, answered: 0, repeatOk: 0, maxInFlight: inFlight, firstAtMs: null, lastAtMs: null };
  counters.faults = Object.fromEntries(faultNames.map((name) => [name, 0]));
  cpuAtReset = process.cpuUsage();
}
reset();

/** A whole number below 2³² from seed and text. */
const draw = (text) => createHash('sha256').update(`${options.seed}\n${text}`).digest().readUInt32LE(0);

/** The fault of this attempt, or null. The shares lie side by side on one draw, so each is exact. */
function faultOf(body, attempt) {
  if (!hasFaults) return null;
  let left = (draw(`${attempt}\n${body}`) / 2 ** 32) * 100;
  for (const name of faultNames) {
    left -= options[name];
    if (left < 0) return name;
  }
  return null;
}

const syllables = 'ba ce di fo gu la me ni po ru sa te vi wo zu ar en is on ul tra ple ski mou ver sta'.split(' ');

/** Made-up words that compress about as well as prose does, not like a row of one letter. */
function padding(body) {
  let state = draw(body) | 1;
  let text = '';
  while (text.length < options.pad) {
    text += ' ';
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    for (let at = 0, length = 1 + (state >>> 30); at < length; at++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      text += syllables[(state >>> 16) % syllables.length];
    }
  }
  return text.slice(0, options.pad);
}

function replyTo(body) {
  const { messages } = JSON.parse(body);
  const asked = messages.findLast((message) => message.role === 'user')?.content ?? '';
  return `ECHO: ${asked}${options.pad > 0 ? padding(body) : ''}`;
}

function completion(body, text) {
  return JSON.stringify({
    id: 'chatcmpl-bench',
    object: 'chat.completion',
    created: 1,
    model: 'mock-model',
    choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
    usage: {
      prompt_tokens: body.length >> 2,
      completion_tokens: text.length >> 2,
      total_tokens: (body.length + text.length) >> 2,
    },
  });
}

function send(response, status, text) {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function answer(response, body, entry) {
  const fault = faultOf(body, entry.asked);
  if (fault !== null) counters.faults[fault]++;
  if (fault === 'rateLimited')
    return send(response, 429, '{"error": {"message": "too many requests", "type": "rate_limit"}}');
  if (fault === 'serverError')
    return send(response, 500, '{"error": {"message": "internal error", "type": "server_error"}}');
  if (fault === 'dropped') return response.destroy();
  const text = completion(body, entry.text);
  if (fault === 'malformed') return send(response, 200, text.slice(0, -20));
  if (fault === 'truncated') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    return response.write(text.slice(0, text.length >> 1), () => response.destroy());
  }
  response.once('finish', () => {
    counters.answered++;
    if (entry.answered++ > 0) counters.repeatOk++;
    counters.lastAtMs = nowMs();
  });
  return send(response, 200, text);
}

function accept(response, body) {
  counters.firstAtMs ??= nowMs();
  for (const watcher of watchers.splice(0)) send(watcher, 200, '{}');
  counters.total++;
  inFlight++;
  if (inFlight > counters.maxInFlight) counters.maxInFlight = inFlight;
  response.once('close', () => inFlight--);
  let entry = bodies.get(body);
  if (entry === undefined) {
    entry = { text: replyTo(body), asked: 0, answered: 0 };
    bodies.set(body, entry);
  }
  entry.asked++;
  if (options.latency > 0) setTimeout(answer, options.latency, response, body, entry);
  else answer(response, body, entry);
}

function report(url) {
  const entries = [...bodies.values()];
  if (url === '/__asked') return entries.map(({ text, asked, answered }) => [text, asked, answered]);
  if (url === '/__reset') reset();
  const { user, system } = process.cpuUsage(cpuAtReset);
  const answeredUnique = entries.filter(({ answered }) => answered > 0).length;
  return { ...counters, unique: bodies.size, answeredUnique, inFlight, cpuSeconds: (user + system) / 1e6 };
}

const server = http.createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  if (request.method === 'GET' && request.url === '/__next') return watchers.push(response);
  if (request.method === 'GET' && request.url.startsWith('/__'))
    return send(response, 200, JSON.stringify(report(request.url)));
  if (request.method !== 'POST' || !request.url.endsWith('/chat/completions')) {
    return send(response, 404, '{"error": {"message": "no such route"}}');
  }
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (part) => {
    body += part;
  });
  return request.on('end', () => {
    try {
      accept(response, body);
    } catch (error) {
      send(response, 400, JSON.stringify({ error: { message: error.message } }));
    }
  });
});
server.listen(options.port, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ listening: server.address().port })}\n`);
});
