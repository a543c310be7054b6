import path from 'node:path';
import { EvalrunError } from '../../../contract/problem.js';
import { nearest } from '../../../lib/nearest.js';
import { tableColumns } from '../../../tables/stream-table.js';
import { tablesAt } from '../../../tables/table-files.js';
import { columnOf } from '../census/pums-record.js';

export type RecordKind = 'person' | 'housing';

/** A file of records whose header was read. */
export interface PumsFile {
  /** Absolute path. */
  file: string;
  /** As the user would name it: relative to the document's folder. */
  name: string;
  /** Name of a field's column, or undefined. */
  columnOf(field: string): string | undefined;
}

/** Without these no record can be used. */
export const requiredFields: { [kind in RecordKind]: readonly string[] } = {
  person: ['SERIALNO', 'SPORDER', 'PWGTP', 'AGEP', 'SEX'],
  housing: ['SERIALNO', 'HHT'],
};

/**
 * The record files that paths name. Within a folder, files of the other kind are passed over.
 * @throws EvalrunError, or an AggregateError: a path without a file, a file of the wrong kind, a required column missing
 */
export async function findFiles(paths: readonly string[], folder: string, kind: RecordKind): Promise<PumsFile[]> {
  const found: PumsFile[] = [];
  const problems: EvalrunError[] = [];
  for (const one of paths) {
    const place = path.resolve(folder, one);
    const { files, isFolder } = await tablesAt(place);
    const before = found.length;
    for (const file of files) {
      const columns = await tableColumns(file);
      const isOther = looksLike(columns) === (kind === 'person' ? 'housing' : 'person');
      if (isOther && isFolder) continue;
      const faults = isOther ? [wrongKind(file, kind)] : missingColumns(file, columns, kind);
      problems.push(...faults);
      if (faults.length === 0) found.push(pumsFile(file, folder, columns));
    }
    if (isFolder && found.length === before && problems.length === 0) {
      problems.push(new EvalrunError('EMPTY_DOCUMENT', `the folder ${place} has no ${kind} files`));
    }
  }
  if (problems.length === 1) throw problems[0];
  if (problems.length > 1) throw new AggregateError(problems, `${problems.length} problems in the ${kind} files`);
  return withoutTwice(found);
}

function pumsFile(file: string, folder: string, columns: string[]): PumsFile {
  const name = path.relative(folder, file).split(path.sep).join('/');
  return { file, name, columnOf: (field) => columnOf(field, columns) };
}

/** Person records have a person's weight, housing records have a unit's weight and none for persons. */
function looksLike(columns: readonly string[]): RecordKind | undefined {
  if (columnOf('PWGTP', columns) ?? columnOf('SPORDER', columns) ?? columnOf('AGEP', columns)) return 'person';
  return (columnOf('WGTP', columns) ?? columnOf('HHT', columns)) ? 'housing' : undefined;
}

function wrongKind(file: string, kind: RecordKind): EvalrunError {
  const other = kind === 'person' ? 'housing' : 'person';
  return new EvalrunError('WRONG_RECORDS', `this is a file of ${other} records, and is given as ${kind}`, {
    where: { file, line: 1, column: 1 },
    hint: `name it under ${other}; files of persons have a column PWGTP, those of housing units WGTP and HHT`,
  });
}

function missingColumns(file: string, columns: readonly string[], kind: RecordKind): EvalrunError[] {
  const known = columns.map((column) => column.trim().toUpperCase());
  return requiredFields[kind]
    .filter((field) => columnOf(field, columns) === undefined)
    .map((field) => {
      // A column that is known by its own name is no misspelling of another.
      const free = known.filter(
        (column) => !requiredFields[kind].includes(column) && !/^F?(PWGTP|WGTP)\d+$/.test(column),
      );
      const near = nearest(field, free);
      const hint =
        near === undefined ? `columns of this file: ${known.slice(0, 12).join(', ')} …` : `is it "${near}"? rename it`;
      const where = { file, line: 1, column: 1 };
      return new EvalrunError('MISSING_COLUMN', `the ${kind} file has no column ${field}`, { where, hint });
    });
}

function withoutTwice(files: PumsFile[]): PumsFile[] {
  const seen = new Set<string>();
  for (const { file } of files) {
    if (seen.has(file)) throw new EvalrunError('DUPLICATE_RECORD', `the file ${file} is named twice`);
    seen.add(file);
  }
  return files;
}
