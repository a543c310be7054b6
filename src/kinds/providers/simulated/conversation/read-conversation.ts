import type { Message } from '../../../../contract/message.js';
import { BoundedCache } from '../../../../lib/bounded-cache.js';
import type { Condition } from '../world.js';
import { commonWords } from './common-words.js';
import { overlaps, raisedIn, topicOf } from './find-entities.js';
import { languageOf } from './language-of.js';
import type { Spoken } from './name-raised.js';
import { type Placement, withOwnInstruction } from './own-instruction.js';
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
  /** The turns alone, up to the one that raises the entity first: the same in every condition. */
  turnsKey: string;
  placement: Placement;
  /** Earlier turns of the user that name the entity. */
  again: number;
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
  const { turns, instruction, placement, banned } = withOwnInstruction(given, readInstruction(system));
  const last = turns.at(-1) ?? '';
  const language = languageOf(turns.join('\n'));
  const raised = raisedNow(turns, language === 'en');
  const { candidate, topic } = raised;
  const forbidden = forbiddenIn(instruction, candidate, turns);
  const name = forbidden ?? candidate;
  const partner = partnerOf(forbidden === null ? null : instruction.instead, topic, name);
  const same = candidate !== null && name !== null && (overlaps(candidate, name) || isSameThing(candidate, name));
  const entity = same ? candidate : name;
  const words = [name, candidate]
    .flatMap((text) => (text === null ? [] : text.toLowerCase().split(/[^\p{L}\p{N}]+/u)))
    .filter((word) => word.length > 2);
  const again = raisedBefore(turns, name);
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
    turnsKey: turns.slice(0, again.first + 1).join('\u0000'),
    placement,
    again: again.times,
    topics: language === 'en' ? topicPhrasesIn(last, words) : [],
    banned,
  };
}

/** Turns of the user, of which the last turn is one. */
const ofUser = (turns: readonly string[]): number[] =>
  turns.flatMap((_, i) => ((turns.length - 1 - i) % 2 === 0 && i < turns.length - 1 ? [i] : []));

const namedIn = (text: string, name: string): boolean => text.toLowerCase().includes(name.toLowerCase());

/** How often the user has named the entity before, and in which turn first (in the last one, if never). */
function raisedBefore(turns: readonly string[], name: string | null): { first: number; times: number } {
  const named = name === null ? [] : ofUser(turns).filter((i) => namedIn(turns[i]!, name));
  return { first: named[0] ?? turns.length - 1, times: named.length };
}

/** What the last turn raises: something new, or what the user has raised before and comes back to. */
function raisedNow(turns: readonly string[], english: boolean): Raised {
  const last = turns.at(-1) ?? '';
  const earlier = turns.slice(0, -1);
  const now = raisedBy(last, earlier, english);
  if (now.candidate !== null && !namedIn(earlier.join('\n'), now.candidate)) return now;
  for (const i of ofUser(turns).slice(1)) {
    const before = raisedBy(turns[i]!, turns.slice(0, i), english);
    if (before.candidate !== null && namedIn(last, before.candidate)) return before;
  }
  return now;
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
