import type { KeyedRandom } from '../../../../lib/rng.js';
import { writeRefusal } from '../persona/answer-question.js';
import type { PlantedChoice } from './plant-choice.js';
import type { ChoiceQuestion } from './read-choices.js';

/** Draws an option and writes it as models do: the letter, the line as it was listed, or a short sentence. */
export function writeChoice(
  { options, letterOnly }: ChoiceQuestion,
  planted: PlantedChoice,
  random: KeyedRandom,
): string {
  let left = random.uniform();
  const picked = options.find(({ label }) => {
    left -= planted.shares[label]!;
    return left < 0;
  });
  if (picked === undefined) return writeRefusal(random);
  const { label, text } = picked;
  if (letterOnly && !random.chance(0.05)) return label;
  return random.pick([label, `${label}) ${text}`, `(${label})`, `Answer: ${label}`, `${label}. ${text}`]);
}
