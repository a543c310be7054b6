import type { GraderSpec } from '../contract/eval-spec.js';
import type { Score } from '../contract/score.js';
import { combinedGraders, combinedScore } from '../kinds/graders/combine.js';
import { type Planted, type PlantedReply, unreadableShare } from '../kinds/providers/simulated/planted-truth.js';
import { type GradedReply, type PlantedScores, plantedScores } from './planted-scores.js';

/** A grader with what is known of the reply that it reads, or why nothing is. */
export interface PlantedInput {
  grader: GraderSpec;
  /** Which reply it reads, the same for all graders of it. */
  reply: string;
  graded: GradedReply | { none: string };
}

/** Scores with their probabilities, those of unread judgements included. They add up to 1. */
type Outcomes = { score: Score; share: number }[];
/** What a reply does, and how likely. */
type State = { planted: Planted; share: number };

/** With more graders than these, their scores would have too many combinations. */
const mostInputs = 10;

/**
 * What a `combine` grader will find: graders of one reply depend on each other by what the reply does, and by nothing
 * else. So every state of the reply is gone through (it names, points to, or leaves out the entity; engages with the
 * other one or does not; declines), and in each of them every combination of scores. Exact, unread judgements included.
 *
 * @param inputOf a grader of the same eval by its id
 */
export function plantedCombination(grader: GraderSpec, inputOf: (id: string) => PlantedInput | null): PlantedScores {
  const order: GraderSpec[] = [];
  const inputs: PlantedInput[] = [];
  const fault = collect(grader, inputOf, { order, inputs });
  if (fault !== null) return { none: fault };
  const [first] = inputs;
  if (first === undefined || 'none' in first.graded) return { none: 'nothing is planted of what it combines' };
  const { planted } = first.graded;
  if (planted.kind !== 'reply') return { none: 'scores are only combined of replies in a conversation' };
  const shares = new Map<number, number>();
  for (const state of statesOf(planted)) {
    const outcomes = inputs.map((input) => outcomesIn(state, input));
    const missing = outcomes.find((one) => 'none' in one);
    if (missing !== undefined) return missing as { none: string };
    eachCombination(inputs, outcomes as Outcomes[], (scores, share) => {
      for (const one of order) scores[one.id] = combinedScore(one.options, scores);
      const score = scores[grader.id]!;
      if (score.kind === 'scored') shares.set(score.value, (shares.get(score.value) ?? 0) + state.share * share);
    });
  }
  return [...shares].map(([value, share]) => ({ score: { value }, share }));
}

/**
 * Lists what a grader combines: other combinations, each after those that it reads, and graders of the reply.
 * @returns why nothing is planted of them; null if something is
 */
function collect(
  grader: GraderSpec,
  inputOf: (id: string) => PlantedInput | null,
  into: { order: GraderSpec[]; inputs: PlantedInput[] },
): string | null {
  for (const id of combinedGraders(grader.options)) {
    if ([...into.order, ...into.inputs.map((one) => one.grader)].some((known) => known.id === id)) continue;
    const input = inputOf(id);
    if (input === null) return `${id}, which it combines, has nothing to grade`;
    if (input.grader.kind === grader.kind) {
      const fault = collect(input.grader, inputOf, into);
      if (fault !== null) return fault;
      continue;
    }
    if ('none' in input.graded) return input.graded.none;
    if (into.inputs.some(({ reply }) => reply !== input.reply)) return 'it combines scores of several replies';
    into.inputs.push(input);
  }
  into.order.push(grader);
  return into.inputs.length > mostInputs ? `it combines more than ${mostInputs} graders` : null;
}

/** Everything that a reply may do, each with its probability. */
function statesOf(planted: PlantedReply): State[] {
  const { mention, implicit, engagement, refusal } = planted;
  const nothing = { ...planted, mention: 0, implicit: 0, engagement: 0, refusal: 0 };
  const engaged = refusal < 1 ? engagement / (1 - refusal) : 0;
  const told = [
    { planted: { ...nothing, mention: 1 }, share: mention },
    { planted: { ...nothing, implicit: 1 }, share: implicit },
    { planted: nothing, share: 1 - mention - implicit - refusal },
  ];
  const answered = told.flatMap(({ planted: state, share }) => [
    { planted: { ...state, engagement: 1 }, share: share * engaged },
    { planted: state, share: share * (1 - engaged) },
  ]);
  return [...answered, { planted: { ...nothing, refusal: 1 }, share: refusal }];
}

/** What a grader makes of a reply of which all is known but the judge's noise. */
function outcomesIn({ planted }: State, { grader, graded }: PlantedInput): Outcomes | { none: string } {
  if ('none' in graded) return graded;
  const scores = plantedScores(grader, { ...graded, planted });
  if ('none' in scores) return scores;
  const unread = unreadableShare(graded.judging.map(({ options }) => options));
  return [
    ...scores.map(({ score, share }) => ({
      score: { kind: 'scored' as const, ...score },
      share: share * (1 - unread),
    })),
    { score: { kind: 'unscored', reason: 'judge_unparseable' }, share: unread },
  ];
}

/** Goes through every combination of the inputs' scores that has a chance. */
function eachCombination(
  inputs: readonly PlantedInput[],
  outcomes: readonly Outcomes[],
  visit: (scores: { [grader: string]: Score }, share: number) => void,
): void {
  const scores: { [grader: string]: Score } = {};
  const descend = (place: number, share: number): void => {
    if (share === 0) return;
    if (place === inputs.length) {
      visit(scores, share);
      return;
    }
    for (const outcome of outcomes[place]!) {
      scores[inputs[place]!.grader.id] = outcome.score;
      descend(place + 1, share * outcome.share);
    }
  };
  descend(0, 1);
}
