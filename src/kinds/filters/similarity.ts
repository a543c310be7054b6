import { jaccard, shinglesOf } from '../../lib/shingles.js';
import { wordsOf } from '../../lib/words-of.js';
import { bandFilter, shareBand } from './band.js';

const defaults = { min: 0.1, max: 1 };
/** Words in a row that are compared. */
const size = 2;

const shinglesIn = (text: string): Set<number> => shinglesOf(wordsOf(text.toLowerCase()), size);

/**
 * Keeps pairs whose texts share enough, so that a revision stays a revision: the Jaccard similarity of their sets of two
 * neighbouring words (case does not count). Unlike `edit_distance` it does not mind a sentence that was moved.
 *
 * Source: resemblance by shingles, Broder (1997). That texts are held to a similarity is Direct Principle Feedback's
 * (arXiv 2402.07896); measure and ends are not published, both are ours.
 */
export const similarity = bandFilter({
  kind: 'similarity',
  title: 'Jaccard similarity of the two texts by pairs of neighbouring words',
  options: shareBand('similarity of the two texts', defaults),
  defaults,
  reject({ rejected, chosen }, { min, max }) {
    const value = jaccard(shinglesIn(rejected), shinglesIn(chosen));
    if (value < min) return 'the texts share too little';
    return value > max ? 'the texts share too much' : null;
  },
});
