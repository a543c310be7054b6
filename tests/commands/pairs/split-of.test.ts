import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { splitOf, splitOfGroup } from '../../../src/commands/pairs/split-of.js';

const people = Array.from({ length: 2000 }, (_, index) => `p-${index}`);
const questions = Array.from({ length: 20 }, (_, index) => `Question ${index}?`);

describe('splitOf', () => {
  test('a persona is unseen with all of its pairs or with none', () => {
    let unseen = 0;
    for (const persona of people) {
      const splits = new Set(questions.map((instruction) => splitOf({ persona, instruction }, 7, 0.1)));
      if (splits.has('unseen_personas')) {
        unseen++;
        expect([...splits]).toEqual(['unseen_personas']);
      }
    }
    // Binomial, 2000 × .1: standard deviation 13.4; five of them.
    expect(Math.abs(unseen - 200)).toBeLessThan(67);
  });

  test('the others go 80/10/10', () => {
    const counts = { train: 0, validation: 0, test: 0, unseen_personas: 0 };
    for (const persona of people)
      for (const instruction of questions) counts[splitOf({ persona, instruction }, 7, 0)]++;
    expect(counts.unseen_personas).toBe(0);
    // 40,000 pairs: standard deviations 80 and 60.
    expect(Math.abs(counts.train - 32_000)).toBeLessThan(400);
    expect(Math.abs(counts.validation - 4000)).toBeLessThan(300);
    expect(Math.abs(counts.test - 4000)).toBeLessThan(300);
  });

  test('it is a function of seed, persona and question; another seed gives another split', () => {
    const key = { persona: fc.string({ minLength: 1 }), instruction: fc.string() };
    fc.assert(
      fc.property(fc.record(key), fc.integer(), (pair, seed) => {
        expect(splitOf({ ...pair }, seed, 0.1)).toBe(splitOf(pair, seed, 0.1));
        expect(splitOf(pair, seed, 0)).not.toBe('unseen_personas');
      }),
    );
    const under = (seed: number) =>
      people.map((persona) => splitOf({ persona, instruction: 'Why?' }, seed, 0.1)).join();
    expect(under(1)).not.toBe(under(2));
  });

  test('more unseen personas are the same ones and more', () => {
    const unseen = (share: number) =>
      people.filter((persona) => splitOf({ persona, instruction: 'Why?' }, 3, share) === 'unseen_personas');
    const few = new Set(unseen(0.05));
    const many = unseen(0.3);
    expect(many.filter((persona) => few.has(persona))).toHaveLength(few.size);
    expect(many.length).toBeGreaterThan(few.size);
  });

  test('without personas there is no unseen one', () => {
    const splits = new Set(questions.map((instruction) => splitOf({ persona: null, instruction }, 7, 0.9)));
    expect(splits.has('unseen_personas')).toBe(false);
  });
});

describe('splitOfGroup', () => {
  test('property: one split for a value whatever else is there; the shares are kept', () => {
    const share = fc.double({ min: 0, max: 0.45, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.string()), fc.integer(), share, share, (groups, seed, validation, test) => {
        const places = new Map<string, string>();
        for (const group of [...groups, ...groups.toReversed()]) {
          const split = splitOfGroup(group, seed, { validation, test });
          expect(places.get(group) ?? split).toBe(split);
          places.set(group, split);
        }
      }),
    );
    const counts = { train: 0, validation: 0, test: 0, unseen_personas: 0 };
    for (let index = 0; index < 20_000; index++)
      counts[splitOfGroup(`pair-${index}`, 7, { validation: 0.05, test: 0.1 })]++;
    expect(counts.unseen_personas).toBe(0);
    // Binomial: standard deviations 31 and 42; five of them.
    expect(Math.abs(counts.validation - 1000)).toBeLessThan(155);
    expect(Math.abs(counts.test - 2000)).toBeLessThan(212);
  });

  test('nothing is put aside where nothing is asked for', () => {
    for (let index = 0; index < 1000; index++)
      expect(splitOfGroup(`${index}`, 1, { validation: 0, test: 0 })).toBe('train');
  });
});
