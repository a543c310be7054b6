import { binomialCdf } from './distributions.js';

/**
 * McNemar's test in its exact, binomial form: are flips one way as likely as flips the other way?
 *
 * @param gained units that were 0 and became 1
 * @param lost units that were 1 and became 0
 * @returns two-sided p; 1 where nothing flipped
 */
export function exactMcNemar(gained: number, lost: number): number {
  const flips = gained + lost;
  return flips === 0 ? 1 : Math.min(1, 2 * binomialCdf(Math.min(gained, lost), flips, 0.5));
}
