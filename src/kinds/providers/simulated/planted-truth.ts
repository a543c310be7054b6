/**
 * The planted truth of a simulated world: what a run that measures it without end must find. Exact under these
 * conditions: scores are taken of well-formed replies (malformed ones are unscored, at random), no reply is cut at
 * `maxTokens`, and a submission is the reply to the given messages, drawn anew.
 */
import type { JsonObject } from '../../../contract/json.js';
import type { Message } from '../../../contract/message.js';
import { errorsFor } from './judging/judge.js';
import { type Planted, plantedMerit, type Rubric, rubricOf } from './judging/rubric.js';
import { plantAnswer, plantReply } from './probabilities.js';
import { type Blocks, readRequest } from './read-request.js';
import { type World, worldOf } from './world.js';

export type { Planted } from './judging/rubric.js';
export type { PlantedAnswer, PlantedReply } from './probabilities.js';

/**
 * The probabilities behind a subject's reply, from the same functions that draw it.
 * @param options of the subject's provider
 * @returns null for a request to judge
 */
export function plantedReplyTo(options: JsonObject, messages: readonly Message[]): Planted | null {
  const request = readRequest(messages);
  if (request.kind === 'judgement') return null;
  const world = worldOf(options);
  if (request.kind === 'conversation') return plantReply(world, request.conversation);
  return plantAnswer(world, request.approach, request.persona, request.question);
}

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
    const share = planted === undefined ? 0 : sort.probability(planted, blocks);
    const { falseNegative } = errorsFor(world, verdict);
    left -= share;
    parts.push([verdict, share * (1 - falseNegative)], [otherwise, share * falseNegative]);
  }
  const { verdict } = looksFor[0]!;
  const { falsePositive } = errorsFor(world, verdict);
  return [...parts, [verdict, left * falsePositive], [otherwise, left * (1 - falsePositive)]];
}

function pairwise(
  world: World,
  { first, second, tie }: Extract<Rubric, { kind: 'pairwise' }>,
  blocks: Blocks,
  submissions: readonly Planted[],
): Part[] {
  const [one, other] = [0, 1].map((index) =>
    submissions[index] === undefined ? null : plantedMerit(submissions[index], blocks),
  );
  const known = one !== null && one !== undefined && other !== null && other !== undefined;
  const [firstBetter, secondBetter] = known ? [one * (1 - other), other * (1 - one)] : [0, 0];
  const { falsePositive, falseNegative } = errorsFor(world, first);
  const biased = world.judging.positionBias;
  const equal = 1 - firstBetter - secondBetter;
  const sided = tie === null ? equal : equal * falsePositive;
  const firstShare = firstBetter * (1 - falseNegative) + secondBetter * falseNegative + sided / 2;
  const secondShare = secondBetter * (1 - falseNegative) + firstBetter * falseNegative + sided / 2;
  const parts: Part[] = [
    [first, biased + (1 - biased) * firstShare],
    [second, (1 - biased) * secondShare],
  ];
  return tie === null ? parts : [...parts, [tie, (1 - biased) * (equal - sided)]];
}
