import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { displayWidth } from '../../../../src/kinds/reporters/terminal/display-width.js';
import { wrapText } from '../../../../src/kinds/reporters/terminal/wrap-text.js';

describe('wrapText', () => {
  test('breaks at words, then after joints, then anywhere', () => {
    expect(wrapText('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrapText('demographic_summary', 14)).toEqual(['demographic_', 'summary']);
    expect(wrapText('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    expect(wrapText('東京大阪', 5)).toEqual(['東京', '大阪']);
  });

  test('keeps every character and every width', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z_/ 東-]{0,60}$/u), fc.integer({ min: 2, max: 30 }), (text, width) => {
        const lines = wrapText(text, width);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });
});
