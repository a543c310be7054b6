import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { editDistance } from '../../src/lib/edit-distance.js';
import { jaccard, shinglesOf } from '../../src/lib/shingles.js';
import { wordsOf } from '../../src/lib/words-of.js';

describe('wordsOf', () => {
  test.each([
    ['Well – don’t, “please”!', ['Well', 'don’t', 'please']],
    ['Nike-Schuhe für 99,90 €', ['Nike-Schuhe', 'für', '99', '90']],
    ['fu\u0308r', ['für']],
    ['我喜欢猫 and cats', ['我', '喜', '欢', '猫', 'and', 'cats']],
    ['ที่นี่', ['ที่', 'นี่']],
    ['Привет, мир', ['Привет', 'мир']],
    ['🙂 … – ', []],
    ['', []],
  ])('%s', (text, words) => expect(wordsOf(text)).toEqual(words));
});

/** The definition, without any trimming. */
function plainDistance(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return a.length + b.length;
  const same = a[0] === b[0] ? 0 : 1;
  return Math.min(
    plainDistance(a.slice(1), b.slice(1)) + same,
    plainDistance(a.slice(1), b) + 1,
    plainDistance(a, b.slice(1)) + 1,
  );
}

describe('editDistance', () => {
  const list = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 6 });
  test('property: it is the definition’s', () => {
    fc.assert(fc.property(list, list, (a, b) => expect(editDistance(a, b)).toBe(plainDistance(a, b))));
  });

  test('property: symmetric, and no way round is shorter', () => {
    fc.assert(
      fc.property(list, list, list, (a, b, c) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
      }),
    );
  });
});

describe('shingles', () => {
  test('runs of words; a shorter list is one run; boundaries count', () => {
    expect(shinglesOf(['a', 'b', 'c'], 2).size).toBe(2);
    expect(shinglesOf(['a'], 3).size).toBe(1);
    expect(shinglesOf([], 3).size).toBe(0);
    expect(shinglesOf(['ab', 'c'], 2)).not.toEqual(shinglesOf(['a', 'bc'], 2));
  });

  test('Jaccard similarity', () => {
    expect(jaccard(new Set([1, 2, 3]), new Set([2, 3, 4]))).toBe(0.5);
    expect(jaccard(new Set(), new Set())).toBe(1);
    expect(jaccard(new Set([1]), new Set())).toBe(0);
  });
});
