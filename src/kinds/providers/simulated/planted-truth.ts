/**
 * The planted truth of a simulated world: what a run that measures it without end must find. Exact under these
 * conditions: scores are taken of well-formed replies (malformed ones are unscored, at random), no reply is cut at
 * `maxTokens`, and a submission is the reply to the given messages, drawn anew.
 */
import type { JsonObject } from '../../../contract/json.js';
import type { Message } from '../../../contract/message.js';
import { plantChoice } from './choosing/plant-choice.js';
import { errorsFor } from './judging/judge.js';
import { type Planted, plantedFor, plantedMerit, type Rubric, rubricOf } from './judging/rubric.js';
import { cluesInAnswer } from './persona/considerations.js';
import { plantCheck } from './pipeline/plant-finding.js';
import { type PlantedCritique, plantAnswer, plantCritique, plantReply, plantRevision } from './probabilities.js';
import { type Blocks, readRequest } from './read-request.js';
import { type World, worldOf } from './world.js';

export type { Planted } from './judging/rubric.js';
export type { PlantedFinding } from './pipeline/plant-finding.js';
export type { PlantedAnswer, PlantedCritique, PlantedReply } from './probabilities.js';

/**
 * The probabilities behind a reply, from the same functions that draw it.
 * @param options of the provider that is asked
 * @param earlier what is planted of an earlier reply that stands in the messages, by its text there. Only the critique
 * that a revision goes by is ever looked up: nothing else of earlier replies moves what is planted
 * @returns null for a request to judge, and for one whose answer earlier replies decide
 */
export function plantedReplyTo(
  options: JsonObject,
  messages: readonly Message[],
  earlier: EarlierReplies = { isMark: () => false, planted: () => null },
): Planted | PlantedCritique | null {
  const request = readRequest(messages);
  const world = worldOf(options);
  if (request.kind === 'choice') return plantChoice(world, request.asked, request.persona);
  if (request.kind === 'viewpoints') return null;
  if (request.kind === 'critique') return plantCritique(world, request.persona);
  if (request.kind === 'revision') {
    const critique = earlier.planted(request.critique);
    if (critique !== null) return critique.kind === 'critique' ? plantRevision(world, critique) : null;
    const clues = [...cluesInAnswer(request.critique)];
    return plantRevision(world, { voiced: clues.length === 0 ? 0 : 1, clues });
  }
  if (request.kind === 'judgement' || messages.some(({ content }) => earlier.isMark(content))) return null;
  if (request.kind === 'pipeline') return plantCheck(world, request.asked);
  if (request.kind === 'conversation') return plantReply(world, request.conversation);
  return plantAnswer(world, request.approach, request.persona, request.question);
}

/** Replies that are not drawn yet, for which marks stand in later messages. */
export interface EarlierReplies {
  /** Whether a text holds a mark. */
  isMark(text: string): boolean;
  /** What is planted of the reply that the mark in a text stands for; null where there is no mark. */
  planted(text: string): Planted | PlantedCritique | null;
}

/** Probability that at least one reply of these providers, asked for JSON, cannot be read. */
export const unreadableShare = (options: readonly JsonObject[]): number =>
  1 - options.reduce((read, one) => read * (1 - worldOf(one).format.malformed), 1);

/** Verdict → probability, 0–1. They add up to 1. */
export type VerdictShares = { [verdict: string]: number };

/** A probability that belongs to a verdict. */
type Part = [verdict: string, share: number];

/**
 * What a simulated judge will say of replies that are not yet drawn, its noise included.
 * @param options of the judge's provider
 * @param messages as the judge gets them; whatever stands in a submission is ignored
 * @param submissions the planted reply that is judged; two for a comparison, in the order shown
 * @returns null if the messages ask for no verdict
 */
export function plantedVerdicts(
  options: JsonObject,
  messages: readonly Message[],
  submissions: readonly Planted[],
): VerdictShares | null {
  const request = readRequest(messages);
  if (request.kind !== 'judgement') return null;
  const world = worldOf(options);
  const rubric = rubricOf(request.verdicts);
  const shares: VerdictShares = Object.fromEntries(request.verdicts.map((verdict) => [verdict, 0]));
  for (const [verdict, share] of partsOf(world, rubric, request.blocks, submissions))
    shares[verdict] = (shares[verdict] ?? 0) + share;
  return shares;
}

function partsOf(world: World, rubric: Rubric, blocks: Blocks, submissions: readonly Planted[]): Part[] {
  if (rubric.kind === 'absolute') return absolute(world, rubric, blocks, submissions[0]);
  if (rubric.kind === 'pairwise') return pairwise(world, rubric, blocks, submissions);
  const [first, ...others] = rubric.verdicts as [string, ...string[]];
  const share = others.length === 0 ? 1 : world.judging.unknown;
  return [[first, share], ...others.map((verdict): Part => [verdict, (1 - share) / others.length])];
}

function absolute(
  world: World,
  { looksFor, otherwise }: Extract<Rubric, { kind: 'absolute' }>,
  blocks: Blocks,
  planted: Planted | undefined,
): Part[] {
  const parts: Part[] = [];
  let left = 1;
  for (const { verdict, sort } of looksFor) {
    // The first verdict that holds is given: for a reply of which more than one surely holds, the others get nothing.
    const share = planted === undefined ? 0 : Math.min(left, sort.probability(planted, blocks));
    const { falseNegative } = errorsFor(world, verdict);
    left -= share;
    parts.push([verdict, share * (1 - falseNegative)], [otherwise, share * falseNegative]);
  }
  const { verdict } = looksFor[0]!;
  const { falsePositive } = errorsFor(world, verdict);
  return [...parts, [verdict, left * falsePositive], [otherwise, left * (1 - falsePositive)]];
}

type Pairwise = Extract<Rubric, { kind: 'pairwise' }>;
/** Which of two submissions is the better one. */
type Better = 'first' | 'second' | 'equal';

function pairwise(world: World, rubric: Pairwise, blocks: Blocks, submissions: readonly Planted[]): Part[] {
  return statesOf(blocks, submissions).flatMap(([better, share]) =>
    verdictsGiven(world, rubric, better).map(([verdict, of]): Part => [verdict, share * of]),
  );
}

/** How likely the first submission is the better one, the second, or neither: also where there is nothing to go by. */
function statesOf(blocks: Blocks, submissions: readonly Planted[]): [Better, number][] {
  if (blocks.submission !== undefined && submissions[0] !== undefined) {
    const { first, second } = plantedFor(submissions[0], blocks);
    return [
      ['first', first],
      ['second', second],
      ['equal', 1 - first - second],
    ];
  }
  const [one = null, other = null] = [0, 1].map((index) =>
    submissions[index] === undefined ? null : plantedMerit(submissions[index], blocks),
  );
  if (one === null || other === null) return [['equal', 1]];
  const [first, second] = [one * (1 - other), other * (1 - one)];
  return [
    ['first', first],
    ['second', second],
    ['equal', 1 - first - second],
  ];
}

/** What the judge says when it is shown submissions of which it would find this one better. */
function verdictsGiven(world: World, { first, second, tie }: Pairwise, better: Better): Part[] {
  const { falsePositive, falseNegative } = errorsFor(world, first);
  const sided = tie === null ? 1 : falsePositive;
  const right = better === 'first' ? 1 - falseNegative : better === 'second' ? falseNegative : sided / 2;
  const wrong = better === 'first' ? falseNegative : better === 'second' ? 1 - falseNegative : sided / 2;
  const biased = world.judging.positionBias;
  return [
    [first, biased + (1 - biased) * right],
    [second, (1 - biased) * wrong],
    ...(tie === null ? [] : [[tie, (1 - biased) * (1 - right - wrong)] as Part]),
  ];
}

/**
 * What a comparison in both orders comes to: 1 if the graded reply is preferred in both, 0 if the other one is, ½ else.
 * @param messages as the judge gets them with the graded reply first
 * @param graded the planted graded reply, and the one that it is compared with
 * @returns null if the messages ask for no comparison
 */
export function plantedPreference(
  options: JsonObject,
  messages: readonly Message[],
  graded: readonly [Planted, Planted],
): { value: 0 | 0.5 | 1; share: number }[] | null {
  const request = readRequest(messages);
  if (request.kind !== 'judgement') return null;
  const rubric = rubricOf(request.verdicts);
  if (rubric.kind !== 'pairwise') return null;
  const world = worldOf(options);
  let [won, lost] = [0, 0];
  const swapped = { first: 'second', second: 'first', equal: 'equal' } as const;
  for (const [better, share] of statesOf(request.blocks, graded)) {
    const shareOf = (shown: Better, verdict: string): number =>
      verdictsGiven(world, rubric, shown).find(([one]) => one === verdict)![1];
    won += share * shareOf(better, rubric.first) * shareOf(swapped[better], rubric.second);
    lost += share * shareOf(better, rubric.second) * shareOf(swapped[better], rubric.first);
  }
  return [
    { value: 1, share: won },
    { value: 0, share: lost },
    { value: 0.5, share: 1 - won - lost },
  ];
}
