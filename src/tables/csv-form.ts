import { EvalrunError, type Place } from '../contract/problem.js';

/** The delimiter that a file's name tells: tab for .tsv, else comma. It is never guessed from the content. */
export const delimiterOf = (file: string): ',' | '\t' => (file.toLowerCase().endsWith('.tsv') ? '\t' : ',');

/** The problem of a row that has another number of cells than the header. */
export function raggedRow(cells: number, columns: number, where: Place): EvalrunError {
  const message = `this row has ${cells} ${cells === 1 ? 'cell' : 'cells'}, the header ${columns}`;
  const hint =
    columns === 1 || cells === 1
      ? 'a .csv has commas between its cells, a .tsv tabs; a cell with a comma or a line end stands in quotes'
      : 'a cell with a comma or a line end stands in quotes';
  return new EvalrunError('BAD_TABLE', message, { where, hint });
}
