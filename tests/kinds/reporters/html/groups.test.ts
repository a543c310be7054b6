import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type GroupTableData, groupTablesOf } from '../../../../src/kinds/reporters/html/groups/group-data.js';
import { rankGroups, sortGroups } from '../../../../src/kinds/reporters/html/groups/rank-groups.js';
import { reportFixture } from '../../../fixtures/report-fixture.js';

const row = (group: string, value: number | null, n: number) => ({
  provider: 'p',
  arm: 'a',
  group,
  value,
  low: value,
  high: value,
  n,
  unscored: 0,
  compared: null,
});

const table: GroupTableData = {
  metric: 'accuracy',
  field: 'item.domain',
  unit: 'share',
  better: 'higher',
  bands: null,
  rows: [row('x', 0.5, 100), row('y', 0.2, 40), row('z', 0.1, 12), row('w', null, 0)],
  whole: { p: { a: 0.4 } },
  extremes: [],
};

const gap = { gap: -0.31, gapLow: -0.4, gapHigh: -0.2, p: 0.004, pAdjusted: 0.012, q: 0.008 };

describe('groups', () => {
  test('one table for each metric and field, with the bands of the eval', () => {
    const { report, plan } = reportFixture();
    const tables = groupTablesOf(report, plan);
    expect(tables.map((one) => one.field)).toEqual(['item.domain', 'persona.sex', 'persona.age', 'persona.education']);
    expect(tables[2]!.bands).toEqual([18, 35, 50, 65]);
    expect(tables[0]!.rows).toHaveLength(10 * 4 * 2);
    expect(tables[0]!.whole.openai!.baseline).toBeCloseTo(0.312);
  });

  test('marks the worst of the groups that are large enough, in the direction of the metric', () => {
    const ranked = rankGroups(table, 'p', 'a');
    expect(ranked.map((one) => one.worst)).toEqual([false, true, false, false]);
    expect(ranked.map((one) => one.small)).toEqual([false, false, true, true]);
    expect(ranked.map((one) => one.gap)).toEqual([0.5 - 0.4, 0.2 - 0.4, 0.1 - 0.4, null]);
    expect(rankGroups({ ...table, better: 'lower' }, 'p', 'a').map((one) => one.worst)).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(rankGroups({ ...table, better: 'none' }, 'p', 'a').some((one) => one.worst)).toBe(false);
  });

  test('gap, claim and worst are those of the report where it has them', () => {
    const compared: GroupTableData = {
      ...table,
      rows: [
        { ...row('x', 0.5, 100), compared: { ...gap, gap: 0.1, pAdjusted: 0.2 } },
        row('y', 0.2, 40),
        { ...row('z', 0.1, 12), compared: gap },
      ],
      extremes: [
        {
          provider: 'p',
          arm: 'a',
          level: 0.95,
          measured: 3,
          worst: { label: 'z', value: 0.1, low: 0, high: 0.6 },
          widest: null,
        },
      ],
    };
    const [x, y, z] = rankGroups(compared, 'p', 'a');
    expect(z).toMatchObject({
      gap: -0.31,
      gapLow: -0.4,
      gapHigh: -0.2,
      q: 0.008,
      claim: 'worse',
      worst: true,
      small: true,
    });
    expect(x).toMatchObject({ gap: 0.1, claim: null, worst: false });
    expect(y).toMatchObject({ gap: 0.2 - 0.4, gapLow: null, claim: null, worst: false });
    const silent = { ...compared, extremes: [{ ...compared.extremes[0]!, worst: null }] };
    expect(rankGroups(silent, 'p', 'a').some((one) => one.worst)).toBe(false);
  });

  test('a report without comparisons still has its groups', () => {
    const { report, plan } = reportFixture();
    const { groups: _, ...older } = report;
    const tables = groupTablesOf(older as typeof report, plan);
    expect(tables).toHaveLength(4);
    expect(
      tables.every(({ extremes, rows }) => extremes.length === 0 && rows.every((one) => one.compared === null)),
    ).toBe(true);
  });

  test('intersections are a table of their own, each beside everyone', () => {
    const { report, plan } = reportFixture({ scorecard: true });
    const found = groupTablesOf(report, plan).find(({ field }) => field === 'intersection')!;
    expect(found.extremes).toHaveLength(4 * 2);
    expect(found.extremes[0]!.worst!.label).toBe('women 18–34');
    expect(rankGroups(found, 'openai', 'baseline').map(({ group, gap: own }) => [group, own!.toFixed(2)])).toEqual([
      ['women 18–34', '-0.15'],
      ['men 18–34', '0.00'],
      ['men 65 and over', '0.15'],
    ]);
  });

  test('sorting puts groups without a value last, both ways', () => {
    const ranked = rankGroups(table, 'p', 'a');
    const names = (descending: boolean) => sortGroups(ranked, 'value', descending).map((one) => one.group);
    expect(names(false)).toEqual(['z', 'y', 'x', 'w']);
    expect(names(true)).toEqual(['x', 'y', 'z', 'w']);
    expect(sortGroups(ranked, 'group', true).map((one) => one.group)).toEqual(['w', 'z', 'y', 'x']);
  });

  test('sorting loses no group', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true }))),
        fc.boolean(),
        (values, descending) => {
          const rows = rankGroups({ ...table, rows: values.map((value, i) => row(String(i), value, 50)) }, 'p', 'a');
          const sorted = sortGroups(rows, 'value', descending).map((one) => one.group);
          expect([...sorted].sort()).toEqual(rows.map((one) => one.group).sort());
        },
      ),
    );
  });
});
