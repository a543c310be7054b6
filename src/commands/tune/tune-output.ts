import path from 'node:path';
import type { EvalrunError } from '../../contract/problem.js';
import { printable } from '../../lib/code-frame.js';
import { jsonLine } from '../../lib/json-line.js';
import { formatProblem, problemRecord } from '../../stages/load/format-problem.js';
import { type Invocation, wantsColor } from '../invocation.js';
import type { TuneProgress } from './remote-tuning.js';

const inWords = (progress: TuneProgress): string => {
  if (progress.what === 'file')
    return `${progress.split}: ${progress.id}${progress.found ? ' (was there already)' : ''}`;
  if (progress.what === 'job') return `job ${progress.id}${progress.found ? ' (was started already)' : ''}`;
  if (progress.what === 'status') return `job ${progress.job}: ${progress.status}`;
  const { message, step, loss } = progress;
  return step === null ? message : `step ${step}${loss === null ? '' : `, loss ${loss}`}: ${message}`;
};

function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/**
 * What `evalrun tune` prints, without secrets and control characters: results on stdout, progress on stderr; on a terminal
 * what changes all the time is one line that is rewritten. With `--json` everything is a line of JSON on stdout.
 */
export class TuneOutput {
  readonly #invocation: Invocation;
  readonly #isLive: boolean;
  readonly #startedAt = performance.now();
  /** What the rewritten line says: the job's status, and the last event. */
  #status = '';
  #event = '';

  constructor(invocation: Invocation) {
    this.#invocation = invocation;
    this.#isLive = invocation.stderr.isTTY === true && invocation.env.TERM !== 'dumb';
  }

  /** What came of it, for people. */
  result(line: string): void {
    if (this.#invocation.flags.json === true) return;
    this.clear();
    this.#invocation.stdout.write(`${this.#clean(line)}\n`);
  }

  /** What goes on, for people; nothing with `--quiet`. */
  say(line: string): void {
    const { flags, stderr } = this.#invocation;
    if (flags.json === true || flags.quiet === true) return;
    this.clear();
    stderr.write(`${this.#clean(line)}\n`);
    this.#draw();
  }

  /** Something that is wrong; does not end the command. */
  problem(problem: EvalrunError): void {
    const { flags, redact, stderr } = this.#invocation;
    this.clear();
    if (flags.json === true) this.record(problemRecord(problem));
    else stderr.write(`${redact(formatProblem(problem, { color: wantsColor(this.#invocation, stderr) }))}\n`);
  }

  /** A line of `--json`. */
  record(record: object): void {
    const { flags, stdout, redact } = this.#invocation;
    if (flags.json === true) stdout.write(`${redact(jsonLine(record))}\n`);
  }

  progress(progress: TuneProgress): void {
    const line = inWords(progress);
    const isNews = progress.what !== 'status' || line !== this.#status;
    if (isNews) this.record({ type: 'progress', ...progress });
    if (progress.what === 'status') this.#status = line;
    if (progress.what === 'event') this.#event = line;
    const changes = progress.what === 'status' || progress.what === 'event';
    if (this.#isLive && changes) this.#draw();
    else if (isNews) this.say(line);
  }

  /** Takes the rewritten line away. */
  clear(): void {
    if (this.#isLive && this.#status !== '') this.#invocation.stderr.write('\r\u001b[K');
  }

  /** A path as a person would type it. */
  shown(file: string): string {
    const short = path.relative(this.#invocation.cwd, file);
    return short === '' || short.startsWith('..') ? file : short;
  }

  // An endpoint's words may hold anything; a terminal obeys control characters.
  #clean(line: string): string {
    return printable(this.#invocation.redact(line));
  }

  #draw(): void {
    const { flags, stderr } = this.#invocation;
    if (!this.#isLive || this.#status === '' || flags.json === true || flags.quiet === true) return;
    const parts = [this.#status, duration(performance.now() - this.#startedAt), this.#event].filter(
      (one) => one !== '',
    );
    const width = Math.max(20, (stderr.columns || 80) - 1);
    stderr.write(`\r\u001b[K${this.#clean(parts.join(' · ')).slice(0, width)}`);
  }
}
