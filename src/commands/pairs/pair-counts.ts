import type { NoPair, Pair, Split, Verdict } from './pair.js';

/** Verdicts of one judge over all pairs of a run. */
export interface VerdictCounts {
  chosen: number;
  tie: number;
  rejected: number;
  none: number;
}

/** How the person's own judge is called among the judges; no control can have this name. */
const ownJudge = 'own judge';

/** What became of every cell of a run. */
export class PairCounts {
  cells = 0;
  /** Cells with two usable texts. */
  pairs = 0;
  kept = 0;
  /** Reason → cells without a pair. */
  readonly noPair: { [reason in NoPair]?: number } = {};
  /** Reason → pairs that were not to be kept. */
  readonly notKept: { [reason: string]: number } = {};
  /** Judge → verdicts over all pairs, kept or not. The person's own comes first. */
  readonly verdicts: { [judge: string]: VerdictCounts };
  readonly #personas = new Map<Split, Set<string>>();
  readonly #rows = new Map<Split, number>();

  /** @param controls their names */
  constructor(controls: readonly string[]) {
    const zero = (): VerdictCounts => ({ chosen: 0, tie: 0, rejected: 0, none: 0 });
    this.verdicts = Object.fromEntries([ownJudge, ...controls].map((name) => [name, zero()]));
  }

  leaveOut(reason: NoPair): void {
    this.cells++;
    this.noPair[reason] = (this.noPair[reason] ?? 0) + 1;
  }

  /** @param notKept why the pair is not kept; null if it is */
  add({ preferred, controls, persona, split }: Pair, notKept: string | null): void {
    this.cells++;
    this.pairs++;
    this.#count(ownJudge, preferred);
    for (const [name, verdict] of Object.entries(controls)) this.#count(name, verdict);
    if (notKept !== null) {
      this.notKept[notKept] = (this.notKept[notKept] ?? 0) + 1;
      return;
    }
    this.kept++;
    this.#rows.set(split, (this.#rows.get(split) ?? 0) + 1);
    const known = this.#personas.get(split) ?? new Set();
    if (persona !== null) known.add(persona);
    this.#personas.set(split, known);
  }

  #count(judge: string, verdict: Verdict): void {
    this.verdicts[judge]![verdict ?? 'none']++;
  }

  /** Kept pairs of a split. */
  rows(split: Split): number {
    return this.#rows.get(split) ?? 0;
  }

  /** Personas with a kept pair in a split. */
  personas(split: Split): number {
    return this.#personas.get(split)?.size ?? 0;
  }
}
