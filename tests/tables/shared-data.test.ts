import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { EvalrunError } from '../../src/contract/problem.js';
import { readTable } from '../../src/tables/read-table.js';
import { streamTable, tableColumns } from '../../src/tables/stream-table.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const data = resolve(root, '../shared/data');

/** A test of files that are not part of the project; says so where they are not there. */
function withData(folder: string, name: string, run: (folder: string) => Promise<void>): void {
  const path = join(data, folder);
  if (existsSync(path)) test(name, () => run(path), 120_000);
  else {
    console.log(`skipped, for there is no ${folder} in the shared data: ${name}`);
    test.skip(name, () => {});
  }
}

async function sums(file: string, columns: string[]): Promise<number[]> {
  const totals = [0, ...columns.map(() => 0)];
  for await (const batch of streamTable(file, columns)) {
    totals[0]! += batch.length;
    for (const [i, cells] of batch.columns.entries()) for (const cell of cells) totals[i + 1]! += Number(cell);
  }
  return totals;
}

withData('prompts', 'lists of prompts are read whole, every row with all its columns', async (folder) => {
  const files = ['prism/opening_prompts.csv', 'issuebench/issues.csv'];
  for (const one of readdirSync(join(folder, 'moralchoice')))
    if (one.endsWith('.csv')) files.push(`moralchoice/${one}`);
  for (const file of files) {
    const table = await readTable(file, readFileSync(join(folder, file)));
    expect(table.rows.length).toBeGreaterThan(300);
    const streamed: string[][] = [];
    for await (const { columns, length } of streamTable(join(folder, file), table.columns)) {
      for (let i = 0; i < length; i++) streamed.push(columns.map((cells) => cells[i]!));
    }
    expect(streamed).toEqual(table.rows.map((row) => table.columns.map((column) => row[column])));
  }
});

withData('pums/csv', 'a CSV and a Parquet file of the same persons agree', async (folder) => {
  const totals = await sums(join(folder, 'acs2024_1yr_person_WY.csv'), ['PWGTP', 'AGEP']);
  expect(totals.slice(0, 2)).toEqual([6199, 587_618]);
  const parquet = join(folder, '../acs2024_1yr/person/p_56.parquet');
  if (existsSync(parquet)) expect(await sums(parquet, ['PWGTP', 'AGEP'])).toEqual(totals);
});

withData('pums/acs2024_1yr', 'all Parquet files are read: 2,736,891 persons of 269,388,896', async (folder) => {
  let [persons, weight] = [0, 0];
  for (const file of readdirSync(join(folder, 'person'))) {
    const [rows, sum] = await sums(join(folder, 'person', file), ['PWGTP']);
    persons += rows!;
    weight += sum!;
  }
  expect([persons, weight]).toEqual([2_736_891, 269_388_896]);
  for (const file of readdirSync(join(folder, 'housing'))) {
    expect(await tableColumns(join(folder, 'housing', file))).toContain('SERIALNO');
    expect((await sums(join(folder, 'housing', file), ['NP']))[0]).toBeGreaterThan(0);
  }
});

withData('pums/acs2024_1yr', 'a Parquet file cut anywhere is one problem, never a wrong table', async (folder) => {
  const whole = readFileSync(join(folder, 'person/p_56.parquet'));
  const temporary = mkdtempSync(join(tmpdir(), 'evalrun-cut-'));
  const file = join(temporary, 'cut.parquet');
  for (const share of [0, 0.01, 0.5, 0.999]) {
    writeFileSync(file, whole.subarray(0, Math.floor(whole.length * share)));
    await expect(sums(file, ['PWGTP'])).rejects.toBeInstanceOf(EvalrunError);
    await expect(readTable(file, readFileSync(file))).rejects.toMatchObject({ code: 'BAD_TABLE' });
  }
  rmSync(temporary, { recursive: true });
});
