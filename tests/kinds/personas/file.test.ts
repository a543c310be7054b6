import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../src/contract/json.js';
import type { PersonaDraw } from '../../../src/contract/persona-kind.js';
import { EvalrunError } from '../../../src/contract/problem.js';
import { openTableRows } from '../../../src/kinds/personas/file/table-rows.js';
import { file } from '../../../src/kinds/personas/file.js';
import { openTableWriter } from '../../../src/tables/write-table.js';

const folder = mkdtempSync(path.join(tmpdir(), 'evalrun-personas-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);
const load = (options: JsonObject): Promise<PersonaDraw> => file.load(options, { folder, shippedFolder: folder });

/** `FILE:LINE CODE message hint`, of each problem. */
async function problemsOf(options: JsonObject): Promise<string[]> {
  try {
    await load(options);
  } catch (error) {
    const all = (error instanceof AggregateError ? error.errors : [error]) as EvalrunError[];
    return all.map((one) => {
      if (!(one instanceof EvalrunError)) throw one;
      const place = one.where === undefined ? '' : `${path.basename(one.where.file)}:${one.where.line} `;
      return `${place}${one.code} ${one.message} | ${one.hint ?? ''}`;
    });
  }
  return [];
}

const ann = {
  age: '34',
  sex: 'Female',
  'household language': 'English only',
  'detailed job description': 'Nurse: nights, ward 4',
  'big five scores':
    'Openness: High, Conscientiousness: Low, Extraversion: Average, Agreeableness: High, Neuroticism: Low',
  'favourite number': '7: "lucky"',
  religion: 'None',
};
const bo = {
  age: '9',
  sex: 'Male',
  'household language': 'Spanish',
  'detailed job description': 'Not Applicable',
  'big five scores': 'Openness: Low, Conscientiousness: Low, Extraversion: High, Agreeableness: Low, Neuroticism: High',
  religion: 'Not Applicable',
};
const textOf = (attributes: object): string =>
  Object.entries(attributes)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

/** Rows in the columns of the released set: several a persona, one after the other. */
const released = [ann, ann, ann, bo, bo].map((person, i) => ({
  instruction: `Question ${i}, "quoted"?`,
  original: 'First,\nanswer',
  data: 'Second answer',
  persona: textOf(person),
}));

async function writeReleased(name: string): Promise<void> {
  const columns = ['instruction', 'original', 'data', 'persona'];
  const table = openTableWriter(
    path.join(folder, name),
    columns.map((column) => ({ name: column, type: 'string' as const })),
  );
  for (const row of released) await table.write(row);
  await table.close();
}

describe('the released form', () => {
  test.each(['set.parquet', 'set.jsonl', 'set.csv'])('%s: distinct personas in the order of the file', async (name) => {
    await writeReleased(name);
    const { people, facts, ...rest } = await load({ path: name });
    expect(people).toEqual([
      { id: 'persona-0001', attributes: ann },
      { id: 'persona-0002', attributes: bo },
    ]);
    expect(people.map((person) => Object.keys(person.attributes))).toEqual([Object.keys(ann), Object.keys(bo)]);
    const sha256 = createHash('sha256')
      .update(readFileSync(path.join(folder, name)))
      .digest('hex');
    expect(facts).toEqual({ file: name, sha256, rows: 5 });
    expect(rest).toEqual({ rejected: {}, absent: {}, population: null });
    const one = await load({ path: name, limit: 1 });
    expect(one.people.map(({ id }) => id)).toEqual(['persona-0001']);
  });

  test('other names of columns, ids and weights', async () => {
    const lines = [
      { who: 'ann', text: textOf(ann), w: 2.5 },
      { who: 'ann', text: textOf(ann), w: 2.5 },
      { who: 'ann-2', text: textOf(ann), w: '1' },
    ];
    write('named.jsonl', lines.map((line) => JSON.stringify(line)).join('\n'));
    const { people } = await load({ path: 'named.jsonl', columns: { persona: 'text', id: 'who', weight: 'w' } });
    expect(people).toEqual([
      { id: 'ann', attributes: ann, weight: 2.5 },
      { id: 'ann-2', attributes: ann, weight: 1 },
    ]);
  });

  test('an id column of a table of texts has to be named: there a row is often a pair', async () => {
    write(
      'pairs.jsonl',
      `{"id":"r1","persona":"age: 3"}\n{"id":"r2","persona":"age: 3"}\n{"id":"r3","persona":"age: 4"}`,
    );
    const { people } = await load({ path: 'pairs.jsonl' });
    expect(people.map(({ id }) => id)).toEqual(['persona-0001', 'persona-0002']);
  });

  test('what is wrong has its place', async () => {
    const texts = ['age: 3', ' \n ', 'age: 4\nno colon here\nage: 5\n: nameless', 'id: 9'];
    write('bad.jsonl', texts.map((persona) => JSON.stringify({ persona })).join('\n'));
    expect(await problemsOf({ path: 'bad.jsonl' })).toEqual([
      expect.stringMatching(/^bad\.jsonl:2 BAD_PERSONA row 2, line 1 of "persona": the text is empty/),
      expect.stringMatching(/^bad\.jsonl:3 BAD_PERSONA row 3, line 2 of "persona": "no colon here" has no colon/),
      expect.stringMatching(/^bad\.jsonl:3 BAD_PERSONA row 3, line 3 of "persona": "age" stands there twice/),
      expect.stringMatching(/^bad\.jsonl:3 BAD_PERSONA row 3, line 4 of "persona": ": nameless" has no name/),
      expect.stringMatching(/^bad\.jsonl:4 RESERVED_NAME "id" cannot be an attribute/),
    ]);
    await writeReleased('set.parquet');
    expect(await problemsOf({ path: 'set.parquet', columns: { persona: 'personna' } })).toEqual([
      'set.parquet:1 UNKNOWN_COLUMN the table has no column "personna" | did you mean "persona"?',
    ]);
    expect(await problemsOf({ path: 'st.parquet' })).toEqual([
      expect.stringMatching(/^FILE_NOT_FOUND there is no file .*st\.parquet \| did you mean "set\.parquet"\?$/),
    ]);
  });

  test('rows of one persona have to agree', async () => {
    const lines = [
      { id: 'a', persona: 'age: 3', w: 1 },
      { id: 'a', persona: 'age: 4', w: 1 },
      { id: 'b', persona: 'age: 5', w: 1 },
      { id: 'b', persona: 'age: 5', w: 2 },
    ];
    write('two.jsonl', lines.map((line) => JSON.stringify(line)).join('\n'));
    expect(await problemsOf({ path: 'two.jsonl', columns: { id: 'id', weight: 'w' } })).toEqual([
      expect.stringMatching(/^two\.jsonl:2 DUPLICATE_ID the id "a" has another persona here than in row 1/),
      expect.stringMatching(/^two\.jsonl:4 WRONG_VALUE the weight is 2 here and 1 in an earlier row/),
    ]);
  });

  test('a Parquet file that is cut short is no set of personas', async () => {
    await writeReleased('whole.parquet');
    writeFileSync(path.join(folder, 'cut.parquet'), readFileSync(path.join(folder, 'whole.parquet')).subarray(0, -40));
    expect(await problemsOf({ path: 'cut.parquet' })).toEqual([expect.stringMatching(/^cut\.parquet:1 BAD_TABLE /)]);
  });
});

describe('large texts', () => {
  const rowsOf = async (name: string) => {
    const table = await openTableRows(path.join(folder, name), 1);
    const rows: unknown[] = [];
    for await (const { cells } of table.texts(['persona', 'data'])) rows.push(cells);
    return { columns: table.columns, rows, last: table.placeOf(rows.length - 1).line };
  };

  test.each(['set.jsonl', 'set.csv'])('%s is read in pieces to the same rows', async (name) => {
    await writeReleased(name);
    const { columns, rows } = await rowsOf(name);
    expect(columns).toEqual(['instruction', 'original', 'data', 'persona']);
    expect(rows).toEqual(released.map(({ persona, data }) => [persona, data]));
  });

  test('lines of JSON keep their number, and what is no object stops the reading there', async () => {
    write('gaps.jsonl', '\uFEFF{"persona":"a: 1"}\r\n\r\n{"persona":"b: 2"}\n');
    expect(await rowsOf('gaps.jsonl')).toMatchObject({
      rows: [
        ['a: 1', undefined],
        ['b: 2', undefined],
      ],
      last: 3,
    });
    for (const [line, what] of [
      ['[1]', 'not a JSON object'],
      ['{"persona":', 'not JSON'],
    ]) {
      write('stop.jsonl', `{"persona":"a: 1"}\n${line}\n`);
      await expect(rowsOf('stop.jsonl')).rejects.toMatchObject({
        code: 'BAD_TABLE',
        message: `this line is ${what}`,
        where: { line: 2 },
      });
    }
  });
});

describe('a persona a row', () => {
  test('a column an attribute; empty cells are attributes that a persona lacks', async () => {
    write('wide.csv', 'id,age,sex,weight\nann,34,Female,2\nbo,,Male,1.5\n');
    const { people, facts } = await load({ path: 'wide.csv' });
    expect(people).toEqual([
      { id: 'ann', attributes: { age: '34', sex: 'Female' }, weight: 2 },
      { id: 'bo', attributes: { sex: 'Male' }, weight: 1.5 },
    ]);
    expect(facts.rows).toBe(2);
  });

  test('attributes by column, in the order of the document; a column "weight" may be one of them', async () => {
    write('measured.csv', 'name,weight,yrs\nann,70,34\n');
    const columns = { id: 'name', attributes: { age: 'yrs', 'body weight': 'weight' } };
    const { people } = await load({ path: 'measured.csv', columns });
    expect(people).toEqual([{ id: 'ann', attributes: { age: '34', 'body weight': '70' } }]);
    expect(Object.keys(people[0]!.attributes)).toEqual(['age', 'body weight']);
  });

  test('a mapping in a column, as a frozen set has it; numbers stay numbers', async () => {
    write('frozen.jsonl', '{"id":"a","attributes":{"age":3,"tags":["x"]},"weight":2}\n');
    const { people } = await load({ path: 'frozen.jsonl' });
    expect(people).toEqual([{ id: 'a', attributes: { age: 3, tags: ['x'] }, weight: 2 }]);
  });

  test('typed columns of Parquet', async () => {
    const table = openTableWriter(path.join(folder, 'typed.parquet'), [
      { name: 'id', type: 'integer' },
      { name: 'age', type: 'integer' },
      { name: 'sex', type: 'string' },
    ]);
    await table.write({ id: 17, age: 34, sex: 'Female' });
    await table.write({ id: 18, age: null, sex: 'Male' });
    await table.close();
    const { people } = await load({ path: 'typed.parquet' });
    expect(people).toEqual([
      { id: '17', attributes: { age: 34, sex: 'Female' } },
      { id: '18', attributes: { sex: 'Male' } },
    ]);
  });

  test('ids, weights and values outside their list, each at its line', async () => {
    write('wrong.csv', 'id,sex,weight\na,Female,1\na,Femal,0\n b ,Male,x\nc,Male,\nd,,1\n');
    expect(await problemsOf({ path: 'wrong.csv', allowed: { sex: ['Female', 'Male'] } })).toEqual([
      expect.stringMatching(
        /^wrong\.csv:3 DUPLICATE_ID two personas have the id "a" \| the first is at .*wrong\.csv:2:1$/,
      ),
      'wrong.csv:3 WRONG_VALUE the weight "0" is not a number above 0 | how many people this persona stands for',
      'wrong.csv:3 WRONG_VALUE "Femal" is not an allowed value of "sex" | did you mean "Female"?',
      expect.stringMatching(/^wrong\.csv:4 BAD_ID " b " is not an id/),
      expect.stringMatching(/^wrong\.csv:4 WRONG_VALUE the weight "x"/),
      expect.stringMatching(/^wrong\.csv:5 WRONG_VALUE the weight ""/),
      expect.stringMatching(/^wrong\.csv:6 BAD_PERSONA row 5 has no attribute/),
    ]);
  });

  test('a list for an attribute that nobody has, and columns that exclude each other', async () => {
    write('small.csv', 'id,sex\na,Female\n');
    expect(await problemsOf({ path: 'small.csv', allowed: { sexx: ['Female'] } })).toEqual([
      'UNKNOWN_ATTRIBUTE "allowed" lists values of "sexx", which no persona has | did you mean "sex"?',
    ]);
    expect(await problemsOf({ path: 'small.csv', columns: { persona: 'sex', attributes: { a: 'sex' } } })).toEqual([
      expect.stringMatching(/^BAD_OPTIONS /),
    ]);
    write('none.csv', 'id,sex\n');
    expect(await problemsOf({ path: 'none.csv' })).toEqual([expect.stringMatching(/^none\.csv:1 EMPTY_DOCUMENT /)]);
  });
});

describe('YAML', () => {
  test('a persona set, or a bare list', async () => {
    write('people.yaml', 'personas: p\ntitle: x\npeople:\n  - {id: a, attributes: {age: 3}, weight: 2}\n');
    expect((await load({ path: 'people.yaml' })).people).toEqual([{ id: 'a', attributes: { age: 3 }, weight: 2 }]);
    write('list.yml', '- {attributes: {age: 3}}\n- {id: b, attributes: {age: 4}}\n');
    expect((await load({ path: 'list.yml', limit: 1 })).people).toEqual([
      { id: 'persona-0001', attributes: { age: 3 } },
    ]);
  });

  test('what is wrong has its place', async () => {
    write('bad.yaml', 'people:\n  - {id: a, attributes: {age: x}, wight: 2}\n  - {id: a, attributes: {}}\n  - 3\n');
    expect(await problemsOf({ path: 'bad.yaml', allowed: { age: [3] } })).toEqual([
      expect.stringMatching(/^bad\.yaml:2 UNKNOWN_KEY unknown key "wight"/),
      expect.stringMatching(/^bad\.yaml:2 WRONG_VALUE "x" is not an allowed value of "age"/),
      expect.stringMatching(/^bad\.yaml:3 BAD_PERSONA /),
      expect.stringMatching(/^bad\.yaml:4 BAD_PERSONA /),
    ]);
    write('other.yaml', 'people: people.jsonl\n');
    expect(await problemsOf({ path: 'other.yaml' })).toEqual([expect.stringMatching(/^other\.yaml:1 WRONG_DOCUMENT /)]);
    write('broken.yaml', 'people: [\n');
    expect(await problemsOf({ path: 'broken.yaml' })).toEqual([expect.stringMatching(/ YAML_SYNTAX /)]);
    expect(await problemsOf({ path: 'people.yaml', columns: { id: 'x' } })).toEqual([
      expect.stringMatching(/^BAD_OPTIONS /),
    ]);
  });
});
