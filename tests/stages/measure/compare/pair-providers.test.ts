import { describe, expect, test } from '@jest/globals';
import type { EvalrunError } from '../../../../src/contract/problem.js';
import { pairProviders } from '../../../../src/stages/measure/compare/pair-providers.js';

const failure = (work: () => unknown): EvalrunError => {
  try {
    work();
  } catch (error) {
    return error as EvalrunError;
  }
  throw new Error('nothing was thrown');
};

describe('providers of two runs', () => {
  test('the same ids pair by id, in the order of the first run', () => {
    expect(pairProviders(['p', 'q'], ['q', 'p'], [])).toEqual({
      pairs: [
        { a: 0, b: 1 },
        { a: 1, b: 0 },
      ],
      by: 'id',
    });
  });

  test('one each pair by position', () => {
    expect(pairProviders(['p'], ['q'], [])).toEqual({ pairs: [{ a: 0, b: 0 }], by: 'position' });
  });

  test('otherwise the user chooses', () => {
    const { code, hint } = failure(() => pairProviders(['p', 'q'], ['q', 'r'], []));
    expect([code, hint]).toEqual(['PROVIDERS_UNPAIRED', expect.stringContaining('--provider p=q')]);
    expect(pairProviders(['p', 'q'], ['q', 'r'], ['p=r', 'q=q', 'p=r'])).toEqual({
      pairs: [
        { a: 0, b: 1 },
        { a: 1, b: 0 },
      ],
      by: 'choice',
    });
  });

  test.each([
    ['p', 'does not pair two'],
    ['r=q', 'the first run does not test r'],
    ['p=', 'the second run does not test (nothing)'],
  ])('--provider %s', (text, message) => {
    expect(failure(() => pairProviders(['p'], ['q'], [text]))).toMatchObject({
      code: 'BAD_FLAG',
      message: expect.stringContaining(message),
    });
  });
});
