import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '../../../../src/contract/json.js';
import type { PersonaDraw } from '../../../../src/contract/persona-kind.js';
import { EvalrunError } from '../../../../src/contract/problem.js';
import { pums } from '../../../../src/kinds/personas/pums.js';

export const repoRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../..');

/** A made-up person with padded codes, as the Census Bureau writes them. */
export const person = {
  RT: 'P',
  SERIALNO: '2024HU0000001',
  SPORDER: '01',
  STATE: '56',
  PWGTP: '10',
  AGEP: '44',
  SEX: '2',
  RAC1P: '1',
  HISP: '01',
  CIT: '1',
  LANX: '2',
  ENG: '',
  SCHL: '21',
  MAR: '1',
  FER: '2',
  ESR: '1',
  INDP: '7860',
  OCCP: '2310',
  COW: '3',
  PINCP: '61500',
  HICOV: '1',
  PRIVCOV: '1',
  PUBCOV: '2',
  DIS: '2',
  DEAR: '2',
  DEYE: '2',
  DREM: '2',
  MIL: '4',
};
export const household = { RT: 'H', SERIALNO: '2024HU0000001', HHT: '1', HHL: '1', NP: '01', TYPEHUGQ: '1' };

export type Row = { [column: string]: string };

/** A child of seven: most questions are not asked. */
export const child: Row = {
  ...{ AGEP: '07', SCHL: '05', MAR: '5', FER: '', ESR: '', INDP: '', OCCP: '', COW: '', PINCP: '', MIL: '' },
};

export const csv = (rows: readonly Row[], columns = Object.keys(rows[0] ?? {})): string =>
  [columns.join(','), ...rows.map((row) => columns.map((column) => row[column] ?? '').join(',')), ''].join('\n');

export const dictionary = [
  'NAME,RT,C,1,Record Type,,',
  'NAME,ADJINC,C,7,Adjustment factor,,',
  'VAL,ADJINC,C,7,1019518,1019518,2023 factor (1.019518)',
  'NAME,INDP,C,4,Industry recode,,',
  'VAL,INDP,C,4,bbbb,bbbb,N/A (less than 16 years old)',
  'VAL,INDP,C,4,7860,7860,EDU-Elementary And Secondary Schools',
  'VAL,INDP,C,4,0770,0770,CON-Construction',
  'VAL,INDP,C,4,9920,9920,Unemployed',
  'NAME,OCCP,C,4,Occupation recode,,',
  'VAL,OCCP,C,4,2310,2310,EDU-Elementary And Middle School Teachers',
  'VAL,OCCP,C,4,6230,6230,CON-Carpenters',
  'VAL,OCCP,C,4,9920,9920,Unemployed',
  'NAME,ANC1P,C,3,Ancestry,,',
  'VAL,ANC1P,C,3,032,032,German',
  'NAME,POBP,C,3,Place of birth,,',
  'VAL,POBP,C,3,056,056,Wyoming/WY',
  'NAME,LANP,C,4,Language,,',
  'VAL,LANP,C,4,1200,1200,Spanish',
  '',
].join('\r\n');

/** A folder of made-up files, and the kind that reads them. */
export class PumsFolder {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'evalrun-pums-'));

  constructor() {
    this.write('dictionary.csv', dictionary);
  }

  write(name: string, text: string | Uint8Array): string {
    writeFileSync(path.join(this.folder, name), text);
    return name;
  }

  persons(name: string, rows: readonly Row[], columns?: string[]): string {
    return this.write(
      name,
      csv(
        rows.map((row) => ({ ...person, ...row })),
        columns,
      ),
    );
  }

  households(name: string, rows: readonly Row[]): string {
    return this.write(name, csv(rows.map((row) => ({ ...household, ...row }))));
  }

  load(options: JsonObject): Promise<PersonaDraw> {
    const all = { year: 2024, n: 5, seed: 1, dictionary: 'dictionary.csv', psychographics: 'none', ...options };
    const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
    return pums.load(given, { folder: this.folder, shippedFolder: repoRoot });
  }

  /** `FILE:LINE CODE message | hint` of each problem. */
  async problems(options: JsonObject): Promise<string[]> {
    try {
      await this.load(options);
      return [];
    } catch (error) {
      const all = (error instanceof AggregateError ? error.errors : [error]) as unknown[];
      return all.map((one) => {
        if (!(one instanceof EvalrunError)) throw one;
        const place = one.where === undefined ? '' : `${path.basename(one.where.file)}:${one.where.line} `;
        return `${place}${one.code} ${one.message} | ${one.hint ?? ''}`;
      });
    }
  }
}
