import { mkdirSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Plan } from '../../src/contract/plan.js';
import { moveAside, placeRun, readPlan, runFiles } from '../../src/store/run-folder.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'evalrun-folder-'));
});

const plan = (digest: string, evalId = 'e'): Plan =>
  ({ schema: 'evalrun.plan/1', id: digest.slice(0, 12), digest, matrix: { eval: { id: evalId } } }) as Plan;

let clock = 1_000_000;
function put(folder: string, one: Plan, withRecord = true): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, runFiles.plan), JSON.stringify(one));
  if (withRecord) writeFileSync(path.join(folder, runFiles.record), '');
  utimesSync(path.join(folder, runFiles.plan), ++clock, clock);
  return folder;
}

const a = 'a'.repeat(64);
const b = 'b'.repeat(64);
const c = 'c'.repeat(64);

describe('where a run goes', () => {
  test('a new plan gets a folder of its own and draws on the latest other run of the eval', () => {
    put(path.join(root, 'e', '2026-01-01-old'), plan(b));
    const latest = put(path.join(root, 'e', '2026-01-02-new'), plan(c));
    put(path.join(root, 'e', '2026-01-03-empty'), plan('d'.repeat(64)), false);
    put(path.join(root, 'other', '2026-01-04'), plan(a, 'other'));
    const place = placeRun(plan(a), null, root, '2026-02-02');
    expect(place.folder).toBe(path.join(root, 'e', `2026-02-02-${'a'.repeat(12)}`));
    expect(place.earlier).toBe(latest);
  });

  test('the same plan resumes where it was, whatever the date', () => {
    const same = put(path.join(root, 'e', `2026-01-01-${'a'.repeat(12)}`), plan(a));
    expect(placeRun(plan(a), null, root, '2026-02-02').folder).toBe(same);
  });

  test('--out draws on the runs of the reports folder, but not on one of the same plan', () => {
    put(path.join(root, 'e', 'same'), plan(a));
    const out = path.join(root, 'elsewhere', 'out');
    put(path.join(root, 'elsewhere', 'beside'), plan(b));
    expect(placeRun(plan(a), out, root, '').earlier).toBeNull();
    const other = put(path.join(root, 'e', 'other'), plan(b));
    expect(placeRun(plan(a), out, root, '')).toEqual({ folder: out, occupied: false, earlier: other });
  });

  test('--out that holds another run keeps it in a folder of its own', () => {
    const out = put(path.join(root, 'out'), plan(b));
    expect(placeRun(plan(a), out, root, '').occupied).toBe(true);
    const movedTo = moveAside(out);
    expect(readPlan(movedTo).digest).toBe(b);
    expect(readdirSync(out)).toEqual(['earlier']);
  });

  test('what is not a run, or damaged, is said', () => {
    expect(() => readPlan(root)).toThrow(expect.objectContaining({ code: 'NOT_A_RUN' }));
    writeFileSync(path.join(root, runFiles.plan), '{"schema": "evalrun.plan/1"');
    expect(() => readPlan(root)).toThrow(expect.objectContaining({ code: 'DAMAGED_PLAN' }));
  });
});
