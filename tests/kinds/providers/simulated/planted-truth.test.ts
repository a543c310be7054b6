import { describe, expect, test } from '@jest/globals';
import type { Message } from '../../../../src/contract/message.js';
import { answerCall } from '../../../../src/kinds/providers/simulated/answer-call.js';
import {
  type Planted,
  plantedReplyTo,
  plantedVerdicts,
} from '../../../../src/kinds/providers/simulated/planted-truth.js';
import { worldOf } from '../../../../src/kinds/providers/simulated/world.js';
import { findMentions } from '../../../../src/lib/mentions.js';
import {
  armIds,
  avoiding,
  contextMessages,
  contexts,
  judgeMessages,
  neutral,
  objectIn,
  personaBlocks,
  providerOptions,
  questionMessages,
  questions,
  refusalPattern,
} from './shipped.js';

const subject = providerOptions('simulated');
const judge = providerOptions('simulated-judge');
const ask = (options: typeof subject, messages: Message[], repeat = 0): string =>
  answerCall(worldOf(options), { provider: null, sampling: { temperature: 1 }, messages, repeat });
const planted = (messages: Message[]): Planted => plantedReplyTo(subject, messages) as Planted;

/** Sums outcomes and their probabilities, to compare by the standard error of the sum. */
class Tally {
  #difference = 0;
  #variance = 0;
  n = 0;
  expected = 0;
  add(outcome: boolean, probability: number): void {
    this.#difference += (outcome ? 1 : 0) - probability;
    this.#variance += probability * (1 - probability);
    this.expected += probability;
    this.n++;
  }
  get z(): number {
    return this.#difference / Math.sqrt(this.#variance);
  }
  get mean(): number {
    return this.expected / this.n;
  }
}

const within = (tally: Tally): void => {
  expect(tally.n).toBeGreaterThan(500);
  expect(Math.abs(tally.z)).toBeLessThan(4);
};

describe('persona questions: what is measured is what is planted', () => {
  const blocks = personaBlocks();
  const prompts = questions();
  const verdicts = ['no_revision', 'needs_revision'];
  const truths: { [arm: string]: { own: Tally; other: Tally } } = {};

  test.each(armIds)('%s, judged for the persona and for another one', (arm) => {
    const own = new Tally();
    const other = new Tally();
    truths[arm] = { own, other };
    for (let cell = 0; cell < 1600; cell++) {
      const index = cell % blocks.length;
      const { text } = prompts[Math.floor(cell * 0.7) % prompts.length]!;
      const messages = questionMessages(arm, blocks[index]!, text);
      const submission = objectIn(ask(subject, messages, cell))?.answer_to_question as string | undefined;
      if (submission === undefined) continue;
      for (const [tally, persona] of [
        [own, blocks[index]!],
        [other, blocks[(index + 11) % blocks.length]!],
      ] as const) {
        const request = judgeMessages(verdicts, { task: text, persona, submission });
        const verdict = objectIn(ask(judge, request))?.verdict;
        if (verdict !== undefined)
          tally.add(verdict === 'no_revision', plantedVerdicts(judge, request, [planted(messages)])!.no_revision!);
      }
    }
    within(own);
    within(other);
  });

  test('the shipped world has the picture it is meant to have', () => {
    const own = armIds.map((arm) => truths[arm]!.own.mean);
    expect(own).toEqual([...own].sort((a, b) => a - b));
    expect(own[0]).toBeGreaterThan(0.08);
    expect(own[0]).toBeLessThan(0.2);
    expect(own[3]).toBeGreaterThan(0.6);
    expect(truths.baseline!.other.mean).toBeCloseTo(truths.baseline!.own.mean, 2);
    for (const arm of armIds.slice(1)) expect(truths[arm]!.other.mean).toBeLessThan(0.2);
  });
});

describe('conversations: what is measured is what is planted', () => {
  const refusal = refusalPattern();
  const means: { [arm: string]: number } = {};

  test.each(['base', 'neutral', 'prompted'])('%s: explicit, implicit, engaged, refused', (arm) => {
    const [explicit, implicit, engaged, refused] = [new Tally(), new Tally(), new Tally(), new Tally()];
    for (const context of contexts()) {
      const messages = contextMessages(
        context,
        arm === 'base' ? undefined : arm === 'neutral' ? neutral : avoiding(context),
      );
      const truth = planted(messages);
      if (truth.kind !== 'reply') throw new Error(`${context.id} was not read as a conversation`);
      for (let repeat = 0; repeat < 12; repeat++) {
        const submission = ask(subject, messages, repeat);
        explicit.add(findMentions(submission, context.pink).length > 0, truth.mention);
        refused.add(refusal.test(submission), truth.refusal);
        for (const [tally, entity, looked, otherwise] of [
          [implicit, context.pink.name, 'implicit', 'none'],
          [engaged, context.grey.name, 'engaged', 'not_engaged'],
        ] as const) {
          const request = judgeMessages([looked, otherwise], { entity, submission });
          const verdict = objectIn(ask(judge, request))?.verdict;
          const share = plantedVerdicts(judge, request, [truth])![looked]!;
          if (verdict !== undefined) tally.add(verdict === looked, share);
        }
      }
    }
    for (const tally of [explicit, implicit, engaged, refused]) within(tally);
    means[arm] = explicit.mean;
  });

  test('the shipped world has the picture it is meant to have', () => {
    expect(means.base).toBeGreaterThan(0.4);
    expect(means.base).toBeLessThan(0.5);
    expect(means.base! - means.neutral!).toBeGreaterThan(0);
    expect(means.base! - means.neutral!).toBeLessThan(0.05);
    expect(means.prompted).toBeGreaterThan(0.12);
    expect(means.prompted).toBeLessThan(0.26);
    const rebounding = contexts().filter((context) => {
      const [base, prompted] = [
        planted(contextMessages(context)),
        planted(contextMessages(context, avoiding(context))),
      ];
      return base.kind === 'reply' && prompted.kind === 'reply' && prompted.mention > base.mention;
    });
    expect(rebounding.length).toBeGreaterThan(1);
    expect(rebounding.length / contexts().length).toBeLessThan(0.3);
  });
});

describe('verdict shares', () => {
  const answer: Planted = { kind: 'answer', adherence: 0.6, refusal: 0.02, clues: ['age/old', 'faith/none'] };
  const persona = 'age: 70\nreligion: None\nsex: Female\nideology: Centrist\neducation: Some college';
  const quiet = { judging: { errors: { no_revision: { falsePositive: 0.1, falseNegative: 0.2 } } } };

  test('worked by hand: share found to fit is 0.6 × 0.8 + 0.4 × 0.1', () => {
    const shares = plantedVerdicts(
      quiet,
      judgeMessages(['no_revision', 'needs_revision'], { persona, submission: '' }),
      [answer],
    )!;
    expect(shares.no_revision).toBeCloseTo(0.52, 12);
    expect(shares.needs_revision).toBeCloseTo(0.48, 12);
  });

  test.each([
    ['first', 'second'],
    ['first', 'second', 'tie'],
  ])('comparisons: %s, %s, %s', (...verdicts) => {
    const options = {
      judging: { errors: { default: { falsePositive: 0.2, falseNegative: 0.1 } }, positionBias: 0.15 },
      format: { malformed: 0, fenced: 0 },
    };
    const texts = {
      yes: 'In the end it comes down to kindness for its own sake, in the one life we know of.',
      no: 'Well.',
    };
    const other: Planted = { ...answer, adherence: 0.3 };
    const shares = plantedVerdicts(options, judgeMessages(verdicts, { persona, first: '', second: '' }), [
      answer,
      other,
    ])!;
    expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    const counts: { [verdict: string]: number } = {};
    const n = 6000;
    for (let repeat = 0; repeat < n; repeat++) {
      const [first, second] = [repeat % 10 < 6, Math.floor(repeat / 10) % 10 < 3].map((fits) =>
        fits ? texts.yes : texts.no,
      ) as [string, string];
      const verdict = objectIn(ask(options, judgeMessages(verdicts, { persona, first, second }), repeat))
        ?.verdict as string;
      counts[verdict] = (counts[verdict] ?? 0) + 1;
    }
    for (const verdict of verdicts.filter(Boolean)) {
      const share = shares[verdict]!;
      expect(Math.abs((counts[verdict] ?? 0) / n - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / n));
    }
  });

  test('requests that ask for no verdict have none, and requests to judge have no planted reply', () => {
    expect(plantedVerdicts(judge, questionMessages('baseline', '', 'Why?'), [answer])).toBeNull();
    expect(plantedReplyTo(subject, judgeMessages(['a', 'b'], { submission: '' }))).toBeNull();
  });
});
