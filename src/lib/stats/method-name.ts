import type { Units } from '../../contract/metric-kind.js';
import type { Clustering } from './clustering.js';

/** Method of an interval that could not be had: nothing scored. */
export const noUnits = 'none/empty';
/** Method of an interval that could not be had: units of a single cluster say nothing about other clusters. */
export const tooFewClusters = 'none/too-few-clusters';
/** Method of an interval that could not be had: all units agree, and the scale has no ends to reason from. */
export const noVariance = 'none/no-variance';

/** Full name of an interval's method, e.g. `wilson-neff-t/two-way` or `t/one-way/weighted`. */
export function methodName(base: string, { clusters, weights }: Units, { dimensions }: Clustering): string {
  const ways = clusters.length === 0 ? 'independent' : clusters.length === 1 ? 'one-way' : 'two-way';
  const uneven = dimensions.some(({ shares }) => shares) ? '/uneven' : '';
  return `${base}/${ways}${weights ? '/weighted' : ''}${uneven}`;
}
