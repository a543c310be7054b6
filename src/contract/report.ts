import Type, { type Static } from 'typebox';
import {
  contrast,
  control,
  count,
  estimate,
  gate,
  groupComparison,
  judge,
  names,
  nullableNumber,
  relation,
} from './report-numbers.js';

const latency = Type.Object({
  provider: Type.String(),
  n: count('Replies'),
  p50Ms: nullableNumber('Median'),
  p95Ms: nullableNumber('95th percentile'),
});

/** JSON Schema of `report.json`, and the source of its type. */
export const reportSchema = Type.Object(
  {
    schema: Type.Literal('evalrun.report/1'),
    run: Type.Object({
      id: Type.String({ description: 'From the plan’s digest: the same plan has the same id' }),
      eval: Type.String(),
      title: Type.String(),
      configDigest: Type.String({ description: 'SHA-256 of the frozen matrix, hex' }),
      seed: Type.Integer(),
      repeats: Type.Integer(),
      evalrunVersion: Type.String(),
      simulated: Type.Boolean({ description: 'True if any answer or judgement came from a simulated provider' }),
      complete: Type.Boolean({ description: 'Every cell settled, failures within the tolerance' }),
    }),
    counts: Type.Object({
      cells: Type.Object({
        planned: count('Cells of the plan'),
        answered: count('Cells whose every step was answered'),
        refused: count('Cells that an endpoint declined'),
        failed: count('Cells whose call failed after all retries'),
        skipped: count('Cells that were not asked'),
      }),
      calls: Type.Object({
        askedByCells: count('Calls that the settled cells are built on, each cell counting its own'),
        unique: count('The same with shared calls counted once'),
        recorded: count('Of these, replies in the record'),
      }),
      tokens: Type.Object({ input: count('Of the recorded calls'), output: count('Of the recorded calls') }),
      costUsd: nullableNumber('Of the recorded calls; null when a price is unknown'),
      byProvider: Type.Array(
        Type.Object({
          provider: Type.String(),
          calls: count('Unique recorded calls'),
          tokens: Type.Object({ input: count(''), output: count('') }),
          costUsd: nullableNumber('null when the price is unknown'),
        }),
      ),
      failures: names('Failure reason → cells'),
    }),
    estimates: Type.Array(estimate),
    contrasts: Type.Array(contrast),
    relations: Type.Optional(Type.Array(relation, { description: 'Absent where the eval states none' })),
    groups: Type.Array(groupComparison),
    gates: Type.Array(gate),
    judges: Type.Array(judge),
    controls: Type.Array(control),
    provenance: Type.Object({
      sources: Type.Array(
        Type.Object({
          what: Type.String({ description: 'eval, items, personas …' }),
          id: Type.String(),
          title: Type.Optional(Type.String()),
          source: Type.Optional(Type.String()),
          licence: Type.Optional(Type.String()),
        }),
      ),
      files: Type.Record(Type.String(), Type.String(), { description: 'Source file → SHA-256' }),
      git: Type.Object({
        commit: Type.Union([Type.String(), Type.Null()]),
        dirty: Type.Union([Type.Boolean(), Type.Null()]),
      }),
      command: Type.String({ description: 'Reproduces the run' }),
      prices: Type.String({ description: 'Which price table, with its date' }),
    }),
    timing: Type.Object({
      started: Type.Union([Type.String(), Type.Null()]),
      finished: Type.Union([Type.String(), Type.Null()]),
      latencies: Type.Array(latency),
    }),
    host: Type.Object({ node: Type.String(), platform: Type.String(), cpus: Type.Integer() }),
    effort: Type.Object({
      callsMade: count('Attempts sent to endpoints'),
      recorded: count('Replies recorded'),
      reused: count('Replies taken over from an earlier run'),
      retried: count('Attempts that failed and may have been tried again'),
      inFlightAtCrash: count('Attempts whose result was lost when the process was killed, as far as known'),
      interruptions: count('Invocations that ended without finishing'),
      spentTwiceUsd: nullableNumber(
        'At most, for attempts in flight at a crash: their number times the mean cost of a recorded call; null when a price is unknown',
      ),
      failures: names('Failure reason → attempts'),
    }),
  },
  { $id: 'evalrun.report/1', title: 'evalrun report' },
);

/** The content of `report.json`. */
export type Report = Static<typeof reportSchema>;
