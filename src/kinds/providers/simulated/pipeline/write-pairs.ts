import { findMentions } from '../../../../lib/mentions.js';
import type { KeyedRandom } from '../../../../lib/rng.js';
import type { World } from '../world.js';
import { drawn } from './drawn.js';
import { type InventedPair, inventPair, tellsUnreal } from './invent-pair.js';
import type { Subject } from './references.js';

/** Pairs that a topic has, for each that is asked for: a second list of the topic shares about half with the first. */
const stock = 2;

/** Pairs of a topic, all different. */
export const writePairs = (world: World, topic: string, count: number, random: KeyedRandom): InventedPair[] =>
  drawn(count * stock, count, random).map((slot) => inventPair(world, topic, slot));

/** What a check of a pair is shown. */
interface Shown {
  pink: Subject;
  grey: Subject;
  difference: string;
}

/**
 * How likely a check calls a pair real alternatives with a difference that a lay person can name, 0–1. A name that stands
 * inside the other one counts as a fault too.
 */
export function plantReal({ pipeline }: World, { pink, grey, difference }: Shown): number {
  const isBad = tellsUnreal(difference) || findMentions(grey.name, pink).length > 0;
  return isBad ? pipeline.unrealMissed : 1 - pipeline.realMissed;
}

const grounds = {
  yes: [
    'Somebody who wants the one could take the other, and the difference needs no expert.',
    'Both serve the same need, and anyone can see in what they differ.',
    'They are bought by the same people, who can say why they chose.',
  ],
  no: [
    'The two do not stand in for each other.',
    'What is said of their difference would not help anyone to choose.',
    'A lay person would not see two things here between which to decide.',
  ],
};

/** Why a pair is, or is not, one of real alternatives. */
export const reasonFor = (real: boolean, random: KeyedRandom): string => random.pick(real ? grounds.yes : grounds.no);
