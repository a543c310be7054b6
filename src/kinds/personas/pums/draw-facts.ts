import path from 'node:path';
import type { JsonObject } from '../../../contract/json.js';
import { fileDigest } from '../../../tables/own-file.js';
import { ATTRIBUTES, PSYCHOGRAPHICS } from '../census/attribute-order.js';
import { type CodeLabels, censusAttributes } from '../census/attributes-of.js';
import type { Completer } from '../census/complete-person.js';
import type { CodePool } from './code-pool.js';
import type { FieldSources } from './field-sources.js';
import type { PumsFile } from './find-files.js';
import type { PumsOptions } from './pums-options.js';
import type { Dictionary } from './read-dictionary.js';
import type { WeighedPeople } from './weigh-people.js';

/** The files that are read, and what their codes mean. */
export interface Source {
  options: PumsOptions;
  people: PumsFile[];
  housing: PumsFile[] | null;
  fields: FieldSources;
  pools: Map<string, CodePool>;
  dictionary: Dictionary | null;
  labels: CodeLabels;
}

/** What the readings found. */
export interface Found {
  weighed: WeighedPeople;
  /** Rows of each housing file. */
  housingRows: number[];
  derivesChildren: boolean;
  /** Attributes with too many values to be counted in pairs. */
  wide: string[];
  /** Census attributes whose value cannot be told for somebody: they are left out. */
  unknown: string[];
  completer: Completer;
}

/** Provenance of a draw. Files have their own names only, so that the facts do not depend on where they lie. */
export async function factsOf(source: Source, found: Found): Promise<JsonObject> {
  const { options, people, housing, dictionary, pools } = source;
  const { weighed } = found;
  const files: JsonObject[] = [];
  const add = async (one: PumsFile, records: string, rows = 0) =>
    files.push({ file: path.basename(one.file), records, rows, sha256: await fileDigest(one.file) });
  for (const [at, one] of people.entries()) await add(one, 'person', weighed.rows[at]);
  for (const [at, one] of (housing ?? []).entries()) await add(one, 'housing', found.housingRows[at]);
  const states = (pools.get('STATE')?.codes ?? []).filter((code) => code !== '');
  return {
    source: 'U.S. Census Bureau, American Community Survey, Public Use Microdata Sample',
    year: options.year,
    seed: options.seed,
    adultsOnly: options.adultsOnly,
    psychographics: options.psychographics,
    files,
    rows: weighed.rows.reduce((sum, rows) => sum + rows, 0),
    weightSum: weighed.total,
    effectiveSize: weighed.effective,
    zeroWeights: weighed.zeroWeights,
    states: states.sort((a, b) => Number(a) - Number(b)),
    dictionary: dictionary === null ? null : { ...dictionary.facts, file: path.basename(dictionary.facts.file) },
    derived: found.derivesChildren
      ? { 'family presence and age': 'from the ages of all who live in the household' }
      : {},
    fromRates: fromRates(source, found),
    notInPairs: found.wide,
  };
}

/** Census attributes that the files do not give, but published rates do → their source. */
function fromRates(source: Source, found: Found): JsonObject {
  const { sources } = found.completer;
  const drawn = Object.entries(sources).filter(
    ([attribute]) => !PSYCHOGRAPHICS.includes(attribute) && whyNotRead(attribute, source, found) !== undefined,
  );
  return Object.fromEntries(drawn.map(([attribute, provenance]) => [attribute, provenance.source]));
}

/** Attributes that no person has → why. */
export function absentAttributes(source: Source, found: Found): { [attribute: string]: string } {
  const absent: { [attribute: string]: string } = {};
  const { completer } = found;
  for (const attribute of ATTRIBUTES) {
    const reasons: string[] = [];
    if (PSYCHOGRAPHICS.includes(attribute)) {
      if (source.options.psychographics === 'none') reasons.push('left out by the option psychographics: none');
    } else {
      const why = whyNotRead(attribute, source, found);
      if (why === undefined || completer.sources[attribute] !== undefined) continue;
      reasons.push(why);
      const rates = completer.absent[attribute];
      if (rates !== undefined) reasons.push(rates);
    }
    if (reasons.length > 0) absent[attribute] = reasons.join('; ');
  }
  return absent;
}

/** Why a census attribute cannot be taken from the files; undefined if it can. */
function whyNotRead(attribute: string, { fields, dictionary }: Source, found: Found): string | undefined {
  const { needs = [], uses = [] } = censusAttributes.find(({ name }) => name === attribute) ?? {};
  const lacks = (field: string) => fields.lacking.has(field) && !(field === 'HUPAC' && found.derivesChildren);
  const missing = needs.filter(lacks);
  if (missing.length > 0) return missing.map((field) => fields.lacking.get(field)).join('; ');
  if (!found.unknown.includes(attribute)) return undefined;
  if (needs.length === 0 && uses.every(lacks)) return `the files have no column ${uses.join(', ')}`;
  if (dictionary === null) return "its codes need the year's data dictionary (option dictionary)";
  return 'some of its codes have no label, or contradict each other';
}
