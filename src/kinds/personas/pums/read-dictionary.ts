import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { EvalrunError } from '../../../contract/problem.js';
import { fileDigest } from '../../../tables/own-file.js';
import { readTexts } from '../../../tables/read-texts.js';
import type { CodeLabels } from '../census/attributes-of.js';
import { unpadded } from '../census/pums-record.js';
import { asSentence } from '../census/readable-label.js';

/** What a data dictionary says of the fields whose codes are too many to write down here. */
export interface Dictionary {
  labels: CodeLabels;
  /** Codes of such a field, or undefined if the dictionary does not have the field. */
  codesOf(field: string): ReadonlySet<string> | undefined;
  facts: { file: string; sha256: string; year: number | null };
}

/** Fields whose labels are taken from the dictionary. */
export const labelledFields = ['INDP', 'OCCP', 'POBP', 'ANC1P', 'LANP', 'HHLANP'] as const;

/** Labels when there is no dictionary: none is known. */
export const noLabels: CodeLabels = { industry: () => undefined, occupation: () => undefined };

const isBlank = (code: string): boolean => /^b+$/.test(code) || code === '';

/**
 * Reads a data dictionary as the Census Bureau publishes it: a CSV without a header, with lines
 * `NAME,field,type,length,description` and `VAL,field,type,length,from,to,label`.
 *
 * @param name how the facts name it
 * @throws EvalrunError BAD_DICTIONARY for a file that is none, or lacks industry or occupation
 */
export async function readDictionary(file: string, name: string): Promise<Dictionary> {
  const labels = new Map<string, Map<string, string>>(labelledFields.map((field) => [field, new Map()]));
  let year: number | null = null;
  for await (const [field, from, label] of valuesOf(file)) {
    const factor = field === 'ADJINC' ? /^(\d{4}) factor/.exec(label) : null;
    if (factor !== null) year = Math.max(year ?? 0, Number(factor[1]));
    if (!isBlank(from)) labels.get(field)?.set(unpadded(from), label);
  }
  for (const field of ['INDP', 'OCCP']) {
    if (labels.get(field)?.size === 0) throw badDictionary(file, `it gives no codes of ${field}`);
  }
  const labelOf = (field: string) => (code: string) => labels.get(field)?.get(code);
  const place = labelOf('POBP');
  const language = (code: string) => labelOf('HHLANP')(code) ?? labelOf('LANP')(code);
  return {
    labels: {
      industry: labelOf('INDP'),
      occupation: labelOf('OCCP'),
      placeOfBirth: (code) => place(code)?.replace(/\/[A-Z]{2}$/, ''),
      language: (code) => namedLanguage(language(code)),
      ancestry: labelOf('ANC1P'),
    },
    codesOf: (field) => {
      const codes = labels.get(field);
      return codes === undefined || codes.size === 0 ? undefined : new Set(codes.keys());
    },
    facts: { file: name, sha256: await fileDigest(file), year },
  };
}

/** `English only household` is said in the words of the language groups. */
const namedLanguage = (label: string | undefined): string | undefined =>
  label === undefined || !/^english only/i.test(label) ? label && asSentence(label) : 'English only';

/** Field, first code and label of each VAL line. */
async function* valuesOf(file: string): AsyncIterable<[field: string, from: string, label: string]> {
  const name = path.basename(file);
  const { [name]: text = '' } = await readTexts(path.dirname(file), [name]);
  let lines: string[][];
  try {
    // Rows differ in length: NAME lines have fewer cells than VAL lines.
    lines = parse(text, { bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true });
  } catch (cause) {
    throw badDictionary(file, cause instanceof Error ? cause.message : String(cause));
  }
  if (!lines.some(([kind]) => kind === 'NAME')) throw badDictionary(file, 'it has no lines NAME and VAL');
  for (const [kind, field = '', , , from = '', , label = ''] of lines) {
    if (kind === 'VAL') yield [field.trim().toUpperCase(), from.trim(), label.trim()];
  }
}

function badDictionary(file: string, why: string): EvalrunError {
  return new EvalrunError('BAD_DICTIONARY', `this is no data dictionary of the PUMS: ${why}`, {
    where: { file, line: 1, column: 1 },
    hint: 'the CSV that the Census Bureau publishes for each year from 2017 on, PUMS_Data_Dictionary_<year>.csv',
  });
}
