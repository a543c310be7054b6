import type { CodeTable } from './code-tables.js';
import * as codes from './code-tables.js';
import { notApplicable } from './code-tables.js';
import { industryCategory, occupationCategory, unemployedCode } from './job-categories.js';
import type { PumsRecord } from './pums-record.js';
import { asSentence, readableLabel } from './readable-label.js';

/** Labels that a data dictionary gives for codes without padding; undefined for a code that it does not know. */
export interface CodeLabels {
  /** INDP, with the dictionary's prefix, e.g. `MFG-Beverage`. */
  industry(code: string): string | undefined;
  /** OCCP, with the dictionary's prefix. */
  occupation(code: string): string | undefined;
  /** POBP. */
  placeOfBirth?(code: string): string | undefined;
  /** HHLANP or LANP. */
  language?(code: string): string | undefined;
  /** ANC1P. */
  ancestry?(code: string): string | undefined;
}

/** The census attributes in the order in which a persona is shown, each with the fields that its value is made of. */
export interface CensusAttribute {
  name: string;
  /** Without these the attribute is absent. */
  needs: readonly string[];
  /** Used where the files have them. */
  uses?: readonly string[];
  /** undefined: cannot be told, because a label or a code is unknown. */
  value(record: PumsRecord, labels: CodeLabels): string | undefined;
}

const blankCode = '';

/** Value of one coded field; a blank is `Not Applicable`, an unknown code undefined. */
function coded(name: string, field: string, table: CodeTable): CensusAttribute {
  return {
    name,
    needs: [field],
    value: (record) => (record[field] === blankCode ? notApplicable : table[record[field] as string]),
  };
}

function race(record: PumsRecord): string | undefined {
  const hispanic = record.HISP;
  if (hispanic === blankCode) return undefined;
  return hispanic === '1' ? codes.races[record.RAC1P as string] : codes.hispanic;
}

/** Detailed household language where there is one, else its group, else the person's own language. */
function householdLanguage(record: PumsRecord, labels: CodeLabels): string | undefined {
  const { HHLANP, HHL, LANP, LANX } = record;
  if (HHLANP !== undefined) {
    const label = HHLANP === blankCode ? notApplicable : labels.language?.(HHLANP);
    if (label !== undefined) return label;
  }
  if (HHL !== undefined) return HHL === blankCode ? notApplicable : codes.languageGroups[HHL];
  if (LANP === undefined) return undefined;
  if (LANP !== blankCode) return labels.language?.(LANP);
  return LANX === '2' ? codes.languageGroups['1'] : notApplicable;
}

function income(record: PumsRecord): string | undefined {
  const text = record.PINCP as string;
  if (text === blankCode) return notApplicable;
  if (!/^-?\d+$/.test(text)) return undefined;
  const dollars = Number(text);
  return `${dollars < 0 ? '-' : ''}$${Math.abs(dollars).toLocaleString('en-US')}`;
}

/** Category of the industry or occupation; people who have not worked for five years are said to be so. */
function job(name: string, field: string, category: (record: PumsRecord, labels: CodeLabels) => string | undefined) {
  const value = (record: PumsRecord, labels: CodeLabels): string | undefined => {
    const code = record[field] as string;
    if (code === blankCode) return notApplicable;
    return code === unemployedCode ? codes.noRecentWork : category(record, labels);
  };
  return { name, needs: [field], value };
}

/** Unemployed and people outside the labor force: the job is the last one within five years. */
const isPastJob = (record: PumsRecord): boolean => record.ESR === '3' || record.ESR === '6';

function jobDescription(record: PumsRecord, labels: CodeLabels): string | undefined {
  const occupation = labels.occupation(record.OCCP as string);
  const industry = labels.industry(record.INDP as string);
  if (occupation === undefined || industry === undefined) return undefined;
  const words = `${readableLabel(occupation)} (industry: ${readableLabel(industry)})`;
  return isPastJob(record) ? `Last job: ${words}` : asSentence(words);
}

function householdType(record: PumsRecord): string | undefined {
  const { HHT, TYPEHUGQ } = record;
  if (HHT !== blankCode) return codes.households[HHT as string];
  // People never live in vacant units, so a blank means group quarters, of which kind TYPEHUGQ says.
  if (TYPEHUGQ === undefined) return 'Group quarters';
  return codes.groupQuarters[TYPEHUGQ];
}

function healthInsurance(record: PumsRecord): string | undefined {
  const { HICOV, PRIVCOV, PUBCOV } = record;
  if (HICOV === '2') return 'Uninsured';
  if (HICOV !== '1') return undefined;
  if (PRIVCOV === undefined || PUBCOV === undefined) return 'Insured';
  if (PRIVCOV === '1') return PUBCOV === '1' ? 'Private and public' : 'Private';
  return PUBCOV === '1' ? 'Public' : undefined;
}

/** Blank: under 5, or speaks only English; told apart by the person's age. */
function english(record: PumsRecord): string | undefined {
  const { ENG, AGEP } = record;
  if (ENG !== blankCode) return codes.english[ENG as string];
  return Number(AGEP) < 5 ? notApplicable : codes.onlyEnglishSpeaker;
}

const labelled = (
  name: string,
  field: string,
  label: (labels: CodeLabels) => CodeLabels['ancestry'],
): CensusAttribute => ({
  name,
  needs: [field],
  value: (record, labels) => {
    const code = record[field] as string;
    return code === blankCode ? notApplicable : label(labels)?.(code);
  },
});

/** The 25 attributes of the paper that come from the census. */
export const censusAttributes: readonly CensusAttribute[] = [
  { name: 'age', needs: ['AGEP'], value: (record) => record.AGEP },
  coded('sex', 'SEX', codes.sexes),
  { name: 'race', needs: ['RAC1P', 'HISP'], value: race },
  labelled('ancestry', 'ANC1P', (labels) => labels.ancestry),
  { name: 'household language', needs: [], uses: ['HHLANP', 'HHL', 'LANP', 'LANX'], value: householdLanguage },
  coded('education', 'SCHL', codes.education),
  coded('employment status', 'ESR', codes.employment),
  coded('class of worker', 'COW', codes.workerClasses),
  job('industry category', 'INDP', ({ INDP = '' }, labels) => industryCategory(INDP, labels.industry(INDP))),
  job('occupation category', 'OCCP', ({ OCCP = '' }, labels) => occupationCategory(OCCP, labels.occupation(OCCP))),
  { ...job('detailed job description', 'OCCP', jobDescription), needs: ['OCCP', 'INDP'], uses: ['ESR'] },
  { name: 'income', needs: ['PINCP'], value: income },
  coded('marital status', 'MAR', codes.maritalStatus),
  { name: 'household type', needs: ['HHT'], uses: ['TYPEHUGQ'], value: householdType },
  coded('family presence and age', 'HUPAC', codes.childrenPresent),
  labelled('place of birth', 'POBP', (labels) => labels.placeOfBirth),
  coded('citizenship', 'CIT', codes.citizenship),
  coded('veteran status', 'MIL', codes.service),
  coded('disability', 'DIS', codes.disability),
  { name: 'health insurance', needs: ['HICOV'], uses: ['PRIVCOV', 'PUBCOV'], value: healthInsurance },
  coded('cognitive difficulty', 'DREM', codes.yesNo),
  { name: 'ability to speak english', needs: ['ENG', 'AGEP'], value: english },
  coded('vision difficulty', 'DEYE', codes.yesNo),
  coded('fertility', 'FER', codes.births),
  coded('hearing difficulty', 'DEAR', codes.yesNo),
];

/**
 * Census attributes of one person, in the paper's names and order. People out of an attribute's scope have
 * `Not Applicable`, as in the released personas. `absent` names the attributes that cannot be told: the files lack a
 * field, or no dictionary knows the code; they are left out, never guessed.
 */
export function attributesOf(
  record: PumsRecord,
  labels: CodeLabels,
): { attributes: { [name: string]: string }; absent: string[] } {
  const attributes: { [name: string]: string } = {};
  const absent: string[] = [];
  for (const { name, needs, value } of censusAttributes) {
    const known = needs.every((field) => record[field] !== undefined);
    const text = known ? value(record, labels) : undefined;
    if (text === undefined) absent.push(name);
    else attributes[name] = text;
  }
  return { attributes, absent };
}
