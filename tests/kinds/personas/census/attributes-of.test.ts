import { describe, expect, test } from '@jest/globals';
import { ATTRIBUTES } from '../../../../src/kinds/personas/census/attribute-order.js';
import {
  attributesOf,
  type CodeLabels,
  censusAttributes,
} from '../../../../src/kinds/personas/census/attributes-of.js';
import { industryCategory, occupationCategory } from '../../../../src/kinds/personas/census/job-categories.js';
import { columnOf, currentCode, type PumsRecord, unpadded } from '../../../../src/kinds/personas/census/pums-record.js';
import { readableLabel } from '../../../../src/kinds/personas/census/readable-label.js';

const labels: CodeLabels = {
  industry: (code) => ({ '3980': 'MFG-Miscellaneous Manufacturing, N.E.C.', '9670': 'MIL-U.S. Army' })[code],
  occupation: (code) => ({ '7750': 'PRD-Other Assemblers And Fabricators' })[code],
  language: (code) => ({ '1200': 'Spanish' })[code],
};
const value = (name: string, record: PumsRecord) => attributesOf(record, labels).attributes[name];

test('the attributes are the first 25 of the 33, in their order', () => {
  expect(censusAttributes.map(({ name }) => name)).toEqual(ATTRIBUTES.slice(0, 25));
});

test('what has no column is absent, what is blank is Not Applicable', () => {
  expect(attributesOf({}, labels)).toEqual({ attributes: {}, absent: ATTRIBUTES.slice(0, 25) });
  expect(attributesOf({ SCHL: '' }, labels).attributes).toEqual({ education: 'Not Applicable' });
  expect(attributesOf({ SCHL: '99' }, labels).absent).toContain('education');
});

test.each([
  ['race', { RAC1P: '1', HISP: '1' }, 'White alone'],
  ['race', { RAC1P: '1', HISP: '24' }, 'Hispanic or Latino'],
  ['race', { RAC1P: '1' }, undefined],
  ['income', { PINCP: '-4500' }, '-$4,500'],
  ['income', { PINCP: '0' }, '$0'],
  ['income', { PINCP: '1234567' }, '$1,234,567'],
  ['industry category', { INDP: '9920' }, 'Unemployed, no work in the last five years'],
  ['industry category', { INDP: '' }, 'Not Applicable'],
  ['industry category', { INDP: '8190' }, 'Health care'],
  [
    'detailed job description',
    { OCCP: '7750', INDP: '3980', ESR: '1' },
    'Other assemblers and fabricators (industry: miscellaneous manufacturing, not elsewhere classified)',
  ],
  [
    'detailed job description',
    { OCCP: '7750', INDP: '9670', ESR: '6' },
    'Last job: other assemblers and fabricators (industry: U.S. Army)',
  ],
  ['detailed job description', { OCCP: '1', INDP: '3980', ESR: '1' }, undefined],
  ['household type', { HHT: '', TYPEHUGQ: '3' }, 'Noninstitutional group quarters'],
  ['household type', { HHT: '' }, 'Group quarters'],
  ['household type', { HHT: '4' }, 'Lives alone'],
  ['household language', { HHL: '2' }, 'Spanish'],
  ['household language', { HHL: '3', HHLANP: '1200' }, 'Spanish'],
  ['household language', { HHL: '3', HHLANP: '1' }, 'Other Indo-European language'],
  ['household language', { LANP: '1200', LANX: '1' }, 'Spanish'],
  ['household language', { LANP: '', LANX: '2' }, 'English only'],
  ['household language', { LANP: '', LANX: '' }, 'Not Applicable'],
  ['ability to speak english', { ENG: '', AGEP: '4' }, 'Not Applicable'],
  ['ability to speak english', { ENG: '', AGEP: '5' }, 'Speaks only English'],
  ['ability to speak english', { ENG: '3', AGEP: '50' }, 'Not well'],
  ['health insurance', { HICOV: '2', PRIVCOV: '2', PUBCOV: '2' }, 'Uninsured'],
  ['health insurance', { HICOV: '1', PRIVCOV: '1', PUBCOV: '1' }, 'Private and public'],
  ['health insurance', { HICOV: '1', PRIVCOV: '2', PUBCOV: '1' }, 'Public'],
  ['health insurance', { HICOV: '1' }, 'Insured'],
  ['veteran status', { MIL: '2' }, 'Veteran'],
  ['citizenship', { CIT: '4' }, 'Naturalized citizen'],
])('%s of %j', (name, record, expected) => {
  expect(value(name as string, record as PumsRecord)).toBe(expected);
});

describe('codes of other years', () => {
  test('military service has five codes until 2012', () => {
    const until = ['', '1', '2', '3', '4', '5'].map((code) => currentCode('MIL', code, 2012));
    expect(until).toEqual(['', '1', '2', '2', '3', '4']);
    expect(currentCode('MIL', '3', 2013)).toBe('3');
  });

  test('earlier names of columns, in any case', () => {
    expect(columnOf('STATE', ['RT', 'st'])).toBe('st');
    expect(columnOf('TYPEHUGQ', ['TYPE'])).toBe('TYPE');
    expect(columnOf('SEX', ['SEXX'])).toBeUndefined();
  });

  test('padding, decimals of zero and signs', () => {
    expect(['01', '1', ' 1', '1.0', '0000', '-05', '-0', '', 'N/A', '2024HU1'].map(unpadded)).toEqual([
      '1',
      '1',
      '1',
      '1',
      '0',
      '-5',
      '0',
      '',
      'N/A',
      '2024HU1',
    ]);
  });
});

describe('categories of jobs', () => {
  test('the prefix of the label decides, else the range of the code', () => {
    expect(occupationCategory('9999', 'FIN-Accountants')).toBe('Financial operations');
    expect(occupationCategory('1000')).toBe('Computer and mathematical');
    expect(occupationCategory('440')).toBe('Management');
    expect(industryCategory('6470')).toBe('Information');
    expect(industryCategory('9870')).toBe('Military');
    expect(industryCategory('169')).toBeUndefined();
    expect(occupationCategory('9920')).toBeUndefined();
  });

  test('labels in running text', () => {
    expect(readableLabel('MGR-MEDICAL AND HEALTH SERVICES MANAGERS')).toBe('medical and health services managers');
    expect(readableLabel('INF-Internet Publishing And Broadcasting')).toBe('Internet publishing and broadcasting');
    expect(readableLabel('MFG-Machinery, N.E.C. Or Not Specified')).toBe(
      'machinery, not elsewhere classified or not specified',
    );
  });
});
