import { describe, expect, test } from '@jest/globals';
import type { Message } from '../../../../src/contract/message.js';
import { answerCall } from '../../../../src/kinds/providers/simulated/answer-call.js';
import { sharesAt } from '../../../../src/kinds/providers/simulated/choosing/plant-choice.js';
import { readChoices } from '../../../../src/kinds/providers/simulated/choosing/read-choices.js';
import { plantedReplyTo } from '../../../../src/kinds/providers/simulated/planted-truth.js';
import { worldOf } from '../../../../src/kinds/providers/simulated/world.js';
import { readChoice } from '../../../../src/lib/read-choice.js';

const labels = ['A', 'B', 'C', 'D'];
const asked = (question: string, persona?: string, order = 'Answer with one of the options.'): Message[] => [
  { role: 'system', content: persona === undefined ? order : `${order}\n<persona>\n${persona}\n</persona>` },
  { role: 'user', content: `${question}\nA) A great deal\nB) Some\nC) A little\nD) I see no need` },
];

describe('reading', () => {
  test('options by their letters, and the question before them', () => {
    expect(readChoices(asked('How much?\nSay openly.'))).toEqual({
      question: 'How much?\nSay openly.',
      options: [
        { label: 'A', text: 'A great deal' },
        { label: 'B', text: 'Some' },
        { label: 'C', text: 'A little' },
        { label: 'D', text: 'I see no need' },
      ],
      letterOnly: false,
    });
    expect(readChoices(asked('How much?', undefined, 'Give the letter only.'))!.letterOnly).toBe(true);
  });

  test.each(['Is it fair?', 'A) Alone?', 'B) Two\nC) Three', 'A) One\nC) Three'])('%s lists none', (content) => {
    expect(readChoices([{ role: 'user', content }])).toBeNull();
  });
});

describe('shares', () => {
  test('by hand: even at location 0; ¾ of two options at log 3', () => {
    for (const share of sharesAt(0, 4, 1)) expect(share).toBeCloseTo(0.25, 12);
    expect(sharesAt(Math.log(3), 2, 1)).toEqual([expect.closeTo(0.25, 12), expect.closeTo(0.75, 12)]);
  });

  test('add up to 1, and move to the end with the location', () => {
    for (const location of [-3, -0.4, 0, 1, 5]) {
      const shares = sharesAt(location, 5, 1.3);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      expect(Math.min(...shares)).toBeGreaterThan(0);
      expect(sharesAt(location + 0.5, 5, 1.3)[4]!).toBeGreaterThan(shares[4]!);
    }
  });
});

const world = {
  seed: 3,
  choosing: { heed: 0.8, refusal: 0.1, groups: [{ attribute: 'area', values: ['city'], shift: 1.5 }] },
};

describe('answers', () => {
  test.each([undefined, 'area: city', 'area: town'])('are as planted for %s', (persona) => {
    const messages = asked('How much should be spent on bridges?', persona);
    const planted = plantedReplyTo(world, messages)!;
    if (planted.kind !== 'choice') throw new Error('no choice');
    const counts: { [label: string]: number } = {};
    const draws = 4000;
    for (let repeat = 0; repeat < draws; repeat++) {
      const text = answerCall(worldOf(world), { provider: null, sampling: {}, messages, repeat });
      const label = readChoice(text, labels) ?? 'none';
      counts[label] = (counts[label] ?? 0) + 1 / draws;
    }
    for (const [label, share] of Object.entries({ ...planted.shares, none: planted.refusal }))
      expect(Math.abs((counts[label] ?? 0) - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / draws));
  });

  test('shares and refusal add up to 1; a group moves them only where it is shown', () => {
    const sharesFor = (persona?: string) => {
      const planted = plantedReplyTo(world, asked('How much should be spent on bridges?', persona))!;
      if (planted.kind !== 'choice') throw new Error('no choice');
      expect(Object.values(planted.shares).reduce((sum, share) => sum + share, planted.refusal)).toBeCloseTo(1, 12);
      return planted.shares;
    };
    expect(sharesFor('area: town')).toEqual(sharesFor());
    expect(Math.abs(sharesFor('area: city').A! - sharesFor().A!)).toBeGreaterThan(0.05);
  });

  test('half of the questions turn a group the other way', () => {
    let towardsLast = 0;
    for (let i = 0; i < 400; i++) {
      const [own, city] = [undefined, 'area: city'].map(
        (persona) => plantedReplyTo(world, asked(`Question ${i}?`, persona))!,
      );
      if (own!.kind === 'choice' && city!.kind === 'choice' && city!.shares.D! > own!.shares.D!) towardsLast++;
    }
    expect(Math.abs(towardsLast - 200)).toBeLessThan(45);
  });
});
