import path from 'node:path';
import type { PersonaDraw } from '../../../contract/persona-kind.js';
import { EvalrunError } from '../../../contract/problem.js';
import { nearestHint } from '../../../lib/nearest.js';
import { unknownColumn } from '../../../tables/column-names.js';
import { fileBytes, fileDigest, shortName } from '../../../tables/own-file.js';
import type { FileColumns, FileOptions } from './options.js';
import { peopleOfDocument } from './people-of-document.js';
import { peopleOfRows, rowColumns } from './people-of-rows.js';
import { peopleOfTexts } from './people-of-texts.js';
import { PeopleSoFar } from './people-so-far.js';
import { ProblemList } from './problem-list.js';
import { openTableRows, type TableRows } from './table-rows.js';

/** The people of a file, and what is known of it. */
export async function loadFile(options: FileOptions, folder: string): Promise<PersonaDraw> {
  const name = shortName(path.resolve(folder, options.path));
  const found = new PeopleSoFar(new ProblemList(), options.allowed);
  const want = { found, limit: options.limit ?? Number.POSITIVE_INFINITY };
  const rows = /\.ya?ml$/.test(name)
    ? peopleOfDocument(name, await documentBytes(name, options), want)
    : await peopleOfTable(name, options.columns ?? {}, want);
  found.problems.throwIfAny();
  checkLists(found);
  const facts = { file: path.basename(name), sha256: await fileDigest(name), rows };
  return { people: found.people, facts, rejected: {}, absent: {}, population: null };
}

function checkLists(found: PeopleSoFar): void {
  for (const attribute of found.unusedLists()) {
    const hint = nearestHint(attribute, found.attributeNames(), 'attributes');
    const message = `"allowed" lists values of "${attribute}", which no persona has`;
    throw new EvalrunError('UNKNOWN_ATTRIBUTE', message, hint === undefined ? {} : { hint });
  }
}

function documentBytes(name: string, { columns }: FileOptions): Promise<Uint8Array> {
  if (columns === undefined) return fileBytes(name);
  throw new EvalrunError('BAD_OPTIONS', '"columns" belongs to a table, and this file is YAML', {
    hint: 'leave it out: the people of a YAML file have id, attributes and weight',
  });
}

type Want = Parameters<typeof peopleOfRows>[2];

async function peopleOfTable(name: string, columns: FileColumns, want: Want): Promise<number> {
  if (columns.persona !== undefined && columns.attributes !== undefined) {
    throw new EvalrunError('BAD_OPTIONS', '"persona" and "attributes" exclude each other', {
      hint: 'a persona is one text in one column, or a column for each attribute',
    });
  }
  const table = await openTableRows(name);
  checkColumns(name, table, columns);
  const persona =
    columns.persona ?? (columns.attributes === undefined && table.columns.includes('persona') ? 'persona' : undefined);
  const rows =
    persona === undefined
      ? await peopleOfRows(table, rowColumns(table.columns, columns), want)
      : await peopleOfTexts(table, { ...columns, persona }, want);
  if (rows === 0) {
    want.found.problems.report('EMPTY_DOCUMENT', 'the table has no rows', { file: name, line: 1, column: 1 });
  }
  return rows;
}

/** Every column that is named is there. */
function checkColumns(name: string, table: TableRows, { id, persona, weight, attributes }: FileColumns): void {
  const named = [id, persona, weight, ...Object.values(attributes ?? {})].filter((one) => one !== undefined);
  const where = { file: name, line: 1, column: 1 };
  const missing = named.filter((column) => !table.columns.includes(column));
  const problems = missing.map((column) => unknownColumn(column, table.columns, where));
  if (problems.length === 1) throw problems[0]!;
  if (problems.length > 1) throw new AggregateError(problems, 'the table lacks columns');
}
