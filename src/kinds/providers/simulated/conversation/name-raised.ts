import type { KeyedRandom } from '../../../../lib/rng.js';
import type { Language } from './language-of.js';

/** How an entity is spoken of. */
export interface Spoken {
  /** The entity's string as it stands in the conversation or the instruction. */
  name: string;
  /** With its article, for the middle of a sentence: `the oboe`, `a Gibson`, `Kyoto`. */
  phrase: string;
}

const otherwise: { [frame: string]: string } = {
  'If I compare {phrase} with {partner}, the difference is smaller than people make it.':
    'If I compare {phrase} with the rest, the difference is smaller than people make it.',
  'My short list would hold {partner}, {phrase} and perhaps one more.':
    'My short list would hold {phrase} and perhaps one more.',
};

const joining: { [language in Language]: string } = { en: 'and', de: 'und', fr: 'et', es: 'y' };

/** How often a reply that names one of several raised entities names all of them. */
export const allNamed = 0.5;

/** Of several raised entities all in a row, or one of them. */
export function spokenOf(
  raised: Spoken,
  others: readonly Spoken[],
  { language, random }: { language: Language; random: KeyedRandom },
): Spoken {
  if (others.length === 0) return raised;
  const all = [raised, ...others];
  if (!random.chance(allNamed)) return random.pick(all);
  const inOne = (words: string[]) => `${words.slice(0, -1).join(', ')} ${joining[language]} ${words.at(-1)}`;
  return { name: inOne(all.map(({ name }) => name)), phrase: inOne(all.map(({ phrase }) => phrase)) };
}

/** A sentence that names them. */
export function naming(
  raised: Spoken,
  partner: Spoken | null,
  { frames, random }: { frames: readonly string[]; random: KeyedRandom },
): string {
  const frame = random.pick(frames);
  const fitting = partner === null ? (otherwise[frame] ?? frame) : frame;
  return fitting
    .replace('{phrase}', () => raised.phrase)
    .replace('{possessive}', () => `${raised.phrase}${raised.name.endsWith('s') ? "'" : "'s"}`)
    .replace('{partner}', () => partner?.phrase ?? '');
}
