import type { Contrast } from '../../../contract/estimate.js';
import type { Plan } from '../../../contract/plan.js';
import type { MeasureInput } from '../measure-input.js';
import type { Tables } from '../metric-tables.js';
import type { ScoreColumns } from '../score-columns.js';
import type { Flips } from './flips.js';
import type { PairedBy, ProviderPair } from './pair-providers.js';
import type { PlanDifference } from './plan-differences.js';

/** A run that is compared. */
export type ComparedRun = MeasureInput & { plan: Partial<Pick<Plan, 'evalrunVersion'>> };

/** A run with its columns. */
export interface RunSide {
  input: ComparedRun;
  scores: ScoreColumns;
  tables: Tables;
}

/** A metric × arm that both runs have, for two providers; numbers are places in each run's own lists. */
export interface RunSlice {
  metric: { a: number; b: number };
  arm: { a: number; b: number };
  provider: ProviderPair;
}

/** One metric × arm × pair of providers in two runs. All differences are B − A. */
export interface RunDifference
  extends Pick<Contrast, 'metric' | 'low' | 'high' | 'level' | 'p' | 'pAdjusted' | 'correction' | 'n' | 'unscored'>,
    Pick<Contrast, 'detectable' | 'method' | 'clusters' | 'better' | 'difference'> {
  unit: string;
  arm: string;
  provider: { a: string; b: string };
  /** Values over the units that both runs scored, so that b − a is `difference`. */
  a: number | null;
  b: number | null;
  /** Units that both runs have, scored or not. */
  matched: number;
  /** Matched units without a score, by run. */
  unscoredIn: { a: number; b: number };
  /** Units that only one run has. */
  onlyIn: { a: number; b: number };
  /** null where the metric's units are not 0 or 1. */
  flips: Flips | null;
}

/** A unit whose value changed. */
export interface RunChange {
  metric: string;
  unit: string;
  arm: string;
  provider: { a: string; b: string };
  item: string;
  persona: string | null;
  from: number;
  to: number;
  /** From 0 to 1 or back, of a binary metric. */
  flipped: boolean;
}

export interface Comparison {
  providers: { a: string; b: string }[];
  pairedBy: PairedBy;
  /** Pairs of item and persona that both runs have, and those that one has. */
  matched: number;
  onlyIn: { a: number; b: number };
  /** What breaks comparability. */
  differs: PlanDifference[];
  /** The largest, and how many there are in all. */
  changes: RunChange[];
  changed: number;
  differences: RunDifference[];
}
