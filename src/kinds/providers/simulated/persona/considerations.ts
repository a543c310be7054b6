import type { KeyedRandom } from '../../../../lib/rng.js';
import { allClues } from './all-clues.js';
import { considerationsForAnyone } from './clues-of-conviction.js';
import { inventedConsiderations } from './invented-considerations.js';

/** Clue of the considerations that suit everybody. */
export const anyone = 'anyone';
/** So many considerations carry an answer that is made for a persona (fewer if the persona has fewer clues). */
export const cluesPerAnswer = 2;

const openers = [
  'What I would put first is ',
  'A good answer starts from ',
  'Much of this turns on ',
  'I keep coming back to ',
  'For you, the deciding point may well be ',
  'The part that is easily forgotten is ',
  'It helps to begin with ',
  'In the end it comes down to ',
];

const byClue = new Map<string, readonly string[]>([[anyone, considerationsForAnyone]]);
for (const clue of allClues) byClue.set(clue.id, clue.considerations);
inventedConsiderations.forEach((text, index) => {
  byClue.set(`invented/${index}`, [text]);
});

const clueOf = new Map<string, string>();
for (const [clue, texts] of byClue) for (const text of texts) clueOf.set(text, clue);

/** One of a clue's considerations, e.g. `what is worth handing on to those who come after`. */
export const considerationFor = (clue: string, random: KeyedRandom): string => random.pick(byClue.get(clue)!);

/** A sentence around a consideration. */
export const sentenceAround = (consideration: string, random: KeyedRandom): string =>
  `${random.pick(openers)}${consideration}.`;

/** Clues whose considerations an answer is built on. Exact: no other sentence of the simulated world is taken for one. */
export function cluesInAnswer(text: string): Set<string> {
  const found = new Set<string>();
  for (const opener of openers) {
    for (let at = text.indexOf(opener); at >= 0; at = text.indexOf(opener, at + 1)) {
      const start = at + opener.length;
      const end = text.indexOf('.', start);
      const clue = end < 0 ? undefined : clueOf.get(text.slice(start, end));
      if (clue !== undefined) found.add(clue);
    }
  }
  return found;
}

/** Whether an answer built on these clues suits a person who shows those. */
export function suits(inAnswer: ReadonlySet<string>, ofPersona: readonly string[]): boolean {
  if (inAnswer.size === 0) return false;
  for (const clue of inAnswer) if (clue !== anyone && !ofPersona.includes(clue)) return false;
  return true;
}

/** Clues drawn for an answer: without repetition, each set equally likely. */
export function drawClues(clues: readonly string[], random: KeyedRandom): string[] {
  const left = [...clues];
  const drawn: string[] = [];
  while (drawn.length < cluesPerAnswer && left.length > 0) drawn.push(...left.splice(random.below(left.length), 1));
  return drawn;
}

/**
 * Probability that an answer made for one persona also suits another: the share of equally likely sets of clues that lie
 * within the other's.
 */
export function chanceOverlap(own: readonly string[], other: readonly string[]): number {
  const shared = own.filter((clue) => other.includes(clue)).length;
  let share = 1;
  for (let drawn = 0; drawn < Math.min(cluesPerAnswer, own.length); drawn++)
    share *= (shared - drawn) / (own.length - drawn);
  return Math.max(0, share);
}
