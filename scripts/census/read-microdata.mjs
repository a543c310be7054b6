/** Reads person and housing files of the ACS PUMS into typed columns. */

/** Stands for a blank: the question does not apply. */
export const blank = -2147483648;

const personFields = [
  'STATE',
  'PWGTP',
  'AGEP',
  'SEX',
  'RAC1P',
  'HISP',
  'CIT',
  'LANX',
  'ENG',
  'SCHL',
  'MAR',
  'FER',
  'ESR',
  'INDP',
  'OCCP',
  'COW',
  'PINCP',
  'HICOV',
  'PRIVCOV',
  'PUBCOV',
  'DIS',
  'DEAR',
  'DEYE',
  'DREM',
  'DPHY',
  'MIL',
  'SPORDER',
];
const housingFields = ['STATE', 'WGTP', 'HHT', 'HHL', 'NP', 'TYPEHUGQ', 'HINCP'];

/**
 * @param streamTable reader of a table in pieces, of `src/tables/stream-table.ts`
 * @param files `{person, housing}`: lists of file names; every person's household must be in one of the housing files
 * @returns `{n, person: {field: Int32Array}, household: Int32Array, households: {n, field: Int32Array}}`; a blank is `blank`
 */
export async function readMicrodata(streamTable, files) {
  const serials = new Map();
  const housing = await readColumns(streamTable, files.housing, housingFields, (serial, row) =>
    serials.set(serial, row),
  );
  const household = [];
  const person = await readColumns(streamTable, files.person, personFields, (serial) => {
    const row = serials.get(serial);
    if (row === undefined) throw new Error(`no housing record of ${serial}`);
    household.push(row);
  });
  const households = { n: housing.n, ...housing.columns };
  const data = { n: person.n, person: person.columns, household: Int32Array.from(household), households };
  households.HUPAC = childrenPresent(data);
  return data;
}

async function readColumns(streamTable, files, fields, onSerial) {
  const parts = fields.map(() => []);
  let n = 0;
  for (const file of files) {
    for await (const batch of streamTable(file, ['SERIALNO', ...fields])) {
      const [serial, ...columns] = batch.columns;
      for (let row = 0; row < batch.length; row++) onSerial(serial[row], n + row);
      for (const [index, column] of columns.entries()) parts[index].push(Int32Array.from(column, toNumber));
      n += batch.length;
    }
  }
  return { n, columns: Object.fromEntries(fields.map((field, index) => [field, joined(parts[index], n)])) };
}

const toNumber = (text) => {
  const trimmed = text.trim();
  return trimmed === '' ? blank : Number(trimmed);
};

function joined(arrays, n) {
  const whole = new Int32Array(n);
  let at = 0;
  for (const part of arrays) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * HUPAC, which these files lack, from the ages of the people in a household: 1 under 6 only, 2 6 to 17 only, 3 both,
 * 4 no children. The first person of a household, and anyone married, is not taken for a child.
 */
function childrenPresent({ n, person, household, households }) {
  const young = new Uint8Array(households.n);
  const older = new Uint8Array(households.n);
  for (let i = 0; i < n; i++) {
    if (person.AGEP[i] >= 18 || person.SPORDER[i] === 1 || person.MAR[i] === 1) continue;
    (person.AGEP[i] < 6 ? young : older)[household[i]] = 1;
  }
  return Int32Array.from(young, (hasYoung, row) => {
    if (households.TYPEHUGQ[row] !== 1) return blank;
    if (hasYoung) return older[row] ? 3 : 1;
    return older[row] ? 2 : 4;
  });
}
