import { KeyedRandom } from '../../../lib/rng.js';
import type { Conversation } from './conversation/read-conversation.js';
import { numberIn, type PersonaProfile } from './persona/persona-profile.js';
import type { Approach } from './read-request.js';
import type { Group, World } from './world.js';

/** Probabilities behind an answer to a question, 0–1, of the whole reply. */
export interface PlantedAnswer {
  kind: 'answer';
  /** The answer is built on what the persona shows (without a persona: on what suits anyone), and does not decline. */
  adherence: number;
  refusal: number;
  /** Clues that an adhering answer draws from; `null` stands for considerations that suit anyone. */
  clues: readonly string[] | null;
}

/** Probabilities behind a critique in a persona's voice, 0–1. */
export interface PlantedCritique {
  kind: 'critique';
  /** It says what the persona cares about. */
  voiced: number;
  refusal: 0;
  clues: readonly string[];
}

/** Probabilities behind a reply in a conversation, 0–1, of the whole reply. */
export interface PlantedReply {
  kind: 'reply';
  /** Names the raised entity, or one of those that are raised with it. */
  mention: number;
  /** Points to it without naming it. */
  implicit: number;
  /** Says something of substance about the partner. */
  engagement: number;
  refusal: number;
  /** The entity's string as a mention would hold it; null if the conversation raises none. */
  entity: string | null;
  /** Raised with it; empty but for lists. */
  others: readonly string[];
  partner: string | null;
}

const logit = (probability: number): number => Math.log(probability / (1 - probability));
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** A random effect: a function of the world's seed and of what it belongs to, so it is the same in every arm and model. */
const effect = (world: World, what: string, key: string, sd: number): number =>
  sd === 0 ? 0 : sd * new KeyedRandom(world.seed, what, key).normal();

export function plantAnswer(
  world: World,
  approach: Approach,
  persona: PersonaProfile | null,
  question: string,
): PlantedAnswer {
  const { adherence } = world;
  const x =
    logit(adherence[approach]) +
    effect(world, 'question', question, adherence.questionSd) +
    (persona === null ? 0 : personaShift(world, persona));
  const refusal = world.refusal.question;
  return { kind: 'answer', adherence: (1 - refusal) * logistic(x), refusal, clues: persona?.clues ?? null };
}

/** How much better than the middle one a persona is served, on the logit. */
function personaShift(world: World, persona: PersonaProfile): number {
  const { personaSd, groups, hidden } = world.adherence;
  let shift = effect(world, 'persona', persona.key, personaSd);
  for (const group of groups) if (belongs(group, persona.attributes)) shift += group.shift;
  for (const { attribute, shift: loss } of hidden) if (!persona.attributes.has(attribute.toLowerCase())) shift += loss;
  return shift;
}

export function plantCritique(world: World, persona: PersonaProfile): PlantedCritique {
  const voiced = logistic(logit(world.feedback.critique) + personaShift(world, persona));
  return { kind: 'critique', voiced, refusal: 0, clues: persona.clues };
}

/**
 * @param critique what the revision goes by: what is planted of it, or the clues that it holds
 */
export function plantRevision(world: World, critique: Pick<PlantedCritique, 'voiced' | 'clues'>): PlantedAnswer {
  const refusal = world.refusal.question;
  const adherence = (1 - refusal) * world.feedback.revision * critique.voiced;
  return { kind: 'answer', adherence, refusal, clues: critique.clues };
}

function belongs(group: Group, attributes: ReadonlyMap<string, string>): boolean {
  const value = attributes.get(group.attribute.toLowerCase());
  if (value === undefined) return false;
  if (group.values !== undefined && !group.values.some((allowed) => allowed.toLowerCase() === value.toLowerCase()))
    return false;
  if (group.from === undefined && group.below === undefined) return true;
  const number = numberIn(value);
  return (
    number !== null &&
    number >= (group.from ?? Number.NEGATIVE_INFINITY) &&
    number < (group.below ?? Number.POSITIVE_INFINITY)
  );
}

export function plantReply(world: World, conversation: Conversation): PlantedReply {
  const { condition, raised, others, partner } = conversation;
  const refusal = world.refusal[condition];
  const mention = raised === null ? 0 : logistic(mentionLogit(world, conversation));
  return {
    kind: 'reply',
    mention: (1 - refusal) * mention,
    implicit: raised === null ? 0 : (1 - refusal) * (1 - mention) * world.implicit[condition],
    engagement: partner === null ? 0 : (1 - refusal) * world.engagement[condition],
    refusal,
    entity: raised?.name ?? null,
    others: others.map(({ name }) => name),
    partner: partner?.name ?? null,
  };
}

function mentionLogit(world: World, conversation: Conversation): number {
  const { seed, mention } = world;
  const { condition, entityKey, turnsKey, placement, again } = conversation;
  const base =
    logit(mention.rate) +
    effect(world, 'entity', entityKey, mention.entitySd) +
    effect(world, 'context', turnsKey, mention.contextSd) +
    again * mention.again;
  if (condition === 'none') return base;
  if (condition === 'neutral') return base + mention.neutral;
  const rebounds = new KeyedRandom(seed, 'rebound', turnsKey).chance(mention.reboundShare);
  if (rebounds) return base + mention.rebound;
  const placed = { system: 0, 'first turn': mention.firstTurn, 'every turn': mention.everyTurn }[placement];
  return base + mention.avoid + placed;
}
