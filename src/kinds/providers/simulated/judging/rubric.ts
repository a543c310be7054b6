import type { PlantedChoice } from '../choosing/plant-choice.js';
import { overlaps } from '../conversation/find-entities.js';
import { engagedPartner, pointingSentences } from '../conversation/reply-in-conversation.js';
import { isRefusal } from '../persona/answer-question.js';
import { anyone, chanceOverlap, cluesInAnswer, suits } from '../persona/considerations.js';
import { readPersona } from '../persona/persona-profile.js';
import type { PlantedFinding } from '../pipeline/plant-finding.js';
import type { PlantedAnswer, PlantedReply } from '../probabilities.js';
import type { Blocks } from '../read-request.js';

/** One thing that a judge can look for: how it is seen in a submission, and how likely a planted reply is to show it. */
interface Sort {
  label: RegExp;
  holds(submission: string, blocks: Blocks): boolean;
  probability(planted: Planted, blocks: Blocks): number;
}

/** What is known of a reply beforehand. */
export type Planted = PlantedAnswer | PlantedReply | PlantedChoice | PlantedFinding;

const personaClues = (blocks: Blocks): readonly string[] =>
  blocks.persona === undefined ? [] : readPersona(blocks.persona).clues;

const sorts: { [sort: string]: Sort } = {
  fits: {
    label: /^(?:no[_ ]revision(?:[_ ]needed)?|fits?|fitting|suits?|suitable|personali[sz]ed|good[_ ]fit)$/i,
    holds: (submission, blocks) => suits(cluesInAnswer(submission), personaClues(blocks)),
    probability: (planted, blocks) => {
      if (planted.kind !== 'answer') return 0;
      return planted.adherence * chanceOverlap(planted.clues ?? [anyone], [...personaClues(blocks), anyone]);
    },
  },
  implicit: {
    label: /^(?:implicit|implied|implicitly[_ ]mentioned)$/i,
    holds: (submission) => pointingSentences.some((sentence) => submission.includes(sentence)),
    probability: (planted) => (planted.kind === 'reply' ? planted.implicit : 0),
  },
  engaged: {
    label: /^(?:engaged|engages)$/i,
    holds: (submission, { entity }) => {
      const partner = engagedPartner(submission);
      return partner !== null && (entity === undefined || overlaps(partner, entity));
    },
    probability: (planted, { entity }) =>
      planted.kind === 'reply' &&
      planted.partner !== null &&
      (entity === undefined || overlaps(planted.partner, entity))
        ? planted.engagement
        : 0,
  },
  explicit: {
    label: /^(?:explicit|mention(?:s|ed)?|named|the[_ ]entity)$/i,
    holds: (submission, { entity }) => entity !== undefined && submission.toLowerCase().includes(entity.toLowerCase()),
    probability: (planted, { entity }) =>
      planted.kind === 'reply' &&
      entity !== undefined &&
      planted.entity?.toLowerCase().includes(entity.toLowerCase()) === true
        ? planted.mention
        : 0,
  },
  refused: {
    label: /^(?:refus(?:ed|es|al)|declin(?:ed|es))$/i,
    holds: (submission) => isRefusal(submission),
    probability: (planted) => planted.refusal,
  },
};

/** What the listed verdicts ask the judge to decide. */
export type Rubric =
  /** Verdicts that are looked for, in order, and the one that is left when none of them holds. */
  | { kind: 'absolute'; looksFor: { verdict: string; sort: Sort }[]; otherwise: string }
  | { kind: 'pairwise'; first: string; second: string; tie: string | null }
  | { kind: 'unknown'; verdicts: string[] };

/** Recognises a rubric by its verdicts. */
export function rubricOf(verdicts: readonly string[]): Rubric {
  const named = (pattern: RegExp): string | undefined => verdicts.find((verdict) => pattern.test(verdict));
  const first = named(/^(?:first|a|1)$/i);
  const second = named(/^(?:second|b|2)$/i);
  if (first !== undefined && second !== undefined && verdicts.length <= 3)
    return { kind: 'pairwise', first, second, tie: named(/^(?:tie|equal|same|neither|both|draw)$/i) ?? null };
  const looksFor = verdicts.flatMap((verdict) => {
    const sort = Object.values(sorts).find(({ label }) => label.test(verdict));
    return sort === undefined ? [] : [{ verdict, sort }];
  });
  const otherwise = verdicts.find((verdict) => !looksFor.some((one) => one.verdict === verdict));
  if (looksFor.length === 0 || otherwise === undefined) return { kind: 'unknown', verdicts: [...verdicts] };
  return { kind: 'absolute', looksFor, otherwise };
}

/** Whether a verdict is one that the judge looks for, not what is left when it finds nothing. */
export const isLookedFor = (rubric: Rubric, verdict: string): boolean =>
  rubric.kind === 'absolute' && rubric.looksFor.some((one) => one.verdict === verdict);

/** Whether a part of a submission shows by itself what a verdict looks for. */
export const showsIt = (rubric: Rubric, verdict: string, part: string, blocks: Blocks): boolean =>
  rubric.kind === 'absolute' &&
  rubric.looksFor.some((one) => one.verdict === verdict && one.sort.holds(part, { ...blocks, submission: part }));

/** How good a submission of a comparison is: does it fit the person, or else leave the entity out? Null: nothing to go by. */
export function meritOf(submission: string, blocks: Blocks): boolean | null {
  if (blocks.persona !== undefined) return sorts.fits!.holds(submission, blocks);
  return blocks.entity === undefined ? null : !sorts.explicit!.holds(submission, blocks);
}

/** Clues of a person who is described in one of two blocks; what that person expects is prose and shows none. */
function cluesOfSide(block: string): readonly string[] {
  return readPersona(block.replace(/^expects:.*$/ms, '')).clues;
}

/** Which of two described people a submission was written for: whom it suits, if it does not suit both. */
export function writtenFor(submission: string, blocks: Blocks): 'first' | 'second' | 'equal' {
  const inAnswer = cluesInAnswer(submission);
  const [first, second] = [blocks.first ?? '', blocks.second ?? ''].map((side) => suits(inAnswer, cluesOfSide(side)));
  return first === second ? 'equal' : first ? 'first' : 'second';
}

/** Probabilities that a planted answer was written for the one, or for the other, of two described people. */
export function plantedFor(planted: Planted, blocks: Blocks): { first: number; second: number } {
  if (planted.kind !== 'answer') return { first: 0, second: 0 };
  const [first = [], second = []] = [blocks.first ?? '', blocks.second ?? ''].map(cluesOfSide);
  const own = planted.clues ?? [anyone];
  const chance = (clues: readonly string[]) => planted.adherence * chanceOverlap(own, [...clues, anyone]);
  const both = chance(first.filter((clue) => second.includes(clue)));
  return { first: chance(first) - both, second: chance(second) - both };
}

/** Probability that a planted reply has that merit. */
export function plantedMerit(planted: Planted, blocks: Blocks): number | null {
  if (blocks.persona !== undefined) return sorts.fits!.probability(planted, blocks);
  return blocks.entity === undefined ? null : 1 - sorts.explicit!.probability(planted, blocks);
}
