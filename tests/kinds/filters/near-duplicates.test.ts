import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nearDuplicates } from '../../../src/kinds/filters/near-duplicates.js';
import { NearDuplicateIndex } from '../../../src/lib/near-duplicate-index.js';
import { jaccard, shinglesOf } from '../../../src/lib/shingles.js';
import { wordsOf } from '../../../src/lib/words-of.js';
import { filterInput, user } from './filter-input.js';

const words = (seed: number, count: number) =>
  Array.from({ length: count }, (_unused, index) => `w${(seed * 7919 + index * 104_729) % 99_991}`);
const similarityOf = (a: string, b: string) => jaccard(shinglesOf(wordsOf(a), 3), shinglesOf(wordsOf(b), 3));

describe('near_duplicates', () => {
  test('keeps the first; prompt and rejected text count, the chosen one does not', () => {
    const { reject } = nearDuplicates.create({});
    const text = words(1, 60).join(' ');
    expect(reject(filterInput(text, 'a'))).toBeNull();
    expect(reject(filterInput(text.toUpperCase(), 'b'))).toBe('nearly the same as an earlier pair');
    expect(reject(filterInput(`${text} More.`, 'b'))).toBe('nearly the same as an earlier pair');
    expect(reject(filterInput(words(2, 60).join(' '), 'a'))).toBeNull();
    expect(reject(filterInput(text, 'a', { turns: [user(words(3, 60).join(' '))] }))).toBeNull();
  });

  test('German and Chinese: a changed word of a long text is the same text, a changed half is none', () => {
    const { reject } = nearDuplicates.create({ threshold: 0.8 });
    const german =
      'Der Löwe schläft im Schatten eines großen Baumes, weil es mittags auf der weiten Ebene zu heiß ist und weil er in der Nacht gejagt hat.';
    expect(reject(filterInput(german, 'x'))).toBeNull();
    expect(reject(filterInput(german.replace('gejagt', 'gefressen'), 'x'))).toBe('nearly the same as an earlier pair');
    expect(
      reject(filterInput(german.replace(/^.*Ebene/, 'Ein Tiger badet lange im Fluss, obwohl das Wasser'), 'x')),
    ).toBeNull();
    const chinese = '我们昨天在城里的公园看到了很多正在睡觉的猫和狗还有几只鸟';
    expect(reject(filterInput(chinese, 'x'))).toBeNull();
    expect(reject(filterInput(`${chinese}。`, 'x'))).toBe('nearly the same as an earlier pair');
  });

  test('of texts well above the threshold none is missed, of texts well below none is taken', () => {
    let [missed, taken] = [0, 0];
    for (let seed = 1; seed <= 80; seed++) {
      const base = words(seed, 200);
      const near = base.with(100, 'other').join(' ');
      const far = base.map((word, index) => (index % 12 === 0 ? `x${word}` : word)).join(' ');
      expect(similarityOf(base.join(' '), near)).toBeGreaterThan(0.96);
      expect(similarityOf(base.join(' '), far)).toBeLessThan(0.7);
      const { reject } = nearDuplicates.create({});
      reject(filterInput(base.join(' '), 'a', { turns: [] }));
      if (reject(filterInput(far, 'a', { turns: [] })) !== null) taken++;
      if (reject(filterInput(near, 'a', { turns: [] })) === null) missed++;
    }
    expect([missed, taken]).toEqual([0, 0]);
  });

  test('thousands are remembered, and each is known again', () => {
    const index = new NearDuplicateIndex(0.9);
    const setOf = (seed: number) => new Set(Array.from({ length: 8 }, (_unused, at) => seed * 8 + at));
    const seeds = Array.from({ length: 5000 }, (_unused, seed) => seed);
    expect(seeds.filter((seed) => !index.isNew(setOf(seed)))).toEqual([]);
    expect(seeds.filter((seed) => index.isNew(setOf(seed)))).toEqual([]);
    expect(index.isNew(new Set())).toBe(true);
  });

  test('property: the same pairs give the same answers; a pair that comes again is left out', () => {
    const text = fc.array(fc.constantFrom('eins', 'zwei', 'drei', '四', 'fünf'), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), (texts) => {
        const run = () => {
          const { reject } = nearDuplicates.create({});
          return texts.map((one) => reject(filterInput(one.join(' '), 'a')));
        };
        expect(run()).toEqual(run());
        const { reject } = nearDuplicates.create({});
        for (const one of texts) {
          reject(filterInput(one.join(' '), 'a'));
          expect(reject(filterInput(one.join(' '), 'a'))).not.toBeNull();
        }
      }),
    );
  });
});
