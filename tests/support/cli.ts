import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where a command is run, and with what around it. */
export interface CliOptions {
  cwd: string;
  /** Added to an environment that holds no key and no address. */
  env?: { [name: string]: string };
  /** Then it is killed, and the test fails for its exit code. */
  timeoutMs?: number;
}

/** What a command left behind. */
export interface CliResult {
  /** null when a signal ended it. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A command on its way. */
export interface RunningCli {
  process: ChildProcess;
  ended: Promise<CliResult>;
  /** Resolves once this stands on stderr. */
  says(text: string): Promise<void>;
}

/** A record of `--json`, as far as tests read it. */
export interface JsonRecord {
  type: string;
  [key: string]: unknown;
}

const defaultTimeoutMs = 50_000;

/** What a shell would give, without anything that the developer's machine holds for providers. */
const bareEnv = (): { [name: string]: string } => ({
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  TMPDIR: process.env.TMPDIR ?? '/tmp',
});

/** Starts `evalrun` as a process of its own. */
export function startCli(args: string[], options: CliOptions): RunningCli {
  const bin = process.env.EVALRUN_TEST_BIN;
  if (bin === undefined)
    throw new Error('there is no build to test; is tests/support/global-setup.mjs in jest.config.js?');
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: options.cwd,
    env: { ...bareEnv(), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (part: string) => {
      texts[name] += part;
    });
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? defaultTimeoutMs);
  const ended = once(child, 'close').then(([code, signal]): CliResult => {
    clearTimeout(timer);
    return { code: code as number | null, signal: signal as NodeJS.Signals | null, ...texts };
  });
  const says = async (text: string): Promise<void> => {
    while (!texts.stderr.includes(text) && child.exitCode === null) await sleep(10);
  };
  return { process: child, ended, says };
}

/** Runs `evalrun` to its end. */
export const runCli = (args: string[], options: CliOptions): Promise<CliResult> => startCli(args, options).ended;

/** The lines of `--json`; throws where stdout holds anything else. */
export const jsonLines = ({ stdout }: Pick<CliResult, 'stdout'>): JsonRecord[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonRecord);
