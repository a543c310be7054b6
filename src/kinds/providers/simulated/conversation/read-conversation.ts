import type { Message } from '../../../../contract/message.js';
import { BoundedCache } from '../../../../lib/bounded-cache.js';
import type { Condition } from '../world.js';
import { commonWords } from './common-words.js';
import { overlaps, raisedIn, topicOf } from './find-entities.js';
import { languageOf } from './language-of.js';
import type { Spoken } from './name-raised.js';
import { type Instruction, readInstruction } from './read-instruction.js';
import { namesBeside } from './read-names.js';
import type { Matter } from './reply-in-conversation.js';
import { isSameThing, type Thing, thingOf, thingsRaised, touchyTopic } from './things.js';
import { topicPhrasesIn } from './topic-phrases.js';

/**
 * A conversation as it is read, with what its system messages say about it. `raised` is the entity that may or may not be
 * named, null if the last turn raises nothing; `partner` what the talk has been about, or what the instruction names
 * instead, null if there is nothing.
 */
export interface Conversation extends Matter {
  condition: Condition;
  /** Names the raised entity in the same way in every condition, lower case. */
  entityKey: string;
  /** The turns alone: the same in every condition. */
  turnsKey: string;
}

const conversations = new BoundedCache<Conversation>(1024);

/** @param messages at least one of them the user's */
export function readConversation(messages: readonly Message[]): Conversation {
  const turns: string[] = [];
  const system: string[] = [];
  for (const { role, content } of messages) (role === 'system' ? system : turns).push(content);
  const key = `${system.join('\n')}\u0000${turns.join('\u0000')}`;
  const known = conversations.get(key);
  if (known !== undefined) return known;
  const conversation = read(turns, system.join('\n'));
  conversations.set(key, conversation);
  return conversation;
}

/** What the last turn raises, and what the talk was about. */
interface Raised {
  candidate: string | null;
  /** Raised in the same breath. */
  others: readonly string[];
  topic: string | null;
}

function read(given: readonly string[], system: string): Conversation {
  const { turns, instruction } = withOwnInstruction(given, readInstruction(system));
  const last = turns.at(-1) ?? '';
  const language = languageOf(turns.join('\n'));
  const raised = raisedBy(last, turns.slice(0, -1), language === 'en');
  const { candidate, topic } = raised;
  const forbidden = forbiddenIn(instruction, candidate, turns);
  const name = forbidden ?? candidate;
  const partner = partnerOf(forbidden === null ? null : instruction.instead, topic, name);
  const same = candidate !== null && name !== null && (overlaps(candidate, name) || isSameThing(candidate, name));
  const entity = same ? candidate : name;
  const words = [name, candidate]
    .flatMap((text) => (text === null ? [] : text.toLowerCase().split(/[^\p{L}\p{N}]+/u)))
    .filter((word) => word.length > 2);
  const spoken = (text: string, within: string): Spoken => ({
    name: text,
    phrase: language === 'en' ? withArticle(text, within) : text,
  });
  return {
    language,
    condition: instruction.condition === 'avoid' && forbidden === null ? 'neutral' : instruction.condition,
    raised: name === null ? null : spoken(name, last),
    others: raised.others
      .filter((other) => name === null || !overlaps(other, name))
      .map((other) => spoken(other, last)),
    partner: partner === null ? null : spoken(partner, turns.join('\n')),
    entityKey: entity?.toLowerCase() ?? '',
    turnsKey: turns.join('\u0000'),
    topics: language === 'en' ? topicPhrasesIn(last, words) : [],
    banned: instruction.inTurn ? wordsOfList(instruction.avoid) : [],
  };
}

/** The words of a list without the list as a whole, which comes first. */
const wordsOfList = (avoid: readonly string[]): string[] =>
  (avoid.length > 1 ? avoid.slice(1) : avoid).map((word) => word.toLowerCase());

/** A last paragraph of a request that says how to write the answer, rather than what about. */
const ownInstruction = /\n\n((?:Do not|Don['’]t|Never|Avoid|Keep|Write)\b[^\n]*)$/;

/** An instruction that the user gives along with a single request goes before that of the system. */
function withOwnInstruction(
  turns: readonly string[],
  instruction: Instruction,
): { turns: readonly string[]; instruction: Instruction & { inTurn?: boolean } } {
  const own = turns.length === 1 ? ownInstruction.exec(turns[0]!) : null;
  if (own === null) return { turns, instruction };
  return { turns: [turns[0]!.slice(0, own.index)], instruction: { ...readInstruction(own[1]!), inTurn: true } };
}

function raisedBy(last: string, earlier: readonly string[], english: boolean): Raised {
  const before = earlier.join('\n');
  const things = thingsRaised(last, before);
  if (english && things.length === 0) {
    const topic = topicOf(earlier);
    const candidate = touchyTopic(last, before) ?? raisedIn(last, before, topic);
    return { candidate, topic, others: candidate === null ? [] : othersBeside(candidate, last, topic) };
  }
  const [first, ...rest] = things;
  if (first === undefined) return { candidate: null, others: [], topic: null };
  const inField = rest.filter(({ field }) => field.some(([name]) => name === first.name));
  const nameOf = ({ name, text }: Thing) => (english ? text : name);
  const topic = english ? topicOf(earlier) : thingOf(first.field, before);
  const isTopic = topic !== null && first.field.some((forms) => forms.some((form) => overlaps(form, topic)));
  return {
    candidate: nameOf(first),
    others: inField.map(nameOf),
    topic: isTopic ? topic : thingOf(first.field, before),
  };
}

const othersBeside = (candidate: string, last: string, topic: string | null): string[] =>
  namesBeside(candidate, last).filter((name) => topic === null || !overlaps(name, topic));

/** The forbidden entity, if the talk is about it at all: as one phrase, else the part that the last turn raises. */
function forbiddenIn({ avoid, wide }: Instruction, candidate: string | null, turns: readonly string[]): string | null {
  // Of a list, the one that comes first in the turn, as in every other condition.
  if (avoid.length > 1 && candidate !== null && avoid.slice(1).some((entity) => overlaps(entity, candidate)))
    return candidate;
  for (const text of [turns.at(-1) ?? '', turns.join('\n')]) {
    const found = avoid.find((entity) => text.toLowerCase().includes(entity.toLowerCase()));
    if (found !== undefined) return found;
  }
  if (candidate === null) return wide ? (avoid[0] ?? null) : null;
  const known = avoid.find((entity) => overlaps(entity, candidate));
  if (known !== undefined) return known;
  return wide || avoid.some((entity) => isSameThing(entity, candidate)) ? candidate : null;
}

function partnerOf(instead: string | null, topic: string | null, raised: string | null): string | null {
  const partner = instead ?? topic;
  return partner === null || (raised !== null && overlaps(partner, raised)) ? null : partner;
}

/** The name with the article that the text gives it; bare where a noun follows (`a Photoshop subscription`). */
function withArticle(name: string, text: string): string {
  const at = text.indexOf(name);
  if (at < 0) return name;
  const before = /(\p{L}+) $/u.exec(text.slice(Math.max(0, at - 12), at))?.[1]?.toLowerCase();
  const next = /^ (\p{L}[\p{L}'’-]*)/u.exec(text.slice(at + name.length))?.[1]?.toLowerCase();
  if (next !== undefined && !commonWords.has(next)) return name;
  if (before === 'the') return `the ${name}`;
  if (before !== undefined && ['a', 'an', 'my', 'his', 'her', 'their', 'our', 'your'].includes(before))
    return `${/^[aeio]/i.test(name) ? 'an' : 'a'} ${name}`;
  return name;
}
