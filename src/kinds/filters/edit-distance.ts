import { editDistance as distanceOf } from '../../lib/edit-distance.js';
import { wordsOf } from '../../lib/words-of.js';
import { bandFilter, shareBand } from './band.js';

const defaults = { min: 0.02, max: 0.8 };

/**
 * Keeps pairs whose texts differ by neither too little nor too much: the fewest words to insert, leave out or replace,
 * divided by the words of the longer text. Words as `wordsOf` reads them, case counts; two texts without a word have
 * distance 0.
 *
 * Source: Levenshtein (1966), by words. That such a band is applied is Direct Principle Feedback's (arXiv 2402.07896); its
 * ends are not published, the defaults are ours.
 */
export const editDistance = bandFilter({
  kind: 'edit_distance',
  title: 'words inserted, left out or replaced between the two texts, as a share of the longer one',
  options: shareBand('share of words that were changed', defaults),
  defaults,
  reject({ rejected, chosen }, { min, max }) {
    const [one, other] = [wordsOf(rejected), wordsOf(chosen)];
    const longer = Math.max(one.length, other.length);
    const share = longer === 0 ? 0 : distanceOf(one, other) / longer;
    if (share < min) return 'too few words were changed';
    return share > max ? 'too many words were changed' : null;
  },
});
