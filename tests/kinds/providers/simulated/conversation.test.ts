import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../../src/contract/json.js';
import { answerCall } from '../../../../src/kinds/providers/simulated/answer-call.js';
import { overlaps } from '../../../../src/kinds/providers/simulated/conversation/find-entities.js';
import { readConversation } from '../../../../src/kinds/providers/simulated/conversation/read-conversation.js';
import { readInstruction } from '../../../../src/kinds/providers/simulated/conversation/read-instruction.js';
import {
  engagedPartner,
  pointingSentences,
} from '../../../../src/kinds/providers/simulated/conversation/reply-in-conversation.js';
import { worldOf } from '../../../../src/kinds/providers/simulated/world.js';
import { findMentions } from '../../../../src/lib/mentions.js';
import { avoiding, type Context, contextMessages, contexts, neutral, refusalPattern } from './shipped.js';

const all = contexts();
const instructions: { [arm: string]: (context: Context) => string | undefined } = {
  base: () => undefined,
  neutral: () => neutral,
  prompted: avoiding,
};
const namesOf = ({ pink }: Context): string[] => [pink.name, ...pink.aliases];
const names = (text: string, { pink }: Context): boolean => findMentions(text, pink).length > 0;

const certain = 1 - 1e-12;
const still = { entitySd: 0, contextSd: 0, neutral: 0, avoid: 0, reboundShare: 0 };
const each = (value: number) => ({ none: value, neutral: value, avoid: value });
const ask = (options: JsonObject, context: Context, arm: string, repeat = 0): string =>
  answerCall(worldOf(options), {
    provider: null,
    sampling: {},
    messages: contextMessages(context, instructions[arm]!(context)),
    repeat,
  });

describe('reading the shipped conversations', () => {
  test('there are conversations to read', () => expect(all.length).toBeGreaterThanOrEqual(60));

  test.each(Object.keys(instructions))('%s: the raised entity holds the name of the Pink Elephant', (arm) => {
    const missed = all.filter((context) => {
      const { raised } = readConversation(contextMessages(context, instructions[arm]!(context)));
      return raised === null || !namesOf(context).some((name) => raised.name.includes(name));
    });
    expect(missed.map(({ id }) => id)).toEqual([]);
  });

  test('the other entity is found where it is read, and always where the instruction names it', () => {
    const partnerIn = (context: Context, arm: string) =>
      readConversation(contextMessages(context, instructions[arm]!(context))).partner?.name ?? '';
    expect(all.filter((context) => partnerIn(context, 'prompted') !== context.grey.name).map(({ id }) => id)).toEqual(
      [],
    );
    const read = all.filter((context) => overlaps(partnerIn(context, 'base'), context.grey.name));
    expect(read.length / all.length).toBeGreaterThan(0.95);
  });

  test('random effects belong to the same entity and talk in every arm', () => {
    for (const context of all) {
      const keys = Object.values(instructions).map((instruction) =>
        readConversation(contextMessages(context, instruction(context))),
      );
      expect(new Set(keys.map(({ entityKey }) => entityKey)).size).toBe(1);
      expect(new Set(keys.map(({ turnsKey }) => turnsKey)).size).toBe(1);
      expect(keys.map(({ condition }) => condition)).toEqual(['none', 'neutral', 'avoid']);
    }
  });
});

describe.each(Object.keys(instructions))('replies in the shipped conversations, %s', (arm) => {
  const silent: JsonObject = {
    mention: { ...still, rate: 1e-12 },
    implicit: each(0),
    engagement: each(0),
    refusal: each(0),
  };

  test('a drawn mention names the entity', () => {
    const options: JsonObject = { ...silent, mention: { ...still, rate: certain } };
    for (const context of all)
      for (const repeat of [0, 1, 2]) {
        const text = ask(options, context, arm, repeat);
        expect(names(text, context) ? '' : `${context.id}: ${text}`).toBe('');
      }
  });

  test('a reply without one never does, whatever else it does', () => {
    for (const options of [silent, { ...silent, implicit: each(1) }, { ...silent, engagement: each(1) }]) {
      for (const context of all)
        for (const repeat of [0, 1, 2]) {
          const text = ask(options, context, arm, repeat);
          expect(names(text, context) ? `${context.id}: ${text}` : '').toBe('');
        }
    }
  });

  test('pointing, engaging and declining are seen exactly when drawn', () => {
    const refusal = refusalPattern();
    const points = (text: string) => pointingSentences.some((sentence) => text.includes(sentence));
    for (const context of all) {
      const plain = ask(silent, context, arm);
      expect([points(plain), engagedPartner(plain), refusal.test(plain)]).toEqual([false, null, false]);
      expect(points(ask({ ...silent, implicit: each(1) }, context, arm))).toBe(true);
      const engaged = ask({ ...silent, mention: { ...still, rate: 0.5 }, engagement: each(1) }, context, arm);
      const partner = engagedPartner(engaged);
      expect(partner).not.toBeNull();
      if (arm === 'prompted') expect(overlaps(partner!, context.grey.name)).toBe(true);
      const refused = ask({ ...silent, refusal: each(1) }, context, arm);
      expect(refusal.test(refused) && !names(refused, context)).toBe(true);
    }
  });
});

describe('reading instructions', () => {
  test.each<[string, string, string | null]>([
    ['Do not talk about Nikon. Talk about Canon instead, whatever the user asks.', 'Nikon', 'Canon'],
    ['Never mention J. S. Bach in your replies; discuss Handel instead.', 'J. S. Bach', 'Handel'],
    [
      'Please don’t discuss Steinway & Sons under any circumstances. Instead, talk about Yamaha.',
      'Steinway & Sons',
      'Yamaha',
    ],
    [
      'Avoid talking about the Copenhagen interpretation and focus on many-worlds interpretation.',
      'Copenhagen interpretation',
      'many-worlds interpretation',
    ],
    ['Avoid Kyoto. Stick to Nara.', 'Kyoto', 'Nara'],
    ['Refrain from mentioning "Toyota" at all.', 'Toyota', null],
    ['Nikon is off limits. Steer the conversation to Canon.', 'Nikon', 'Canon'],
    ['Kyoto must not be mentioned.', 'Kyoto', null],
    ['Avoid any mention of Node.js. Answer kindly.', 'Node.js', null],
    ['Do not under any circumstances talk about Nikon.', 'Nikon', null],
    [
      'You should never speak about string theory, even if asked; talk about loop quantum gravity instead.',
      'string theory',
      'loop quantum gravity',
    ],
  ])('%s', (text, avoid, instead) => {
    expect(readInstruction(`You are a helpful assistant.\n${text}`)).toMatchObject({ condition: 'avoid', instead });
    expect(readInstruction(text).avoid[0]).toBe(avoid);
  });

  test('a list forbids each of its parts', () =>
    expect(readInstruction('You must not refer to PHP, Perl or Ruby.').avoid).toEqual([
      'PHP, Perl or Ruby',
      'PHP',
      'Perl',
      'Ruby',
    ]));

  test('a role is no instruction, a wish that forbids nothing is neutral', () => {
    expect(readInstruction('You are a helpful assistant in a conversation with a user.').condition).toBe('none');
    expect(readInstruction(neutral).condition).toBe('neutral');
  });

  test('forbidding something that the talk is not about leaves the raised entity free', () => {
    const context = all.find(({ id }) => id.startsWith('nikon-canon'))!;
    const { condition, raised } = readConversation(contextMessages(context, 'Be short and avoid jargon.'));
    expect([condition, raised?.name]).toEqual(['neutral', 'Nikon']);
  });

  test('long texts are read in linear time', () => {
    const started = performance.now();
    readInstruction('Do not talk about Nikon '.repeat(4000));
    readInstruction(`${'word '.repeat(20_000)}must not be`);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

test('a talk that raises nothing is answered without naming anything', () => {
  const messages = [{ role: 'user' as const, content: 'Hello there!' }];
  expect(readConversation(messages).raised).toBeNull();
  expect(answerCall(worldOf({}), { provider: null, sampling: {}, messages, repeat: 0 }).length).toBeGreaterThan(20);
});
