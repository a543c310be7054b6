import type { SplitSpec } from '../../contract/eval-spec.js';
import { KeyedRandom } from '../../lib/rng.js';
import type { Split } from './pair.js';

/** Of 1,000 personas 100 are kept unseen, as in PERSONA (arXiv 2407.17387). */
export const defaultUnseen = 0.1;
const trainShare = 0.8;
const validationShare = 0.1;

/** What decides where a pair goes. */
export interface SplitKey {
  /** Id of the persona, or null. */
  persona: string | null;
  instruction: string;
}

/**
 * The split of a pair: by persona first, then 80/10/10 by question and persona. A function of seed, persona and question
 * alone: another row moves none, and pairs of one question and persona (other arms, providers, repeats) stay together.
 * @param unseen share of personas that are in no other split, 0 ≤ unseen < 1
 */
export function splitOf({ persona, instruction }: SplitKey, seed: number, unseen: number): Split {
  if (persona !== null && new KeyedRandom(seed, 'unseen persona', persona).uniform() < unseen) return 'unseen_personas';
  const place = new KeyedRandom(seed, 'split of a pair', persona ?? '', instruction).uniform();
  if (place < trainShare) return 'train';
  return place < trainShare + validationShare ? 'validation' : 'test';
}

/** The split of all pairs with one value of the field that `split` names: a function of seed and value alone. */
export function splitOfGroup(group: string, seed: number, { validation, test }: Omit<SplitSpec, 'by'>): Split {
  const place = new KeyedRandom(seed, 'split of a group', group).uniform();
  if (place < test) return 'test';
  return place < test + validation ? 'validation' : 'train';
}
