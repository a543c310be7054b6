import { describe, expect, test } from '@jest/globals';
import {
  contrastStanding,
  contrastWords,
  type ReportContrast,
  sidesOf,
} from '../../../../src/kinds/reporters/shared/contrast-words.js';
import { methodWords } from '../../../../src/kinds/reporters/shared/method-words.js';
import { gateRuleWords, verdictOf } from '../../../../src/kinds/reporters/shared/verdict.js';
import { reportFixture } from '../../../fixtures/report-fixture.js';

const contrast: ReportContrast = {
  name: 'reduction',
  metric: 'mention_rate',
  a: { provider: 'openai', arm: 'base' },
  b: { provider: 'openai', arm: 'prompted' },
  difference: 0.3,
  low: 0.2,
  high: 0.4,
  level: 0.95,
  p: 0.001,
  pAdjusted: 0.003,
  correction: 'holm',
  n: 100,
  unscored: 0,
  detectable: 0.12,
  method: 'tango-neff-t/one-way',
  clusters: {},
  better: 'lower',
};

describe('contrasts in words', () => {
  test('a shown difference names the direction and whether it is good', () => {
    expect(contrastWords(contrast, 'share')).toBe('base is 30.0 pp higher (worse) than prompted.');
    expect(contrastWords({ ...contrast, difference: -0.3, low: -0.4, high: -0.2 }, 'share')).toBe(
      'base is 30.0 pp lower (better) than prompted.',
    );
    expect(contrastWords({ ...contrast, better: 'none' }, 'share')).toBe('base is 30.0 pp higher than prompted.');
  });

  test('an open one says what could have been seen', () => {
    const open = { ...contrast, difference: 0.05, low: -0.02, high: 0.12, p: 0.2, pAdjusted: 0.4 };
    expect(contrastWords(open, 'share')).toBe(
      'No difference shown; a true one of 12.0 pp would be found in 80 of 100 such runs.',
    );
    const corrected = { ...contrast, low: 0.01, p: 0.03, pAdjusted: 0.09, detectable: null };
    expect(contrastWords(corrected, 'share')).toBe('Not shown once corrected for the number of contrasts.');
    expect(contrastStanding(corrected)).toBe('open');
  });

  test('without a pair there is no estimate', () => {
    const none = { ...contrast, difference: null, low: null, high: null, p: null, pAdjusted: null };
    expect(contrastWords(none, 'share')).toMatch(/^No estimate/);
    expect(contrastStanding(none)).toBe('none');
  });

  test('sides are named by what differs', () => {
    expect(sidesOf(contrast)).toEqual({ a: 'base', b: 'prompted' });
    const other = { ...contrast, b: { provider: 'openai', arm: 'base', metric: 'implicit_rate' } };
    expect(sidesOf(other)).toEqual({ a: 'mention_rate', b: 'implicit_rate' });
    expect(contrastWords(other, 'share')).toBe('mention_rate is 30.0 pp higher than implicit_rate.');
    expect(sidesOf({ ...contrast, b: { provider: 'other', arm: 'base' } })).toEqual({ a: 'openai', b: 'other' });
  });
});

describe('gates and verdict in words', () => {
  test('rules are printed in the unit of their metric', () => {
    expect(gateRuleWords('high < 0.25', 'share')).toBe('upper end below 25.0%');
    expect(gateRuleWords('low > 0.3', 'share')).toBe('lower end above 30.0%');
    expect(gateRuleWords('value > 3.5', 'points')).toBe('value above 3.5');
    expect(gateRuleWords('0.1 < value < 0.9', 'share')).toBe('value between 10.0% and 90.0%');
    expect(gateRuleWords('something else', 'share')).toBe('something else');
  });

  test('a bound is never rounded into another rule', () => {
    expect(gateRuleWords('high < 0.12345', 'share')).toBe('upper end below 0.12345');
    expect(gateRuleWords('high < 3.14159', 'points')).toBe('upper end below 3.14159');
  });

  test('the verdict counts what there is', () => {
    const { report } = reportFixture({ complete: false });
    expect(verdictOf(report)).toMatchObject({
      complete: false,
      passed: 2,
      missed: 2,
      gates: '2 gates passed, 2 missed',
    });
    expect(verdictOf({ ...report, gates: [] }).gates).toBe('no gates set');
    expect(verdictOf(report).cells).toBe('2,880 cells: 2,148 answered, 5 refused, 7 failed, 720 skipped');
  });
});

describe('methods in words', () => {
  test('each part of a name is explained', () => {
    const words = methodWords('wilson-neff-t/two-way');
    expect(words).toMatch(/effective sample size/);
    expect(words).toMatch(/two crossed fields/);
    expect(words).toMatch(/Student/);
    expect(methodWords('wilson')).toBe('Wilson’s score interval for a share of independent units.');
    expect(methodWords('t/one-way/weighted')).toMatch(/standard error.*Student.*related.*weighted/);
    expect(methodWords('none/too-few-clusters')).toMatch(/^No interval/);
    expect(methodWords('made up')).toBe('');
  });
});
