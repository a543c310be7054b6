import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { kebab } from './arguments.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const evalrunBin = path.join(root, 'dist/bin.js');
export const inRoot = (...parts) => path.join(root, ...parts);
export const inBench = (...parts) => path.join(root, 'bench', ...parts);

if (!existsSync(evalrunBin)) {
  process.stderr.write('dist/bin.js is missing: run `npm run build` first\n');
  process.exit(2);
}

/** A temporary folder that is gone when the benchmark ends. */
export function temporaryFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'evalrun-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
  return folder;
}

function collect(stream) {
  let text = '';
  stream.setEncoding('utf8').on('data', (part) => {
    text += part;
  });
  return () => text;
}

/**
 * Runs a Node program to its end.
 * @returns wall seconds from start to exit, CPU seconds (user and system, of it and its Node children), peak resident
 * memory in MB, exit code and what it printed
 */
export async function runNode(argv, { cwd, env = {}, measured = true } = {}) {
  const usageFile = path.join(mkdtempSync(path.join(tmpdir(), 'evalrun-usage-')), 'usage.ndjson');
  const usage = measured
    ? { NODE_OPTIONS: `--import=${new URL('note-usage.mjs', import.meta.url)}`, BENCH_USAGE: usageFile }
    : {};
  const startedMs = performance.now();
  const child = spawn(process.execPath, argv, {
    cwd,
    env: { ...process.env, ...usage, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const exited = new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  const seconds = new Promise((resolve) => child.once('exit', () => resolve((performance.now() - startedMs) / 1000)));
  const code = await exited;
  const lines =
    measured && existsSync(usageFile)
      ? readFileSync(usageFile, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
      : [];
  rmSync(path.dirname(usageFile), { recursive: true, force: true });
  return {
    code,
    seconds: await seconds,
    cpuSeconds: lines.reduce((total, line) => total + line.cpuSeconds, 0),
    peakRssMb: Math.max(0, ...lines.map((line) => line.peakRssMb)),
    stdout: stdout(),
    stderr: stderr(),
  };
}

/**
 * Runs evalrun; a run that does not end as expected ends the benchmark.
 * @returns as `runNode`, with `records`: the JSON lines if `--json` is among the arguments
 */
export async function runEvalrun(args, { expect = 0, ...options } = {}) {
  const result = await runNode([evalrunBin, ...args], options);
  if (result.code !== expect) {
    throw new Error(`evalrun ${args.join(' ')} ended with ${result.code}:\n${result.stderr.slice(-2000)}`);
  }
  const records = args.includes('--json')
    ? result.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [];
  return { ...result, records, done: records.find((record) => record.type === 'done') };
}

/**
 * Starts `chat-server.mjs` in a process of its own. It ends with the benchmark, or when stopped.
 * @param options its options, in camelCase
 */
export async function startServer(options = {}) {
  const argv = Object.entries(options).flatMap(([name, value]) => [`--${kebab(name)}`, String(value)]);
  const child = spawn(process.execPath, [inBench('chat-server.mjs'), ...argv], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = () => child.kill();
  process.on('exit', kill);
  const first = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    createInterface(child.stdout).once('line', resolve);
  });
  const origin = `http://127.0.0.1:${JSON.parse(first).listening}`;
  const get = async (route, signal) => (await fetch(`${origin}${route}`, { signal })).json();
  return {
    baseUrl: `${origin}/v1`,
    stats: () => get('/__stats'),
    asked: () => get('/__asked'),
    reset: () => get('/__reset'),
    nextRequest: (signal) => get('/__next', signal),
    stop: () => {
      process.off('exit', kill);
      kill();
    },
  };
}
