import { describe, expect, test } from '@jest/globals';
import { tradeoffTableOf } from '../../../../src/kinds/reporters/shared/tradeoffs.js';
import { reportFixture } from '../../../fixtures/report-fixture.js';

describe('trade-offs', () => {
  const { report, plan } = reportFixture({ eval: 'pink-elephant' });
  const metrics = ['mention_rate', 'grey_rate'];
  const values: { [arm: string]: [number, number] } = { base: [0.9, 0.5], neutral: [0.4, 0.4], prompted: [0.3, 0.8] };
  const estimates = report.estimates
    .filter((one) => metrics.includes(one.metric) && one.by.provider === 'openai' && !one.by.group)
    .map((one) => ({ ...one, value: values[one.by.arm]![metrics.indexOf(one.metric)]! }));

  test('an arm that is beaten in every metric, in its direction, says by which', () => {
    const table = tradeoffTableOf({ ...report, estimates }, plan)!;
    expect(table.objectives.map(({ id, better }) => [id, better])).toEqual([
      ['mention_rate', 'lower'],
      ['grey_rate', 'higher'],
    ]);
    expect(table.rows.map(({ arm, efficient }) => [arm, efficient])).toEqual([
      ['prompted', true],
      ['base', false],
      ['neutral', false],
    ]);
    expect(table.rows[2]!.dominatedBy).toEqual([{ provider: 'openai', arm: 'prompted' }]);
  });

  test('a missing value leaves its arm aside', () => {
    const holed = estimates.map((one) => (one.by.arm === 'neutral' ? { ...one, value: null } : one));
    const rows = tradeoffTableOf({ ...report, estimates: holed }, plan)!.rows;
    expect(rows.at(-1)).toMatchObject({ arm: 'neutral', efficient: null, dominatedBy: [] });
  });

  test('takes two metrics with a better end, and two points', () => {
    const one = estimates.filter(({ metric }) => metric === 'grey_rate');
    expect(tradeoffTableOf({ ...report, estimates: one }, plan)).toBeNull();
    const plain = estimates.map((e) => (e.metric === 'grey_rate' ? { ...e, better: 'none' as const } : e));
    expect(tradeoffTableOf({ ...report, estimates: plain }, plan)).toBeNull();
    const lone = estimates.filter(({ by }) => by.arm === 'base');
    expect(tradeoffTableOf({ ...report, estimates: lone }, plan)).toBeNull();
  });
});
