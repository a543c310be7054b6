import type { KeyedRandom } from '../../../../lib/rng.js';
import { considerationFor, drawClues, sentenceAround } from './considerations.js';

const openings = [
  'I read it twice, and it could have been written for anybody.',
  'This is polite enough, but I do not find myself in it.',
  'There is nothing wrong with it, and not much in it for me.',
  'I would have stopped reading halfway.',
  'It goes around what I asked.',
  'Fine as far as it goes.',
];
const complaints = [
  'Tell me less about both sides and more about what it would mean on an ordinary day.',
  'Say something that I could not have told you myself.',
  'I want to hear where you come down.',
  'Leave out the part where everybody is right.',
  'Shorter would do.',
];

/**
 * Remarks on an answer, as the persona would make them.
 * @param clues what the persona cares about and says; none for remarks that say nothing about the person
 */
export function writeCritique(clues: readonly string[], random: KeyedRandom): string {
  const wishes = drawClues(clues, random).map((clue) => sentenceAround(considerationFor(clue, random), random));
  return [random.pick(openings), ...wishes, random.pick(complaints)].join(' ');
}
