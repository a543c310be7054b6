import type { PairMatch } from './match-pairs.js';
import type { SliceValues } from './slice-values.js';

/** A unit that has not the same value in both runs. */
export interface ChangedUnit {
  /** Number of its slice. */
  slice: number;
  /** Pair number in A. */
  pair: number;
  from: number;
  to: number;
  /** |to − from| as a share of the metric's range; on an open scale, of the slice's largest change. */
  size: number;
}

interface Ranked extends ChangedUnit {
  /** How many changes of the same size stand before it in its slice. */
  rank: number;
  /** Place among all changes of its slice. */
  place: number;
}

/** Keeps the largest changes of many slices; memory does not grow with the cells. */
export class LargestChanges {
  readonly #limit: number;
  readonly #kept: Ranked[] = [];
  /** Changed units of all slices. */
  count = 0;

  /** @param limit most changes that are wanted */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @param span width of the metric's range; infinite on an open scale */
  add(slice: number, { a, b, difference }: SliceValues, match: PairMatch, span: number): void {
    const changed = match.a.filter((pair) => difference.scored[pair] === 1 && difference.values[pair] !== 0);
    this.count += changed.length;
    let whole = span;
    if (!Number.isFinite(span)) {
      whole = 0;
      for (const pair of changed) whole = Math.max(whole, Math.abs(difference.values[pair]!));
    }
    // Rounded, so that changes of the same size are that in their last bit too.
    const sizeOf = (pair: number) => Math.round((Math.abs(difference.values[pair]!) / whole) * 1e9) / 1e9;
    changed.sort((one, two) => sizeOf(two) - sizeOf(one));
    let rank = 0;
    for (let place = 0; place < Math.min(this.#limit, changed.length); place++) {
      const pair = changed[place]!;
      const size = sizeOf(pair);
      rank = place > 0 && sizeOf(changed[place - 1]!) === size ? rank + 1 : 0;
      this.#kept.push({ slice, pair, from: a.values[pair]!, to: b.values[pair]!, size, rank, place });
    }
  }

  /**
   * The largest first, then by slice, then in the order of the match. Where not all of one size fit, each slice has
   * its turn, so that one slice with many flips does not hide the others.
   */
  largest(): ChangedUnit[] {
    return [...this.#kept]
      .sort((a, b) => b.size - a.size || a.rank - b.rank || a.slice - b.slice)
      .slice(0, this.#limit)
      .sort((a, b) => b.size - a.size || a.slice - b.slice || a.place - b.place)
      .map(({ rank: _rank, place: _place, ...unit }) => unit);
  }
}
