import type { GraderSpec } from '../contract/eval-spec.js';
import type { JsonObject } from '../contract/json.js';
import type { Message } from '../contract/message.js';
import type { StoredScore } from '../contract/record.js';
import { allNamed } from '../kinds/providers/simulated/conversation/name-raised.js';
import {
  type Planted,
  type PlantedFinding,
  plantedPreference,
  plantedVerdicts,
} from '../kinds/providers/simulated/planted-truth.js';
import { readMentions } from '../lib/mention-sense.js';
import type { Entity } from '../lib/mentions.js';

/** A score that a grader will give, and how likely. The shares of a cell add up to 1. */
export interface PlantedScore {
  score: Extract<StoredScore, { value: number }>;
  /** 0–1. */
  share: number;
}

/** What is known of a graded reply before it is drawn. */
export interface GradedReply {
  planted: Planted;
  /** The reply that it is compared with, for graders that compare. */
  against?: Planted;
  /** Value at a path such as `item.pink`. */
  lookup(path: string): unknown;
  /** What the judge is asked about it, and the options of who judges; empty for graders that ask nobody. */
  judging: { options: JsonObject; messages: readonly Message[] }[];
}

/** Scores with their probabilities, or why none are planted. */
export type PlantedScores = PlantedScore[] | { none: string };

/**
 * What a grader makes of a reply that is not yet drawn, as far as a simulated world decides it: `mentions` of the
 * entity that the reply may name, a `judge` that is simulated too, a `matches` that reads the yes or no of a check, and one
 * that counts refusals (`whenRefused: 1`). Exact where the grader reads what the world writes.
 */
export function plantedScores(grader: GraderSpec, reply: GradedReply): PlantedScores {
  if (grader.whenUnparseable !== undefined) return { none: 'replies count that cannot be read, which nothing plants' };
  if (grader.kind === 'mentions') return mentionScores(grader.options, reply);
  if (grader.kind === 'choice') return choiceScores(grader.options, reply);
  if (grader.kind === 'judge') return verdictScores(grader.options, reply);
  if (grader.kind === 'matches' && reply.planted.kind === 'finding') return findingScores(grader, reply.planted);
  if (grader.kind === 'matches' && grader.whenRefused === 1 && grader.options.not !== true)
    return yesNo(reply.planted.refusal);
  return { none: `nothing is planted that a ${grader.kind} grader reads` };
}

/** Of a grader that lists labels and expects none of them, such as `options: [A, B, C]`. */
function choiceScores({ options, expect }: JsonObject, { planted }: GradedReply): PlantedScores {
  if (planted.kind !== 'choice' || !Array.isArray(options) || expect !== undefined)
    return { none: 'nothing is planted that this choice grader reads' };
  const labels = options as string[];
  const known = Object.entries(planted.shares).filter(([label]) => labels.includes(label));
  // Metrics of answer shares read these, so that their planted value is exact; others go by the labels.
  const shares = labels.map((label) => planted.shares[label] ?? 0);
  return known.map(([label, share]) => ({ score: { value: labels.indexOf(label), label, shares }, share }));
}

/** Of a grader that reads the yes or no of a check: `equals: 'true'` of its field. */
function findingScores({ of, options: { equals, not } }: GraderSpec, { yes }: PlantedFinding): PlantedScores {
  if (!/\.(?:real|refers)$/.test(of) || (equals !== 'true' && equals !== 'false'))
    return { none: 'nothing is planted of a check but its yes or no' };
  return yesNo((equals === 'true') !== (not === true) ? yes : 1 - yes);
}

const yesNo = (yes: number): PlantedScore[] => [
  { score: { value: 1 }, share: yes },
  { score: { value: 0 }, share: 1 - yes },
];

function mentionScores({ entity }: JsonObject, { planted, lookup }: GradedReply): PlantedScores {
  const graded = [(typeof entity === 'string' ? lookup(entity) : entity) as Entity | Entity[] | string[]].flat();
  if (graded.some((one) => typeof one === 'string')) return { none: 'plain words may stand in any sentence' };
  // The world's sentences hold a name in their midst, where a capital tells it from an ordinary word.
  const counts = (name: string) =>
    graded.some((one) => readMentions(`There is a case for ${name} here.`, one as Entity).explicit.length > 0);
  if (planted.kind !== 'reply' || planted.entity === null) return { none: 'the mention of no entity is planted' };
  const raised = [planted.entity, ...planted.others];
  const counted = raised.filter(counts).length;
  if (counted === 0) return { none: 'the graded entity is not the one whose mention is planted' };
  return yesNo(planted.mention * (allNamed + (1 - allNamed) * (counted / raised.length)));
}

function verdictScores({ mode, verdicts }: JsonObject, { planted, against, judging }: GradedReply): PlantedScores {
  const [asked] = judging;
  const unknown = { none: 'the judge is asked for no verdict that it knows' };
  if (asked === undefined) return unknown;
  if (mode === 'pairwise') {
    const shares = against === undefined ? null : plantedPreference(asked.options, asked.messages, [planted, against]);
    return shares === null ? unknown : shares.map(({ value, share }) => ({ score: { value }, share }));
  }
  const shares = plantedVerdicts(asked.options, asked.messages, [planted]);
  if (shares === null) return unknown;
  const values = verdicts as { [label: string]: number };
  return Object.entries(shares).map(([label, share]) => ({ score: { value: values[label]!, label }, share }));
}
