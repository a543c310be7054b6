import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { evalrunBin } from './processes.mjs';
import { recordReplies } from './record-replies.mjs';

/**
 * Kills the child's whole process group at a moment, unless it has ended by then.
 * @param moment { from: 'start' | 'first request', seconds }; counting from the first request keeps a slow start-up from
 * swallowing the kills
 * @param ended signal that fires when the child is gone
 */
async function killAt(child, moment, server, ended) {
  try {
    if (moment.from === 'first request') await server.nextRequest(ended);
    await sleep(moment.seconds * 1000, undefined, { signal: ended });
  } catch (error) {
    if (ended.aborted) return;
    throw error;
  }
  if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL');
}

/**
 * Starts evalrun in a process group of its own and kills that group (SIGKILL) at a moment, unless it ends before.
 * @param moment null to let it end
 * @returns whether it was killed, else its exit code and stderr
 */
export async function runUntil(config, out, { cwd, moment, server }) {
  const child = spawn(process.execPath, [evalrunBin, config, '--out', out, '--no-reuse', '--quiet'], {
    cwd,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (part) => {
    stderr += part;
  });
  const controller = new AbortController();
  const closed = new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code, signal) => resolve({ code, signal }));
  });
  const killing = moment === null ? null : killAt(child, moment, server, controller.signal);
  const { code, signal } = await closed;
  controller.abort();
  await killing;
  return { killed: signal === 'SIGKILL', code, stderr };
}

/** Waits until the server has nothing in flight any more: what a killed client had sent is then counted. */
async function untilIdle(server) {
  for (let before = -1; ; await sleep(20)) {
    const { total, inFlight } = await server.stats();
    if (inFlight === 0 && total === before) return;
    before = total;
  }
}

/**
 * Compares, kill by kill, what the server answered with what the record holds. Both are keyed by the text of the reply,
 * which echoes the question, so it says which request it belongs to.
 */
export class RecordWitness {
  /** Reply text → times asked when it was first seen in the record. */
  #recorded = new Map();
  /** Reply text → times answered at the last look. */
  #answered = new Map();
  /** Whole replies that were given but never reached the record, because a kill came between. */
  lost = 0;

  constructor(server, out) {
    this.server = server;
    this.file = path.join(out, 'record.ndjson.zst');
  }

  /** Takes stock after a kill or at the end; returns the number of replies in the record. */
  async look() {
    await untilIdle(this.server);
    const inRecord = new Set();
    if (existsSync(this.file)) for (const { text } of recordReplies(this.file)) inRecord.add(text);
    for (const text of this.#recorded.keys())
      if (!inRecord.has(text)) throw new Error(`a recorded reply is gone: ${text}`);
    for (const [text, asked, answered] of await this.server.asked()) {
      const given = answered - (this.#answered.get(text) ?? 0);
      this.#answered.set(text, answered);
      const isNew = inRecord.has(text) && !this.#recorded.has(text);
      this.lost += isNew ? given - 1 : given;
      if (isNew) this.#recorded.set(text, asked);
    }
    for (const text of inRecord)
      if (!this.#answered.has(text)) throw new Error(`a reply that was never given: ${text}`);
    return inRecord.size;
  }

  /** Requests for replies that were in the record by then. */
  async askedAgain() {
    let again = 0;
    for (const [text, asked] of await this.server.asked()) again += asked - (this.#recorded.get(text) ?? asked);
    return again;
  }
}
