import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Grader } from '../contract/grader-kind.js';
import type { Matrix, Plan } from '../contract/plan.js';
import type { SessionEntry } from '../contract/record.js';
import { costUsd } from '../lib/cost-usd.js';
import type { Traffic } from '../stages/run/attempt.js';
import { AttemptClock } from '../stages/run/attempt-clock.js';
import { Budget } from '../stages/run/budget.js';
import { Caller } from '../stages/run/caller.js';
import { type CellProgram, compileProgram } from '../stages/run/cell-program.js';
import { type CellTally, runMatrix } from '../stages/run/run-matrix.js';
import { RecordReader } from '../store/record-reader.js';
import { RecordWriter } from '../store/record-writer.js';
import { runFiles } from '../store/run-folder.js';
import type { Endpoints } from './connect.js';
import { graderKindOf } from './grader-kinds.js';
import type { Interrupt } from './interrupt.js';
import type { Invocation } from './invocation.js';
import { showProgress } from './progress.js';

/** Compiles a plan's steps and graders. */
export async function programOf(plan: Plan): Promise<CellProgram> {
  const graders = new Map<string, { grader: Grader; asks: boolean }>();
  for (const spec of plan.matrix.eval.graders) {
    const kind = graderKindOf(spec);
    graders.set(spec.id, { grader: await kind.create(spec), asks: kind.roles(spec.options).length > 0 });
  }
  return compileProgram(plan.matrix.eval, graders);
}

/** What is needed to fill a run folder's record. */
export interface Execution {
  plan: Plan;
  matrix: Matrix;
  /** Run folder, locked. */
  folder: string;
  /** Run folder whose replies may be taken over, or null. */
  earlier: string | null;
  endpoints: Endpoints;
  interrupt: Interrupt;
  /** Executes settled cells too: their replies are in the record, their scores are made anew. */
  again?: boolean;
}

/** How an execution went, for the closing words. */
export interface ExecutionSummary {
  traffic: Traffic;
  tally: CellTally;
  /** Set when the budget ended it. */
  halted: string | null;
  /** What was written, to be read and closed by whoever measures it. */
  record: RecordReader;
}

/** Money and calls of earlier invocations of the same run. */
function spentBefore(plan: Plan, record: RecordReader): { spentUsd: number; replies: number } {
  const { budgetUsd, maxCalls } = plan.policy.limits;
  const before = { spentUsd: 0, replies: 0 };
  if (budgetUsd === undefined && maxCalls === undefined) return before;
  for (const { provider, tokens, reused } of record.replies()) {
    if (reused === true) continue;
    before.replies++;
    before.spentUsd += costUsd(plan.policy.prices[provider] ?? null, tokens ?? { input: 0, output: 0 }) ?? 0;
  }
  return before;
}

const sessionEveryMs = 1000;

/** Notes what this invocation has done so far, once a second, so that a killed one can be accounted for. */
function noteSessions(
  record: RecordWriter,
  traffic: Traffic,
  now: () => Date,
): { started: Promise<void>; end(): Promise<void> } {
  let session = 0;
  for (const entry of record.sessions()) session = Math.max(session, entry.session + 1);
  const entry = (event: SessionEntry['event']): SessionEntry => ({
    session,
    event,
    at: now().toISOString(),
    ...traffic,
    failures: { ...traffic.failures },
    ...(event === 'start' && {
      host: { node: process.version, platform: `${process.platform} ${process.arch}`, cpus: availableParallelism() },
    }),
  });
  const put = (event: SessionEntry['event']): Promise<void> => record.putSession(entry(event));
  const started = put('start');
  started.catch(() => {});
  let noted = 0;
  const timer = setInterval(() => {
    if (traffic.sent === noted) return;
    noted = traffic.sent;
    put('progress').catch(() => {});
  }, sessionEveryMs);
  timer.unref();
  return {
    started,
    async end() {
      clearInterval(timer);
      await put('end');
    },
  };
}

/**
 * Runs every cell that is not settled.
 * @throws what the disk throws; the record is intact then and the run can be resumed
 */
export async function execute(
  { plan, matrix, folder, earlier, endpoints, interrupt, again = false }: Execution,
  invocation: Invocation,
): Promise<ExecutionSummary> {
  const record = await RecordWriter.open(path.join(folder, runFiles.record), matrix.cells);
  const source = earlier === null ? null : new RecordReader(path.join(earlier, runFiles.record));
  const traffic: Traffic = { sent: 0, returned: 0, recorded: 0, reused: 0, failures: {} };
  const tally: CellTally = { done: { answered: 0, refused: 0, failed: 0, skipped: 0 } };
  const clock = new AttemptClock();
  interrupt.stop.addEventListener('abort', () => clock.abortAll(), { once: true });
  const budget = new Budget(plan.policy.limits, spentBefore(plan, record));
  let halted: string | null = null;
  const caller = new Caller({
    store: record,
    earlier: source,
    budget,
    context: {
      clock,
      traffic,
      drain: interrupt.drain,
      stop: interrupt.stop,
      redact: invocation.redact,
    },
    costUsd: (provider, tokens) => costUsd(plan.policy.prices[provider] ?? null, tokens) ?? 0,
    halted: (reason) => {
      halted ??= reason;
    },
  });
  const stopProgress = showProgress(invocation, () => ({
    cells: matrix.cells,
    settled: record.settled.size,
    failed: tally.done.failed,
    inFlight: endpoints.limiters.reduce((total, limiter) => total + limiter.inFlight, 0),
    limit: endpoints.limiters.reduce((total, limiter) => total + limiter.limit, 0),
    rateLimited: endpoints.limiters.reduce((total, limiter) => total + limiter.rateLimited, 0),
    retries: Object.values(traffic.failures).reduce((total, times) => total + times, 0),
    spentUsd: budget.spentUsd,
  }));
  const sessions = noteSessions(record, traffic, invocation.now);
  try {
    // A record that cannot be written is known before anything is paid for.
    await sessions.started;
    await runMatrix({
      matrix,
      program: await programOf(plan),
      graders: plan.matrix.eval.graders.map((grader) => grader.id),
      caller,
      subjects: endpoints.subjects,
      roles: endpoints.roles,
      store: {
        isSettled: (ordinal) => !again && record.settled.has(ordinal),
        putCell: (entry) => record.putCell(entry),
      },
      cellDeadlineMs: plan.policy.limits.cellDeadlineMs,
      draining: () => interrupt.drain.aborted || halted !== null,
      tally,
    });
    await sessions.end();
  } catch (error) {
    record.close();
    throw error;
  } finally {
    stopProgress();
    source?.close();
    await record.endWriting();
  }
  return { traffic, tally, halted, record };
}
