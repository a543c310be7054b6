import { EvalrunError } from '../../../contract/problem.js';
import * as codes from '../census/code-tables.js';
import type { CodePool } from './code-pool.js';
import type { Dictionary } from './read-dictionary.js';

/** Fields with few codes → the codes that they have. `''`: blank for people out of scope. */
const withBlank = (table: codes.CodeTable): ReadonlySet<string> => new Set(['', ...Object.keys(table)]);
const withoutBlank = (table: codes.CodeTable): ReadonlySet<string> => new Set(Object.keys(table));

const few: { [field: string]: ReadonlySet<string> } = {
  SEX: withoutBlank(codes.sexes),
  RAC1P: withoutBlank(codes.races),
  // 1 is not Hispanic; 2 to 24 are origins.
  HISP: new Set(Array.from({ length: 24 }, (_, index) => String(index + 1))),
  SCHL: withBlank(codes.education),
  ESR: withBlank(codes.employment),
  COW: withBlank(codes.workerClasses),
  MAR: withoutBlank(codes.maritalStatus),
  HHT: withBlank(codes.households),
  TYPEHUGQ: new Set(['1', ...Object.keys(codes.groupQuarters)]),
  HUPAC: withBlank(codes.childrenPresent),
  CIT: withoutBlank(codes.citizenship),
  MIL: withBlank(codes.service),
  DIS: withoutBlank(codes.disability),
  HICOV: withoutBlank(codes.yesNo),
  PRIVCOV: withoutBlank(codes.yesNo),
  PUBCOV: withoutBlank(codes.yesNo),
  DREM: withBlank(codes.yesNo),
  DEYE: withoutBlank(codes.yesNo),
  DEAR: withoutBlank(codes.yesNo),
  ENG: withBlank(codes.english),
  LANX: withBlank(codes.yesNo),
  HHL: withBlank(codes.languageGroups),
  FER: withBlank(codes.births),
};

const wholeNumber = /^(?:-?\d+)?$/;
const jobCode = /^(?:\d{1,4})?$/;

/** Whether a code may stand in a field. Without a dictionary every number of up to four digits may be a job's code. */
function isKnown(field: string, code: string, dictionary: Dictionary | null): boolean {
  const set = few[field];
  if (set !== undefined) return set.has(code);
  if (field === 'PINCP') return wholeNumber.test(code);
  const listed = dictionary?.codesOf(field);
  if (listed !== undefined) return code === '' || listed.has(code);
  return field === 'INDP' || field === 'OCCP' ? jobCode.test(code) : true;
}

const SHOWN = 8;

/**
 * Checks that every code in the files is one that the field has.
 * @throws EvalrunError UNKNOWN_CODES, or an AggregateError: one for each field, with the codes and how many rows have them
 */
export function checkCodes(pools: Iterable<CodePool>, dictionary: Dictionary | null, year: number): void {
  const problems: EvalrunError[] = [];
  for (const pool of pools) {
    const unknown = pool.codes
      .map((code, id): [string, number] => [code, pool.rows[id] as number])
      .filter(([code, rows]) => rows > 0 && !isKnown(pool.field, code, dictionary))
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    if (unknown.length > 0) problems.push(unknownCodes(pool.field, unknown, dictionary, year));
  }
  if (problems.length === 1) throw problems[0];
  if (problems.length > 1) throw new AggregateError(problems, `${problems.length} fields have unknown codes`);
}

function unknownCodes(
  field: string,
  unknown: readonly [string, number][],
  dictionary: Dictionary | null,
  year: number,
): EvalrunError {
  const rows = unknown.reduce((sum, [, count]) => sum + count, 0);
  const named = unknown.slice(0, SHOWN).map(([code, count]) => `${code === '' ? '(blank)' : code} (${count})`);
  const more = unknown.length > SHOWN ? ` and ${unknown.length - SHOWN} more` : '';
  const byDictionary = few[field] === undefined && dictionary !== null && dictionary.codesOf(field) !== undefined;
  const who = byDictionary ? `the dictionary ${dictionary.facts.file} does not know` : 'the PUMS does not have';
  const message = `${field} has ${unknown.length} codes in ${rows} rows that ${who}: ${named.join(', ')}${more}`;
  return new EvalrunError('UNKNOWN_CODES', message, { hint: hintOf(field, byDictionary ? dictionary : null, year) });
}

function hintOf(field: string, dictionary: Dictionary | null, year: number): string {
  if (dictionary !== null) {
    const own = dictionary.facts.year === null ? '' : ` it is of ${dictionary.facts.year};`;
    return `take the dictionary of the year of the files (${year});${own} codes of jobs changed in 2012, 2013, 2018 and 2023`;
  }
  if (field === 'MIL') return `until 2012 MIL had five codes, since 2013 four; the option year says ${year}`;
  return `does the option year (${year}) fit the files, and are they as the Census Bureau publishes them?`;
}
