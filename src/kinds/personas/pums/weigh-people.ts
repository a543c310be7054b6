import { EvalrunError } from '../../../contract/problem.js';
import { streamTable } from '../../../tables/stream-table.js';
import { unpadded } from '../census/pums-record.js';
import type { PumsFile } from './find-files.js';
import type { Households } from './households.js';
import { NumberColumn } from './number-column.js';
import { ProblemList, placeOfRow } from './problem-list.js';
import { yearOf } from './serial-index.js';

/** What the first reading of the person files gives. */
export interface WeighedPeople {
  /** Rows of each file. */
  rows: number[];
  /** Sum of the weights up to and with each row, in the files' order. */
  cumulative: NumberColumn<Float64Array>;
  total: number;
  /** Kish's effective size, (Σw)² / Σw². */
  effective: number;
  /** Rows with weight 0: never drawn. */
  zeroWeights: number;
}

interface Weighing {
  households: Households;
  /** False where no housing files were given. */
  hasHousing: boolean;
  year: number;
  adultsOnly: boolean;
  problems: ProblemList;
}

const MOST_ORDER = 31;

/**
 * Reads weights and ages of all persons, and puts the persons into their households.
 * @throws EvalrunError, or an AggregateError: bad weights or ages, a person who is there twice, one without household
 */
export async function weighPeople(
  people: readonly PumsFile[],
  options: Omit<Weighing, 'problems'>,
): Promise<WeighedPeople> {
  const weighing: Weighing = { ...options, problems: new ProblemList() };
  const cumulative = new NumberColumn((length) => new Float64Array(length));
  const weighed: WeighedPeople = { rows: [], cumulative, total: 0, effective: 0, zeroWeights: 0 };
  let squares = 0;
  for (const person of people) {
    const before = cumulative.length;
    const columns = ['SERIALNO', 'SPORDER', 'PWGTP', 'AGEP'].map((field) => person.columnOf(field) as string);
    for await (const { first, columns: cells, length } of streamTable(person.file, columns)) {
      const [serials, orders, weights, ages] = cells as [string[], string[], string[], string[]];
      for (let row = 0; row < length; row++) {
        const place = { file: person.file, row: first + row };
        const age = ageOf(ages[row] as string, place, weighing);
        const given = weightOf(weights[row] as string, place, weighing);
        addMember([serials[row] as string, orders[row] as string], age, place, weighing);
        if (given === 0) weighed.zeroWeights++;
        const weight = options.adultsOnly && age < 18 ? 0 : given;
        weighed.total += weight;
        squares += weight * weight;
        cumulative.push(weighed.total);
      }
    }
    weighed.rows.push(cumulative.length - before);
    if (cumulative.length === before) {
      const where = { file: person.file, line: 1, column: 1 };
      weighing.problems.add('EMPTY_DOCUMENT', 'the file has no persons', { where });
    }
  }
  weighing.problems.throwIfAny('person files');
  if (!(weighed.total > 0)) {
    const who = options.adultsOnly ? 'people of 18 or more' : 'people';
    throw new EvalrunError('BAD_WEIGHT', `the weights of all ${who} in the files add up to 0`);
  }
  weighed.effective = weighed.total ** 2 / squares;
  return weighed;
}

interface RowPlace {
  file: string;
  row: number;
}

const wholeAge = /^\d{1,3}$/;

function ageOf(text: string, { file, row }: RowPlace, { problems }: Weighing): number {
  const age = unpadded(text);
  if (wholeAge.test(age) && Number(age) <= 120) return Number(age);
  problems.add('WRONG_VALUE', `the age AGEP is "${text}"`, {
    where: placeOfRow(file, row),
    hint: 'a whole number of years from 0 on',
  });
  return 0;
}

function weightOf(text: string, { file, row }: RowPlace, { problems }: Weighing): number {
  const weight = text.trim() === '' ? Number.NaN : Number(text);
  if (weight >= 0 && weight < Number.POSITIVE_INFINITY) return weight;
  const said = Number.isFinite(weight) ? `negative (${text.trim()})` : `"${text}", which is no number`;
  problems.add('BAD_WEIGHT', `the person weight PWGTP is ${said}`, {
    where: placeOfRow(file, row),
    hint: 'a weight counts people; take the file as the Census Bureau publishes it',
  });
  return 0;
}

function addMember(keys: [serial: string, order: string], age: number, at: RowPlace, weighing: Weighing): void {
  const { households, hasHousing, year, problems } = weighing;
  const [serial, orderText] = keys;
  const where = () => placeOfRow(at.file, at.row);
  const order = Number(unpadded(orderText));
  if (serial.trim() === '' || !(Number.isInteger(order) && order >= 1 && order <= MOST_ORDER)) {
    const message = `SERIALNO "${serial}" with SPORDER "${orderText}" names no person`;
    problems.add('WRONG_VALUE', message, { where: where() });
    return;
  }
  const interviewed = yearOf(serial);
  if (interviewed !== undefined && (interviewed > year || interviewed < year - 4)) {
    const message = `the person ${serial} was interviewed in ${interviewed}, but the option year says ${year}`;
    problems.add('WRONG_YEAR', message, {
      where: where(),
      hint: 'codes differ by year; set year to that of the files',
    });
  }
  const id = households.add(serial);
  if (hasHousing && !households.isKnown(id)) {
    const hint = 'name the housing files of the same year and states';
    problems.add('MISSING_HOUSEHOLD', `the housing files do not have the household ${serial}`, {
      where: where(),
      hint,
    });
  }
  if (!households.addMember(id, order, age)) {
    const hint = 'are two files of the same state named?';
    problems.add('DUPLICATE_RECORD', `person ${order} of household ${serial} is there twice`, { where: where(), hint });
  }
}
