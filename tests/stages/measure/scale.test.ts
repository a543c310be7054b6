import { expect, test } from '@jest/globals';
import type { CellEntry } from '../../../src/contract/record.js';
import { ScoreColumns } from '../../../src/stages/measure/score-columns.js';
import { answered } from './world.js';

test('317,200 cells and four graders cost about 15 MB, not objects', () => {
  const scales = new Array<{ kind: 'binary' }>(4).fill({ kind: 'binary' });
  const before = process.memoryUsage().arrayBuffers;
  const columns = new ScoreColumns(317_200, scales);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(15.5e6);
  const entry: CellEntry = answered(317_199, 1, 0, { value: 1, confidence: 85 }, null);
  columns.put(entry);
  expect([0, 1, 2, 3].map((grader) => columns.scoreOf(grader, 317_199))).toEqual([
    { value: 1 },
    { value: 0 },
    { value: 1 },
    { unscored: 'unparseable' },
  ]);
  expect(columns.scoreOf(0, 0)).toEqual({ unscored: 'skipped' });
});

test('probabilities of labels cost nothing until there are some, then 4 bytes a label', () => {
  const before = process.memoryUsage().arrayBuffers;
  const columns = new ScoreColumns(317_200, [{ kind: 'label', labels: ['A', 'B', 'C', 'D', 'E'] }]);
  columns.put(answered(1, { value: 0, label: 'A' }));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5e6);
  columns.put(answered(2, { value: 1, label: 'B', shares: [0.25, 0.5, 0, 0, 0.125] }));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(11.5e6);
  expect(columns.scoreOf(0, 1)).toEqual({ value: 0, label: 'A' });
  expect(columns.scoreOf(0, 2)).toEqual({ value: 1, label: 'B', shares: [0.25, 0.5, 0, 0, 0.125] });
  columns.put(answered(2, null));
  columns.put(answered(2, { value: 1, label: 'B' }));
  expect(columns.scoreOf(0, 2)).toEqual({ value: 1, label: 'B' });
});
