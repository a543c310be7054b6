import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { EvalrunError } from '../contract/problem.js';
import type { Env } from '../contract/provider-kind.js';
import { createRedactor } from '../lib/redact.js';

/** Flags that every command knows, as commander gives them. */
export interface Flags {
  out?: string;
  limit?: number;
  seed?: number;
  provider?: string[];
  role?: string[];
  concurrency?: number;
  budgetUsd?: number;
  set?: string[];
  json?: boolean;
  quiet?: boolean;
  color?: boolean;
  envFile?: string;
  reuse?: boolean;
  reuseFrom?: string;
  /** Of a chain: the only stage that is run. */
  stage?: string;
}

/** One invocation of the program: what came from outside, in one place. */
export interface Invocation {
  flags: Flags;
  env: Env;
  cwd: string;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  now(): Date;
  /** Takes secrets out of a text; knows more once providers are loaded. */
  redact(text: string): string;
  /** Adds environment variables whose values must never be shown. */
  addSecrets(names: string[]): void;
}

/** The package's own folder: where the shipped `providers/`, `schemas/` and `package.json` are. */
export const packageFolder = ((): string => {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return folder;
})();

export const evalrunVersion = (
  JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')) as { version: string }
).version;

/** The environment, with the file's variables below it: flag > environment > file. */
function environment(own: Env, envFile: string | undefined): Env {
  if (envFile === undefined) return own;
  let text: string;
  try {
    text = readFileSync(envFile, 'utf8');
  } catch (error) {
    throw new EvalrunError('FILE_NOT_FOUND', `--env-file ${envFile} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return { ...parseEnv(text), ...own };
}

/** A reader that closes the pipe (`evalrun export RUN | head`) has seen enough. */
function endQuietlyOnClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}

/** @throws EvalrunError FILE_NOT_FOUND when `--env-file` cannot be read */
export function createInvocation(flags: Flags): Invocation {
  const env = environment(process.env, flags.envFile);
  endQuietlyOnClosedPipe(process.stdout);
  endQuietlyOnClosedPipe(process.stderr);
  const secrets: { [name: string]: string | undefined } = {};
  let redactor = createRedactor(secrets);
  return {
    flags,
    env,
    cwd: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
    now: () => new Date(),
    redact: (text) => redactor(text),
    addSecrets(names) {
      for (const name of names) secrets[name] = env[name];
      redactor = createRedactor(secrets);
    },
  };
}

/** Whether colours are wanted on a stream: a terminal, no `--no-color`, no `NO_COLOR`. */
export function wantsColor({ flags, env }: Invocation, stream: NodeJS.WriteStream): boolean {
  if (flags.color === false || (env.NO_COLOR !== undefined && env.NO_COLOR !== '')) return false;
  return stream.isTTY === true || (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0');
}
