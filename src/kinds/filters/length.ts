import Type from 'typebox';
import { bandFilter } from './band.js';

const defaults = { min: 20, max: 4000 };

/** Characters of a text without the spaces around it: Unicode code points, not bytes. */
function charactersOf(text: string): number {
  let count = 0;
  for (const _character of text.trim()) count++;
  return count;
}

/** Keeps pairs of which both texts have a length in a band. The defaults are ours. */
export const length = bandFilter({
  kind: 'length',
  title: 'characters of either text',
  options: Type.Object(
    {
      min: Type.Optional(
        Type.Integer({
          minimum: 0,
          default: defaults.min,
          description: `Fewest characters of either text. Default ${defaults.min}`,
        }),
      ),
      max: Type.Optional(
        Type.Integer({
          minimum: 1,
          default: defaults.max,
          description: `Most characters of either text. Default ${defaults.max}`,
        }),
      ),
    },
    { additionalProperties: false },
  ),
  defaults,
  reject({ rejected, chosen }, { min, max }) {
    for (const [which, text] of [
      ['rejected', rejected],
      ['chosen', chosen],
    ] as const) {
      const characters = charactersOf(text);
      if (characters < min) return `the ${which} text is too short`;
      if (characters > max) return `the ${which} text is too long`;
    }
    return null;
  },
});
