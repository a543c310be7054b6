import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../../src/contract/json.js';
import type { Message } from '../../../../src/contract/message.js';
import { answerCall } from '../../../../src/kinds/providers/simulated/answer-call.js';
import { allClues } from '../../../../src/kinds/providers/simulated/persona/all-clues.js';
import {
  chanceOverlap,
  cluesInAnswer,
  suits,
} from '../../../../src/kinds/providers/simulated/persona/considerations.js';
import { inventedConsiderations } from '../../../../src/kinds/providers/simulated/persona/invented-considerations.js';
import { readPersona } from '../../../../src/kinds/providers/simulated/persona/persona-profile.js';
import { plantedReplyTo } from '../../../../src/kinds/providers/simulated/planted-truth.js';
import { worldOf } from '../../../../src/kinds/providers/simulated/world.js';
import { type ArmId, armIds, objectIn, personaBlocks, questionMessages, questions, refusalPattern } from './shipped.js';

const sure = 1 - 1e-12;
const quiet = { format: { malformed: 0, fenced: 0 }, refusal: { question: 0 } };
const always: JsonObject = {
  ...quiet,
  adherence: { noPersona: sure, persona: sure, chainOfThought: sure, summary: sure, personaSd: 0, questionSd: 0 },
};
const never: JsonObject = {
  ...quiet,
  adherence: { noPersona: 1e-12, persona: 1e-12, chainOfThought: 1e-12, summary: 1e-12, personaSd: 0, questionSd: 0 },
};

const ask = (options: JsonObject, messages: Message[], repeat = 0): string =>
  answerCall(worldOf(options), { provider: null, sampling: {}, messages, repeat });
const answerTo = (options: JsonObject, arm: ArmId, block: string, text: string, repeat = 0): string =>
  objectIn(ask(options, questionMessages(arm, block, text), repeat))!.answer_to_question as string;

const blocks = personaBlocks();
const prompts = questions();

describe('the bank of considerations', () => {
  test('every consideration belongs to one clue and is no part of another', () => {
    const texts = [...allClues.flatMap((clue) => clue.considerations), ...inventedConsiderations];
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.filter((text) => text.includes('.'))).toEqual([]);
    expect(new Set(allClues.map((clue) => clue.id)).size).toBe(allClues.length);
  });

  test('every shipped persona shows several clues, and hardly two show the same', () => {
    const profiles = blocks.map((block) => readPersona(block).clues);
    for (const clues of profiles) expect(clues.length).toBeGreaterThanOrEqual(5);
    expect(new Set(profiles.map((clues) => clues.join())).size).toBe(blocks.length);
    expect(profiles.flat().filter((clue) => clue.startsWith('invented'))).toEqual([]);
  });

  test('chance overlap is the share of pairs of clues within the other persona', () => {
    expect(chanceOverlap(['a', 'b', 'c', 'd'], ['a', 'b', 'c'])).toBeCloseTo(3 / 6);
    expect(chanceOverlap(['a', 'b'], ['a', 'b', 'c'])).toBe(1);
    expect(chanceOverlap(['a', 'b', 'c'], ['a'])).toBe(0);
    expect(chanceOverlap(['a'], ['a', 'b'])).toBe(1);
    expect(chanceOverlap(['a'], [])).toBe(0);
  });
});

describe('answers to the shipped questions', () => {
  test.each(armIds)('%s: an answer that adheres is found to fit, one that does not never is', (arm) => {
    for (const [index, { text }] of prompts.entries()) {
      for (const step of [0, 1, 2]) {
        const block = blocks[(index * 7 + step * 19) % blocks.length]!;
        const clues = readPersona(block).clues;
        expect(suits(cluesInAnswer(answerTo(always, arm, block, text, step)), clues)).toBe(true);
        const off = answerTo(never, arm, block, text, step);
        expect([...cluesInAnswer(off)]).toEqual([]);
        expect(off.split('. ').length).toBeGreaterThanOrEqual(3);
      }
    }
  });

  test('without a persona an adhering answer suits everyone; with one it suits few others', () => {
    const plain = answerTo(always, 'baseline', blocks[0]!, prompts[0]!.text);
    expect(blocks.every((block) => suits(cluesInAnswer(plain), readPersona(block).clues))).toBe(true);
    const others = prompts.flatMap(({ text }, index) => {
      const found = cluesInAnswer(answerTo(always, 'output_only', blocks[index % blocks.length]!, text));
      return blocks
        .filter((_, other) => other !== index % blocks.length)
        .map((block) => suits(found, readPersona(block).clues));
    });
    const share = others.filter(Boolean).length / others.length;
    expect(share).toBeGreaterThan(0.01);
    expect(share).toBeLessThan(0.25);
  });

  test('an answer does not quote the values of the persona', () => {
    for (const [index, { text }] of prompts.entries()) {
      const block = blocks[index % blocks.length]!;
      const answer = answerTo(always, 'demographic_summary', block, text);
      for (const value of readPersona(block).attributes.values())
        if (value.length > 12) expect(answer).not.toContain(value);
    }
  });

  test('answers are varied and none but a refusal reads as one', () => {
    const refusal = refusalPattern();
    const answers = prompts.flatMap(({ text }, index) =>
      armIds.map((arm) => answerTo(always, arm, blocks[index % blocks.length]!, text)),
    );
    expect(new Set(answers).size).toBe(answers.length);
    expect(answers.filter((answer) => refusal.test(answer))).toEqual([]);
    const refused = prompts.map(({ text }) =>
      answerTo({ ...always, refusal: { question: 1 } }, 'output_only', blocks[0]!, text),
    );
    expect(refused.filter((answer) => !refusal.test(answer))).toEqual([]);
    expect(new Set(refused).size).toBeGreaterThan(3);
  });

  test('fields come in the order asked for, and plain text where no JSON is asked for', () => {
    const [block, text] = [blocks[3]!, prompts[3]!.text];
    expect(Object.keys(objectIn(ask(always, questionMessages('chain_of_thought', block, text)))!)).toEqual([
      'chain_of_thought',
      'answer_to_question',
    ]);
    const withoutFormat = questionMessages('output_only', block, text).filter(
      (message) => !message.content.includes('JSON'),
    );
    const plain = ask(always, withoutFormat);
    expect(plain).not.toContain('{');
    expect(suits(cluesInAnswer(plain), readPersona(block).clues)).toBe(true);
  });
});

describe('personas of other sets', () => {
  test('attributes the bank does not know still tell personas apart', () => {
    const make = (n: number) =>
      `nickname: Person ${n}\nfavourite tool: ${['hammer', 'needle', 'spade'][n % 3]}\nhome planet: ${n}\ndrink: ${n * 7}`;
    const text = 'Should we plant a tree or build a shed?';
    let others = 0;
    for (let n = 0; n < 40; n++) {
      const found = cluesInAnswer(answerTo(always, 'output_only', make(n), text));
      expect(suits(found, readPersona(make(n)).clues)).toBe(true);
      if (suits(found, readPersona(make(n + 1)).clues)) others++;
    }
    expect(others).toBeLessThan(4);
  });

  test('a block of prose is read line by line, an empty one shows nothing', () => {
    const prose = 'She keeps bees on a roof.\nHer brother is a priest.\nShe has never seen the sea.';
    expect(suits(cluesInAnswer(answerTo(always, 'output_only', prose, 'Is it late?')), readPersona(prose).clues)).toBe(
      true,
    );
    const empty = plantedReplyTo(always, questionMessages('output_only', '', 'Is it late?'));
    expect(empty).toMatchObject({ kind: 'answer', clues: null });
  });
});

describe('planted group effects', () => {
  const base = { adherence: { persona: 0.5, personaSd: 0, questionSd: 0 }, refusal: { question: 0 } };
  const adherence = (groups: JsonObject[], block: string): number => {
    const planted = plantedReplyTo(
      { ...base, adherence: { ...base.adherence, groups } },
      questionMessages('output_only', block, 'Why?'),
    );
    return planted?.kind === 'answer' ? planted.adherence : Number.NaN;
  };

  test.each([
    ['a listed value', [{ attribute: 'Ideology', values: ['liberal'], shift: 1 }], 'age: 40\nideology: Liberal', 1],
    [
      'another value',
      [{ attribute: 'ideology', values: ['Liberal'], shift: 1 }],
      'age: 40\nideology: Moderate liberal',
      0,
    ],
    ['a number within', [{ attribute: 'age', from: 65, shift: -2 }], 'age: 65', -2],
    ['a number below', [{ attribute: 'age', from: 65, shift: -2 }], 'age: 64', 0],
    ['money', [{ attribute: 'income', below: 50_000, shift: 1 }], 'income: $49,500', 1],
    [
      'effects that add up',
      [
        { attribute: 'age', shift: 1 },
        { attribute: 'income', from: 0, shift: 0.5 },
      ],
      'age: 3\nincome: $1',
      1.5,
    ],
    ['a missing attribute', [{ attribute: 'age', shift: 1 }], 'income: $1', 0],
  ])('%s', (_, groups, block, shift) => {
    expect(adherence(groups, block)).toBeCloseTo(1 / (1 + Math.exp(-shift)), 10);
  });
});
