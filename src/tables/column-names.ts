import { EvalrunError, type Place } from '../contract/problem.js';
import { nearestHint } from '../lib/nearest.js';

/**
 * Checks the names of a table's columns.
 * @param placeOf the place of a name in the file
 * @throws EvalrunError BAD_TABLE for an empty or repeated name, RESERVED_NAME for `__proto__`.
 */
export function checkColumnNames(names: readonly string[], placeOf: (index: number) => Place): void {
  const seen = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    const before = seen.get(name);
    seen.set(name, index);
    if (name.trim() === '') {
      const message = `column ${index + 1} of the table has no name`;
      const hint = 'the first line names the columns; give each a name, or leave the column out';
      throw new EvalrunError('BAD_TABLE', message, { where: placeOf(index), hint });
    }
    if (name.includes('\r')) {
      const hint = 'save the file with the line ends LF or CRLF';
      throw new EvalrunError('BAD_TABLE', 'the lines of the table end with CR alone', { where: placeOf(index), hint });
    }
    if (name === '__proto__') {
      const message = 'a column must not be called __proto__';
      throw new EvalrunError('RESERVED_NAME', message, { where: placeOf(index), hint: 'choose another name' });
    }
    if (before !== undefined) {
      const message = `columns ${before + 1} and ${index + 1} of the table have the same name "${name}"`;
      throw new EvalrunError('BAD_TABLE', message, { where: placeOf(index), hint: 'rename one of them' });
    }
  }
}

/** The problem of a column that a table does not have, with the nearest names. */
export function unknownColumn(column: string, columns: readonly string[], where: Place): EvalrunError {
  const hint = nearestHint(column, columns, 'columns');
  const message = `the table has no column "${column}"`;
  return new EvalrunError('UNKNOWN_COLUMN', message, { where, ...(hint === undefined ? {} : { hint }) });
}
