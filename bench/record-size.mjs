#!/usr/bin/env node
/**
 * Bytes that a run keeps for each byte of its replies.
 *
 *   node bench/record-size.mjs [--cells 2000] [--pad 2000] [--json]
 *
 * `replyBytes` is the UTF-8 text of every recorded reply, judges' included, each shared call once. `record` is the record
 * file, `folder` everything in the run folder but the reports. Rows: both shipped configs on the simulated provider, and a
 * server's replies of about 50 bytes and of about `--pad` bytes (made-up words that compress as prose does).
 */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { readArguments } from './parts/arguments.mjs';
import { writeChatEval } from './parts/eval-files.mjs';
import { conclude, say } from './parts/figures.mjs';
import { inRoot, runEvalrun, startServer, temporaryFolder } from './parts/processes.mjs';
import { recordReplies } from './parts/record-replies.mjs';

const { cells, pad, json } = readArguments({ cells: 2000, pad: 2000 }, import.meta.url);
const folder = temporaryFolder();
const reportFiles = /^(report\.|junit\.)/;

/** Bytes of the texts that `export` gives back, one a cell. */
async function exportedBytes(out) {
  const { stdout } = await runEvalrun(['export', out, '--format', 'rows'], { cwd: folder });
  const replies = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).reply);
  return replies.reduce((total, reply) => total + Buffer.byteLength(reply ?? ''), 0);
}

async function sizesOf(name, config, { isWholeCall = false } = {}) {
  const out = path.join(folder, name.replaceAll(/\W+/g, '-'), 'out');
  // A missed gate is no concern of this benchmark.
  await runEvalrun([config, '--out', out, '--no-reuse', '--quiet', '--set', 'gates=[]'], { cwd: folder });
  const texts = [...recordReplies(path.join(out, 'record.ndjson.zst'))].map(({ text }) => Buffer.byteLength(text));
  const replyBytes = texts.reduce((total, bytes) => total + bytes, 0);
  const exported = await exportedBytes(out);
  if (isWholeCall && exported !== replyBytes)
    throw new Error(`${name}: export gives ${exported} bytes, the record ${replyBytes}`);
  const files = readdirSync(out).filter((file) => !reportFiles.test(file));
  const folderBytes = files.reduce((total, file) => total + statSync(path.join(out, file)).size, 0);
  const recordBytes = statSync(path.join(out, 'record.ndjson.zst')).size;
  say(`${name}: ${(recordBytes / replyBytes).toFixed(2)}`);
  return {
    run: name,
    calls: texts.length,
    replyBytes,
    bytesPerReply: replyBytes / texts.length,
    exportedBytes: exported,
    recordBytes,
    'record / replies': recordBytes / replyBytes,
    'folder / replies': folderBytes / replyBytes,
  };
}

async function served(name, serverPad) {
  const server = await startServer({ pad: serverPad });
  const config = writeChatEval(path.join(folder, `config-${serverPad}`), {
    cells,
    baseUrl: server.baseUrl,
    concurrency: 64,
  });
  const sizes = await sizesOf(name, config, { isWholeCall: true });
  server.stop();
  return sizes;
}

const rows = [
  await sizesOf('persona', inRoot('configs/persona.yaml')),
  await sizesOf('pink-elephant', inRoot('configs/pink-elephant.yaml')),
  await served('short replies', 0),
  await served('long replies', pad),
];
conclude(json, { rows }, { 'Bytes kept for the bytes of the replies': rows });
