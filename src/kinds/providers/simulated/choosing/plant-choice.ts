import { KeyedRandom } from '../../../../lib/rng.js';
import { numberIn, type PersonaProfile } from '../persona/persona-profile.js';
import type { Leaning, World } from '../world.js';
import type { ChoiceQuestion } from './read-choices.js';

/** Probabilities behind an answer to a multiple-choice question. */
export interface PlantedChoice {
  kind: 'choice';
  /** Label → probability, 0–1; with the refusal they add up to 1. */
  shares: { [label: string]: number };
  refusal: number;
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * Shares of the options by an ordered logit with even cut points: with location 0 each of K options has 1/K, and a
 * location above 0 moves answers towards the last. Options count by their place, so the list must be in an order.
 */
export function sharesAt(location: number, options: number, sharpness: number): number[] {
  const below = Array.from({ length: options + 1 }, (_, k) => {
    if (k === 0 || k === options) return k === 0 ? 0 : 1;
    const cut = Math.log(k / (options - k));
    return logistic(sharpness * cut - location);
  });
  return below.slice(1).map((share, k) => share - below[k]!);
}

/**
 * What the world plants for a question: its own leaning; for somebody, that of their groups too, in the direction that
 * the question gives it (a group does not always stand at the same end), as far as the model heeds who asks.
 */
export function plantChoice(
  world: World,
  { question, options }: ChoiceQuestion,
  persona: PersonaProfile | null,
): PlantedChoice {
  const { questionSd, sharpness, lean, groups, heed, refusal } = world.choosing;
  const random = new KeyedRandom(world.seed, 'choice', question);
  const own = lean + questionSd * random.normal();
  const direction = random.uniform() < 0.5 ? -1 : 1;
  const moved = persona === null ? own : own + direction * shiftOf(groups, persona);
  const [anyone, somebody] = [own, moved].map((location) => sharesAt(location, options.length, sharpness));
  const shares = options.map(({ label }, k): [string, number] => [
    label,
    (1 - refusal) * ((1 - heed) * anyone![k]! + heed * somebody![k]!),
  ]);
  return { kind: 'choice', shares: Object.fromEntries(shares), refusal };
}

const shiftOf = (groups: readonly Leaning[], { attributes }: PersonaProfile): number =>
  groups.reduce((sum, group) => sum + (belongs(group, attributes) ? group.shift : 0), 0);

function belongs(group: Leaning, attributes: ReadonlyMap<string, string>): boolean {
  const value = attributes.get(group.attribute.toLowerCase());
  if (value === undefined) return false;
  if (group.values !== undefined && !group.values.some((one) => one.toLowerCase() === value.toLowerCase()))
    return false;
  if (group.from === undefined && group.below === undefined) return true;
  const number = numberIn(value);
  return number !== null && number >= (group.from ?? -Infinity) && number < (group.below ?? Infinity);
}
