import type { Message } from '../../../../contract/message.js';
import { BoundedCache } from '../../../../lib/bounded-cache.js';
import type { Condition } from '../world.js';
import { commonWords } from './common-words.js';
import { overlaps, raisedIn, topicOf } from './find-entities.js';
import { readInstruction } from './read-instruction.js';
import type { Spoken } from './reply-in-conversation.js';
import { topicPhrasesIn } from './topic-phrases.js';

/** A conversation as it is read, with what its system messages say about it. */
export interface Conversation {
  condition: Condition;
  /** The entity that may or may not be named; null if the last turn raises nothing. */
  raised: Spoken | null;
  /** What the talk has been about, or what the instruction names instead; null if there is nothing. */
  partner: Spoken | null;
  /** Names the raised entity in the same way in every condition, lower case. */
  entityKey: string;
  /** The turns alone: the same in every condition. */
  turnsKey: string;
  /** Phrases of the last turn without any word of the raised entity. */
  topics: string[];
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

function read(turns: readonly string[], system: string): Conversation {
  const earlier = turns.slice(0, -1);
  const last = turns.at(-1) ?? '';
  const instruction = readInstruction(system);
  const topic = topicOf(earlier);
  const candidate = raisedIn(last, earlier.join('\n'), topic);
  const forbidden = forbiddenIn(instruction.avoid, candidate, turns);
  const name = forbidden ?? candidate;
  const partner = partnerOf(forbidden === null ? null : instruction.instead, topic, name);
  const entity = candidate !== null && name !== null && overlaps(candidate, name) ? candidate : name;
  const condition = instruction.condition === 'avoid' && forbidden === null ? 'neutral' : instruction.condition;
  const words = [name, candidate]
    .flatMap((text) => (text === null ? [] : text.toLowerCase().split(/[^\p{L}\p{N}]+/u)))
    .filter((word) => word.length > 2);
  return {
    condition,
    raised: name === null ? null : { name, phrase: withArticle(name, last) },
    partner: partner === null ? null : { name: partner, phrase: withArticle(partner, turns.join('\n')) },
    entityKey: entity?.toLowerCase() ?? '',
    turnsKey: turns.join('\u0000'),
    topics: topicPhrasesIn(last, words),
  };
}

/** The forbidden entity, if the talk is about it at all: as one phrase, else the part that the last turn raises. */
function forbiddenIn(avoid: readonly string[], candidate: string | null, turns: readonly string[]): string | null {
  for (const text of [turns.at(-1) ?? '', turns.join('\n')]) {
    const found = avoid.find((entity) => text.toLowerCase().includes(entity.toLowerCase()));
    if (found !== undefined) return found;
  }
  return avoid.find((entity) => candidate !== null && overlaps(entity, candidate)) ?? null;
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
