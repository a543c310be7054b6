import { KeyedRandom } from '../../../lib/rng.js';
import type { WeighedPeople } from './weigh-people.js';

/**
 * Rows of `count` people drawn with replacement, each with probability weight/total; draw i is a function of the seed and
 * i alone. Rows with weight 0 are never drawn.
 */
export function drawRows({ cumulative, total }: WeighedPeople, count: number, seed: number): Uint32Array {
  const rows = new Uint32Array(count);
  for (let draw = 0; draw < count; draw++) {
    const target = new KeyedRandom(seed, 'pums', 'row', String(draw)).uniform() * total;
    rows[draw] = firstAbove(target, cumulative);
  }
  return rows;
}

/** The first row whose sum of weights exceeds the target. */
function firstAbove(target: number, cumulative: WeighedPeople['cumulative']): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulative.get(middle) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
