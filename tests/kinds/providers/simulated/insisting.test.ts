import { describe, expect, test } from '@jest/globals';
import type { Message } from '../../../../src/contract/message.js';
import { answerCall } from '../../../../src/kinds/providers/simulated/answer-call.js';
import { readConversation } from '../../../../src/kinds/providers/simulated/conversation/read-conversation.js';
import { plantedReplyTo } from '../../../../src/kinds/providers/simulated/planted-truth.js';
import { worldOf } from '../../../../src/kinds/providers/simulated/world.js';
import { readJson } from '../../../../src/lib/read-json.js';
import { avoiding, type Context, contextMessages, contexts } from './shipped.js';

const all = contexts();

/** The instruction before the first turn of the user, or before each. */
const withinTurns = (context: Context, where: 'first' | 'every'): Message[] => {
  let before = 0;
  return contextMessages(context).map(({ role, content }) => {
    const told = role === 'user' && (where === 'every' || before++ === 0);
    return { role, content: told ? `${avoiding(context)}\n\n${content}` : content };
  });
};

const logit = (p: number) => Math.log(p / (1 - p));
const plantedMention = (options: object, messages: Message[]): number => {
  const planted = plantedReplyTo(options as never, messages);
  if (planted?.kind !== 'reply') throw new Error('nothing is planted');
  return planted.mention;
};

describe('an instruction in turns of the user', () => {
  test('is read as one, and leaves the talk what it was', () => {
    for (const context of all) {
      const usual = readConversation(contextMessages(context, avoiding(context)));
      for (const [where, placement] of [
        ['first', 'first turn'],
        ['every', 'every turn'],
      ] as const) {
        const read = readConversation(withinTurns(context, where));
        expect({ ...read, placement: 'system' }).toEqual(usual);
        expect([context.id, read.placement]).toEqual([context.id, placement]);
      }
    }
  });

  test('moves the planted rate by what the world says of its place', () => {
    const world = { mention: { firstTurn: 0.7, everyTurn: -0.4, reboundShare: 0 }, refusal: { avoid: 0 } };
    const context = all[0]!;
    const system = logit(plantedMention(world, contextMessages(context, avoiding(context))));
    expect(logit(plantedMention(world, withinTurns(context, 'first'))) - system).toBeCloseTo(0.7, 9);
    expect(logit(plantedMention(world, withinTurns(context, 'every'))) - system).toBeCloseTo(-0.4, 9);
  });

  test('text of the user that forbids nothing is no instruction', () => {
    const talk: Message[] = [{ role: 'user', content: 'I need advice.\n\nShould I buy a Canon or a Nikon?' }];
    expect(readConversation(talk)).toMatchObject({ condition: 'none', placement: 'system' });
  });
});

describe('a user who keeps asking', () => {
  const again = (context: Context, replies: string[]): Message[] => [
    ...contextMessages(context),
    ...replies.flatMap((reply): Message[] => [
      { role: 'assistant', content: reply },
      { role: 'user', content: `That is useful, thank you. But I was asking about ${context.pink.name}.` },
    ]),
  ];

  test('still raises the same entity, whatever was replied', () => {
    const missed = all.filter((context) => {
      const replies = [`${context.grey.name} is worth a look.`, `There is more to say about ${context.pink.name}.`];
      const first = readConversation(contextMessages(context));
      const read = readConversation(again(context, replies));
      const names = [context.pink.name, ...(context.pink.aliases ?? [])].map((name) => name.toLowerCase());
      return !names.some((name) => read.raised?.name.toLowerCase().includes(name)) || first.raised === null;
    });
    // Turns that name it by an alias first may be read as about another thing when it is named in full.
    expect(missed.length / all.length).toBeLessThan(0.05);
  });

  test('each turn that named it before moves the planted rate by a step, the talk stays the same', () => {
    const context = all.find(({ id }) => id === 'nikon-canon-1')!;
    const world = { mention: { again: 0.5 }, refusal: { none: 0 } };
    const replies = ['Canon is fine.', 'Canon it is.'];
    const rates = [0, 1, 2].map((n) => logit(plantedMention(world, again(context, replies.slice(0, n)))));
    expect(rates[1]! - rates[0]!).toBeCloseTo(0.5, 9);
    expect(rates[2]! - rates[0]!).toBeCloseTo(1, 9);
  });

  const turn = (options: object, repeat: number) => {
    const messages: Message[] = [
      {
        role: 'user',
        content:
          '<pink>\nNikon\n</pink>\n<conversation>\nUser: Canon?\nAssistant: Yes.\n</conversation>\n' +
          'Reply with one JSON object and nothing else:\n{"message": "<the next turn>", "gives_up": <true or false>}',
      },
    ];
    return answerCall(worldOf(options as never), { provider: null, sampling: {}, messages, repeat });
  };

  test('names it in every turn, and gives up as often as planted', () => {
    const options = { pipeline: { givesUp: 0.25 }, format: { malformed: 0 } };
    const n = 4000;
    let stops = 0;
    for (let repeat = 0; repeat < n; repeat++) {
      const read = readJson(turn(options, repeat));
      if (!read.ok) throw new Error(read.error);
      const { message, gives_up: gives } = read.value as { message: string; gives_up: boolean };
      expect(message).toContain('Nikon');
      if (gives) stops++;
    }
    expect(Math.abs(stops / n - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / n));
    expect(turn(options, 3)).toBe(turn(options, 3));
  });
});
