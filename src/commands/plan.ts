import { existsSync } from 'node:fs';
import path from 'node:path';
import Table from 'cli-table3';
import { plannedDetectableDifference } from '../lib/stats/detectable-difference.js';
import { type Forecast, forecast } from '../stages/compile/forecast.js';
import type { LoadedChain } from '../stages/load/load-chain.js';
import { RecordReader } from '../store/record-reader.js';
import { placeRun, runFiles } from '../store/run-folder.js';
import { openChain, stagesOf } from './chain.js';
import { earlierRun } from './earlier-run.js';
import { programOf } from './execute.js';
import { exitCodes } from './exit-codes.js';
import type { Invocation } from './invocation.js';
import { type Prepared, prepare } from './prepare.js';

const whole = (value: number): string => value.toLocaleString('en-US');
const usd = (value: number): string => `$${value.toFixed(value < 1 ? 4 : 2)}`;
const usdRange = ([low, high]: [number, number]): string => (high === 0 ? 'free' : `${usd(low)} – ${usd(high)}`);

/** Records that a run of this plan would draw on: its own and that of an earlier run. */
function openKnown(prepared: Prepared, invocation: Invocation): RecordReader[] {
  const place = placeRun(prepared.plan, invocation.flags.out ?? null, path.join(invocation.cwd, 'reports'), '');
  // A run of another plan in the very folder would be moved aside and drawn on.
  const earlier = earlierRun(place.occupied ? place.folder : place.earlier, invocation);
  const files = [...(place.occupied ? [] : [place.folder]), ...(earlier === null ? [] : [earlier])].map((folder) =>
    path.join(folder, runFiles.record),
  );
  return files.filter((file) => existsSync(file)).map((file) => new RecordReader(file));
}

/** Variance of a 0/1 answer at a rate of one half: the largest there is. */
const halfRateVariance = 0.25;

/**
 * The smallest difference between two arms that the run can see at 80 % power. Without data: rates near one half, the
 * pairs' true differences all alike. Clusters make it larger; with as many pairs as clusters it is the other end.
 */
function detectable({ matrix, plan }: Prepared): { independent: number; fullyClustered: number } {
  const { personas, items } = plan.matrix.eval;
  const clusters =
    personas === null ? matrix.pairs : Math.min(personas.people.length, items.items.length, matrix.pairs);
  const at = (n: number): number =>
    plannedDetectableDifference({
      n,
      differenceVariance: 0,
      answerVariance: [halfRateVariance, halfRateVariance],
      repeats: [matrix.repeats, matrix.repeats],
      level: 0.95,
    });
  return { independent: at(matrix.pairs), fullyClustered: at(clusters) };
}

function table({ rows }: Forecast, color: boolean): string {
  const out = new Table({
    head: [
      'step',
      'provider',
      'asked by cells',
      'unique calls',
      'known',
      'new',
      'tokens in',
      'tokens out',
      'price',
      'time',
    ],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: color ? {} : { head: [], border: [] },
  });
  for (const row of rows) {
    out.push([
      row.step,
      row.provider,
      whole(row.asked),
      `${row.exact ? '' : '≤ '}${whole(row.unique)}`,
      whole(row.known),
      whole(row.unique - row.known),
      whole(row.inputTokens),
      row.outputTokens.map(whole).join(' – '),
      row.costUsd === null ? 'unknown' : usdRange(row.costUsd),
      `${row.minutesFrom === 'rates' ? '' : '~ '}${row.minutes.toFixed(1)} min`,
    ]);
  }
  return out.toString();
}

/** Shares differ by 1 at most. */
const differenceWords = (difference: number): string => (difference > 1 ? 'none at all' : difference.toFixed(3));

function words(prepared: Prepared, result: Forecast): string {
  const { plan, matrix, notes } = prepared;
  const fresh = result.rows.reduce((total, row) => total + row.unique - row.known, 0);
  const unknown = result.rows.some((row) => row.costUsd === null);
  const sum = (end: 0 | 1): number => result.rows.reduce((total, row) => total + (row.costUsd?.[end] ?? 0), 0);
  const { independent, fullyClustered } = detectable(prepared);
  const sources = [...new Set(Object.values(plan.policy.prices).map((one) => one?.source ?? 'unknown'))].join('; ');
  return [
    `${plan.matrix.eval.id}: run ${plan.id}`,
    ...notes,
    `${whole(matrix.cells)} cells = ${whole(matrix.pairs)} ${plan.matrix.eval.personas === null ? 'items' : 'item–persona pairs'} × ${matrix.arms} arms × ${matrix.providers} providers × ${matrix.repeats} repeats`,
    `at most ${whole(fresh)} new calls, ${unknown ? 'price unknown for some of them, ' : ''}${usdRange([sum(0), sum(1)])} (prices: ${sources}; tokens estimated as characters / 4, replies as 50 tokens to the limit; ~ where no rate is given: two seconds a call at the concurrency)`,
    `smallest difference between two arms found in 80 of 100 such runs: ${differenceWords(independent)} if cells were independent, up to ${differenceWords(fullyClustered)} if answers within a cluster were all alike (rates near one half)`,
  ].join('\n');
}

/** `evalrun plan CONFIG`: what a run would ask and cost. Nothing is called and nothing is written. */
export async function plan([file = '']: string[], invocation: Invocation): Promise<number> {
  const chain = await openChain(file, invocation);
  if (chain === null) await showPlan(await prepare(file, invocation), invocation);
  else await planChain(file, chain, invocation);
  return exitCodes.complete;
}

/** The stages of a chain as far as they are known: what a stage asks follows from the replies of those before it. */
async function planChain(file: string, chain: LoadedChain, invocation: Invocation): Promise<void> {
  for await (const { name, prepared, inFolder, waitsFor } of stagesOf(file, chain, invocation)) {
    if (prepared === null) sayWaiting(name, waitsFor, invocation);
    else await showPlan(prepared, inFolder);
  }
}

function sayWaiting(stage: string, waitsFor: string, { flags, stdout }: Invocation): void {
  if (flags.json === true) stdout.write(`${JSON.stringify({ type: 'waiting', stage, waitsFor })}\n`);
  else stdout.write(`${stage}: known once ${waitsFor} has been run\n`);
}

async function showPlan(prepared: Prepared, invocation: Invocation): Promise<void> {
  const records = openKnown(prepared, invocation);
  try {
    const program = await programOf(prepared.plan);
    const known = (digest: string) => {
      for (const record of records) {
        const reply = record.read(digest);
        if (reply !== null) return reply;
      }
      return null;
    };
    const result = await forecast(prepared.plan, prepared.matrix, (cell, ask) => program.rehearse(cell, ask), known);
    if (invocation.flags.json === true) {
      const line = {
        type: 'plan',
        run: prepared.plan.id,
        cells: result.cells,
        pairs: prepared.matrix.pairs,
        calls: result.rows,
        detectable: detectable(prepared),
        prices: prepared.plan.policy.prices,
      };
      invocation.stdout.write(`${JSON.stringify(line)}\n`);
    } else {
      invocation.stdout.write(`${words(prepared, result)}\n${table(result, false)}\n`);
    }
  } finally {
    for (const record of records) record.close();
  }
}
