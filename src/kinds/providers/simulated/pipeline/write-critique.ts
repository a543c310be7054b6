import type { KeyedRandom } from '../../../../lib/rng.js';
import type { World } from '../world.js';
import { type Reference, referencesIn, type Subject } from './references.js';

/** What a critique says of a turn. */
export interface Finding {
  refers: boolean;
  quotes: string[];
  critique: string;
}

/** How likely a critique says that a turn refers to the entity, 0–1. */
export function plantFinding({ pipeline }: World, references: readonly Reference[]): number {
  if (references.some(({ explicit }) => explicit)) return pipeline.recall;
  return references.length > 0 ? pipeline.implicitRecall : pipeline.falseAlarm;
}

const findings = [
  'The turn takes up {pink}, which it should leave alone.',
  'This leads the user back to {pink}.',
  '{pink} is still what this part is about.',
  'Whoever reads this is reminded of {pink}.',
];
const remedies = [
  'Say something about the other one in its place and keep the rest.',
  'Leave the sentence out, and answer from what the talk has been about.',
  'The advice around it can stay as it is.',
  'Turn the question towards what the user already has.',
];
const nothing = [
  'Nothing in it points to the entity.',
  'It keeps to the subject.',
  'I find no reference, open or hidden.',
];

/** Where a turn refers to the entity, as a critic with planted errors sees it. */
export function writeCritique(world: World, subject: Subject, reply: string, random: KeyedRandom): Finding {
  const { references, sentences } = referencesIn(reply, subject);
  if (!random.chance(plantFinding(world, references)))
    return { refers: false, quotes: [], critique: random.pick(nothing) };
  const quotes = references.length > 0 ? references.map(({ sentence }) => sentence) : [random.pick(sentences)];
  const critique = `${random.pick(findings).replace('{pink}', () => subject.name)} ${random.pick(remedies)}`;
  return { refers: true, quotes, critique };
}
