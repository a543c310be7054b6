import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  countOf,
  formatCount,
  formatDifference,
  formatInterval,
  formatMs,
  formatP,
  formatSize,
  formatUsd,
  formatValue,
} from '../../../../src/kinds/reporters/shared/number-text.js';

describe('number text', () => {
  test('shares are percent with one decimal, other units have two decimals', () => {
    expect(formatValue(0.4213, 'share')).toBe('42.1%');
    expect(formatValue(3.256, 'points')).toBe('3.26');
    expect(formatInterval(0.38, 0.4634, 'rate')).toBe('[38.0, 46.3]');
    expect(formatInterval(-1.5, 2, 'points')).toBe('[−1.50, 2.00]');
  });

  test('absence is a dash, never a number', () => {
    expect(formatValue(null, 'share')).toBe('–');
    expect(formatValue(Number.NaN, 'share')).toBe('–');
    expect(formatInterval(null, null, 'share')).toBe('–');
    expect(formatDifference(null, 'share')).toBe('–');
    expect(formatP(null)).toBe('–');
    expect(formatUsd(null)).toBe('unknown');
  });

  test('differences carry their sign; sizes do not; zero has none', () => {
    expect(formatDifference(0.123, 'share')).toBe('+12.3 pp');
    expect(formatDifference(-0.123, 'share')).toBe('−12.3 pp');
    expect(formatDifference(-0.00001, 'share')).toBe('0.0 pp');
    expect(formatSize(-0.058, 'share')).toBe('5.8 pp');
    expect(formatDifference(0.4, 'points')).toBe('+0.40');
  });

  test('p, money, time and counts', () => {
    expect([formatP(0.0004), formatP(0.0312), formatP(1)]).toEqual(['<0.001', '0.031', '1.000']);
    expect([formatUsd(0), formatUsd(0.00123), formatUsd(23.4172)]).toEqual(['$0.00', '$0.0012', '$23.42']);
    expect([formatMs(812.4), formatMs(10_410)]).toEqual(['812 ms', '10.4 s']);
    expect([formatCount(317_200), countOf(1, 'cell'), countOf(2, 'reply', 'replies')]).toEqual([
      '317,200',
      '1 cell',
      '2 replies',
    ]);
  });

  test('a difference and its opposite differ in nothing but the sign', () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (value) => {
        const bare = (text: string) => text.replace(/^[+−]/, '');
        expect(bare(formatDifference(-value, 'share'))).toBe(bare(formatDifference(value, 'share')));
        expect(formatDifference(value, 'share')).not.toMatch(/−0\.0 /);
      }),
    );
  });
});
