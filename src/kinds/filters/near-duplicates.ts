import Type from 'typebox';
import type { FilterKind } from '../../contract/filter-kind.js';
import type { JsonObject } from '../../contract/json.js';
import { NearDuplicateIndex } from '../../lib/near-duplicate-index.js';
import { shinglesOf } from '../../lib/shingles.js';
import { wordsOf } from '../../lib/words-of.js';

const defaultThreshold = 0.9;
/** Words in a row that are compared. */
const size = 3;

const thresholdOf = ({ threshold }: JsonObject): number => (threshold as number | undefined) ?? defaultThreshold;

/**
 * Of pairs that are nearly the same keeps the first, in cell order: by the estimated Jaccard similarity of the sets of
 * three neighbouring words in the conversation and the rejected text (case does not count). Pairs that an earlier filter
 * left out are not remembered. Method and memory: `NearDuplicateIndex`. The default is ours.
 */
export const nearDuplicates: FilterKind = {
  kind: 'near_duplicates',
  title: 'similarity of prompt and rejected text to those of an earlier pair, by three neighbouring words, MinHash',
  options: Type.Object(
    {
      threshold: Type.Optional(
        Type.Number({
          exclusiveMinimum: 0,
          maximum: 1,
          default: defaultThreshold,
          description: `Similarity from which on a pair is left out, above 0, at most 1. Default ${defaultThreshold}`,
        }),
      ),
    },
    { additionalProperties: false },
  ),
  describe: (options) => ({ threshold: thresholdOf(options) }),
  create(options) {
    const index = new NearDuplicateIndex(thresholdOf(options));
    return {
      reject({ turns, rejected }) {
        const text = [...turns.map(({ content }) => content), rejected].join('\n').toLowerCase();
        return index.isNew(shinglesOf(wordsOf(text), size)) ? null : 'nearly the same as an earlier pair';
      },
    };
  },
};
