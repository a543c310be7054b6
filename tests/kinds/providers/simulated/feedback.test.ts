import { describe, expect, test } from '@jest/globals';
import type { Message } from '../../../../src/contract/message.js';
import { answerCall } from '../../../../src/kinds/providers/simulated/answer-call.js';
import { cluesInAnswer } from '../../../../src/kinds/providers/simulated/persona/considerations.js';
import { readPersona } from '../../../../src/kinds/providers/simulated/persona/persona-profile.js';
import {
  type Planted,
  plantedPreference,
  plantedReplyTo,
} from '../../../../src/kinds/providers/simulated/planted-truth.js';
import { worldOf } from '../../../../src/kinds/providers/simulated/world.js';

const persona = [
  'age: 71',
  'sex: Male',
  'ideology: Conservative',
  'religion: Catholic',
  'veteran status: Veteran',
  'household type: Married couple household',
].join('\n');
const quiet = { feedback: { critique: 0.8, revision: 0.75 }, refusal: { question: 0 }, adherence: { personaSd: 0 } };
const ask = (messages: Message[], options: object = quiet, repeat = 0): string =>
  answerCall(worldOf(options as never), { provider: null, sampling: {}, messages, repeat });

const toCriticise = (task: string, block = persona): Message[] => [
  { role: 'system', content: `Speak as this person.\n<persona>\n${block}\n</persona>` },
  { role: 'user', content: `<task>\n${task}\n</task>\n<submission>\nIt depends.\n</submission>` },
];
const toRevise = (task: string, critique: string): Message[] => [
  {
    role: 'user',
    content: `<task>\n${task}\n</task>\n<submission>\nIt depends.\n</submission>\n<critique>\n${critique}\n</critique>`,
  },
];
const tasks = Array.from({ length: 2000 }, (_, i) => `Should the town do thing number ${i}?`);
/** Three standard errors of a share over all tasks. */
const margin = (share: number) => 3 * Math.sqrt((share * (1 - share)) / tasks.length);

describe('feedback in the simulated world', () => {
  test('critiques say what the persona cares about as often as planted, and nothing that it does not', () => {
    const own = readPersona(persona).clues;
    const critiques = tasks.map((task) => cluesInAnswer(ask(toCriticise(task))));
    for (const clues of critiques) for (const clue of clues) expect(own).toContain(clue);
    const voiced = critiques.filter((clues) => clues.size > 0).length / tasks.length;
    expect(Math.abs(voiced - 0.8)).toBeLessThan(margin(0.8));
  });

  test('revisions take up what the critique says, and only that', () => {
    const said = ask(toCriticise(tasks[0]!), { ...quiet, feedback: { critique: 0.999999, revision: 0.75 } });
    expect(cluesInAnswer(said).size).toBe(2);
    const revisions = tasks.map((task) => cluesInAnswer(ask(toRevise(task, said))));
    const taken = revisions.filter((clues) => clues.size > 0);
    expect(Math.abs(taken.length / tasks.length - 0.75)).toBeLessThan(margin(0.75));
    for (const clues of taken) expect(clues).toEqual(cluesInAnswer(said));
  });

  test('a critique that says nothing about the person gives a revision that suits nobody', () => {
    expect(tasks.every((task) => cluesInAnswer(ask(toRevise(task, 'Shorter would do.'))).size === 0)).toBe(true);
  });

  test('groups and missing attributes move critiques by their shifts on the logit', () => {
    const world = (extra: object) => ({ ...quiet, adherence: { personaSd: 0, ...extra } }) as never;
    const voiced = (options: never) => (plantedReplyTo(options, toCriticise('?')) as { voiced: number }).voiced;
    const logistic = (x: number) => 1 / (1 + Math.exp(-x));
    const base = Math.log(0.8 / 0.2);
    const group = { attribute: 'religion', values: ['Catholic'], shift: -1 };
    expect(voiced(world({ groups: [group] }))).toBeCloseTo(logistic(base - 1), 12);
    expect(voiced(world({ hidden: [{ attribute: 'Religion', shift: -1 }] }))).toBeCloseTo(0.8, 12);
    expect(voiced(world({ hidden: [{ attribute: 'income', shift: -1 }] }))).toBeCloseTo(logistic(base - 1), 12);
  });

  test('a revision whose critique is not written yet adheres as both allow: 0.8 × 0.75', () => {
    const earlier = {
      isMark: (text: string) => text.includes('[mark]'),
      planted: (text: string) => (text === '[mark]' ? plantedReplyTo(quiet as never, toCriticise('?')) : null),
    };
    const planted = plantedReplyTo(quiet as never, toRevise('?', '[mark]'), earlier) as Planted;
    expect(planted).toMatchObject({ kind: 'answer', adherence: expect.closeTo(0.6, 12), refusal: 0 });
    const question: Message[] = [
      { role: 'system', content: 'Answer for the user.' },
      { role: 'user', content: '[mark]?' },
    ];
    expect(plantedReplyTo(quiet as never, question, earlier)).toBeNull();
  });
});

describe('comparisons in both orders', () => {
  const messages: Message[] = [
    {
      role: 'user',
      content: [
        `<persona>\n${persona}\n</persona>\n<first>\na\n</first>\n<second>\nb\n</second>`,
        'Reply with one JSON object and nothing else:',
        '{"rationale": "<reasons>", "verdict": "<one of: first | second | tie>"}',
      ].join('\n'),
    },
  ];
  const clues = readPersona(persona).clues;
  const answer = (adherence: number): Planted => ({ kind: 'answer', adherence, refusal: 0, clues });
  const judging = (positionBias: number, falsePositive = 0, falseNegative = 0) =>
    ({ judging: { positionBias, errors: { default: { falsePositive, falseNegative } } } }) as never;
  const shareOf = (options: never, value: number, pair: [Planted, Planted] = [answer(0.6), answer(0.1)]) =>
    plantedPreference(options, messages, pair)!.find((one) => one.value === value)!.share;

  test('worked by hand: a judge without noise prefers what fits over what does not, 0.6 × 0.9', () => {
    expect(shareOf(judging(0), 1)).toBeCloseTo(0.54, 12);
    expect(shareOf(judging(0), 0)).toBeCloseTo(0.1 * 0.4, 12);
    expect(shareOf(judging(0), 0.5)).toBeCloseTo(1 - 0.54 - 0.04, 12);
  });

  test('worked by hand: position bias of 0.2 costs the win whenever the better one is shown second', () => {
    expect(shareOf(judging(0.2), 1)).toBeCloseTo(0.54 * 0.8, 12);
  });

  test('a judge that always errs about a sure winner turns it round', () => {
    expect(shareOf(judging(0, 0, 1), 0, [answer(1), answer(0)])).toBeCloseTo(1, 12);
  });

  test('shares add up to one, and equal answers win and lose alike', () => {
    const shares = plantedPreference(judging(0.1, 0.05, 0.08), messages, [answer(0.4), answer(0.4)])!;
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(shares[0]!.share).toBeCloseTo(shares[1]!.share, 12);
  });
});
