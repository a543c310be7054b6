/**
 * Person and household fields of one person of the ACS Public Use Microdata Sample, by the field names of the 2023 and
 * later dictionaries. A code is written without zero padding; '' means not applicable, as a blank in the files does. A
 * field is missing (undefined) only if the files have no such column, so that nothing is guessed for it.
 */
export interface PumsRecord {
  [field: string]: string;
}

/** Years whose codes this folder knows. */
export const pumsYears = { first: 2011, last: 2024 } as const;

/** Fields that were called otherwise in earlier years: `ST` until 2022, `TYPE` until 2019. */
const earlierNames: { [field: string]: string } = { STATE: 'ST', TYPEHUGQ: 'TYPE' };

/** Name of a field in a file with these columns (any case, current or earlier name), or undefined where it has none. */
export function columnOf(field: string, columns: readonly string[]): string | undefined {
  for (const name of [field, earlierNames[field]]) {
    const found = name && columns.find((column) => column.trim().toUpperCase() === name);
    if (found) return found;
  }
  return undefined;
}

const wholeNumber = /^(-?)0*(\d+)(?:\.0*)?$/;

/** A code without padding: `01`, `1`, ` 1` and `1.0` are all `1`. Texts that are no whole numbers stay as they are. */
export function unpadded(written: string): string {
  if (written === '') return written;
  const text = written.trim();
  const match = wholeNumber.exec(text);
  return match ? `${match[2] === '0' ? '' : match[1]}${match[2]}` : text;
}

/**
 * Military service had five codes until 2012: 2 and 3 told service within the last 12 months from earlier service.
 * Source: dictionaries of PUMS 2010–2012 (five codes) and 2017, 2023 (four).
 */
const serviceUntil2012: { [code: string]: string } = { '1': '1', '2': '2', '3': '2', '4': '3', '5': '4' };

/** A field's unpadded code in the codes of 2013 and later. Only `MIL` changed in the years that are handled. */
export function currentCode(field: string, code: string, year: number): string {
  if (field !== 'MIL' || year > 2012) return code;
  return code === '' ? code : (serviceUntil2012[code] ?? code);
}
