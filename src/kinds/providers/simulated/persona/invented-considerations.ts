import { KeyedRandom } from '../../../../lib/rng.js';

// For attributes that the bank does not know: 14 × 16 × 12 considerations, one for each attribute and value.
const deeds = [
  'keeping',
  'sharing',
  'protecting',
  'honoring',
  'making room for',
  'being frank about',
  'putting a name to',
  'paying attention to',
  'asking about',
  'staying loyal to',
  'building on',
  'taking pride in',
  'being patient with',
  'speaking up for',
];
const things = [
  'small routines',
  'old friendships',
  'hard-won skills',
  'quiet pleasures',
  'local ties',
  'unspoken rules',
  'early lessons',
  'weekend plans',
  'private hopes',
  'family stories',
  'daily errands',
  'half-finished projects',
  'well-kept tools',
  'open questions',
  'second chances',
  'good manners',
];
const ways = [
  'that give a day its shape',
  'that nobody else keeps track of',
  'when others are in a hurry',
  'even where it costs an hour',
  'that are easy to overlook',
  'before the loud ones',
  'through a long winter',
  'in plain sight',
  'without making a show of it',
  'for as long as they last',
  'on both sides of the fence',
  'and not just the sensible things',
];

/** Every invented consideration. Its index is what two values have in common if they share it. */
export const inventedConsiderations: readonly string[] = deeds.flatMap((deed) =>
  things.flatMap((thing) => ways.map((way) => `${deed} ${thing} ${way}`)),
);

/** Index of the consideration that stands for an attribute's value. */
export const inventedIndex = (attribute: string, value: string): number =>
  new KeyedRandom(0, 'consideration', attribute, value.toLowerCase()).below(inventedConsiderations.length);
