import { raceEthnicity } from './margins.mjs';

/**
 * The network's variables in the order in which they are drawn. A value is a PUMS code as text, '' for a blank.
 *
 * `of`: number or text of one person (`state` is the state that the person stands for). `universe`: only people who meet
 * all of it are asked; the others have `outside` (default ''). `forced`: recodes that are always parents and never backed
 * off from, because some values cannot be, given them. `first`: recodes that come next among the parents, for the sake of an
 * attribute that is made of both variables. `fixed`: has no
 * other parents. `helper`: no PUMS field, only there to carry an association.
 */
const person = (field) => (data, i) => data.person[field][i];
const home = (field) => (data, i) => data.households[field][data.household[i]];
const ages = (from, below) => [{ of: 'AGEP', from, ...(below ? { below } : {}) }];
const inHousing = [{ of: 'TYPEHUGQ', in: ['1'] }];
const withJob = [{ of: 'COW', not: [''] }];
const withIncome = [{ of: 'PINCBAND', not: [''] }];
const noneOf = (fields) => fields.map((of) => ({ of, not: ['1'] }));

export const variables = [
  { field: 'STATE', of: (_data, _i, state) => state },
  { field: 'RACEETH', of: ({ person: { RAC1P, HISP } }, i) => raceEthnicity(RAC1P[i], HISP[i]), helper: true },
  { field: 'AGEP', of: person('AGEP'), forced: ['division', 'race5'] },
  { field: 'SEX', of: person('SEX') },
  { field: 'HISP', of: person('HISP'), forced: ['hispanic'] },
  { field: 'RAC1P', of: person('RAC1P'), forced: ['raceEthnicity'] },
  { field: 'CIT', of: person('CIT') },
  { field: 'TYPEHUGQ', of: home('TYPEHUGQ') },
  { field: 'HHT', of: home('HHT'), universe: inHousing, forced: ['sex', 'childAge'] },
  { field: 'MAR', of: person('MAR'), universe: ages(15), outside: '5', forced: ['minor'] },
  { field: 'NP', of: home('NP'), universe: inHousing, outside: '1', forced: ['home'] },
  { field: 'HUPAC', of: home('HUPAC'), universe: inHousing, forced: ['childAge', 'homeSize3'] },
  { field: 'SCHL', of: person('SCHL'), universe: ages(3), forced: ['schoolAge'] },
  { field: 'HHL', of: home('HHL'), universe: inHousing },
  { field: 'LANX', of: person('LANX'), universe: ages(5), forced: ['homeLanguage'] },
  { field: 'ENG', of: person('ENG'), universe: [{ of: 'LANX', in: ['1'] }] },
  { field: 'MIL', of: person('MIL'), universe: ages(17), forced: ['minor'] },
  { field: 'DREM', of: person('DREM'), universe: ages(5) },
  { field: 'DPHY', of: person('DPHY'), universe: ages(5) },
  { field: 'DEYE', of: person('DEYE') },
  { field: 'DEAR', of: person('DEAR') },
  // Its other causes, difficulty with self-care or independent living, are not in the files on their own.
  {
    field: 'DIS',
    of: person('DIS'),
    universe: noneOf(['DREM', 'DPHY', 'DEYE', 'DEAR']),
    outside: '1',
    forced: ['tot'],
  },
  { field: 'ESR', of: person('ESR'), universe: ages(16), forced: ['service'] },
  { field: 'COW', of: person('COW'), universe: ages(16), forced: ['employment'] },
  {
    field: 'SECTOR',
    of: (data, i) => data.sector(data.person.INDP[i]),
    universe: withJob,
    forced: ['cow'],
    first: ['atWork'],
    helper: true,
  },
  {
    field: 'JOBGROUP',
    of: (data, i) => data.jobGroup(data.person.OCCP[i]),
    universe: withJob,
    forced: ['sector'],
    first: ['atWork'],
    helper: true,
  },
  { field: 'INDP', of: person('INDP'), universe: withJob, forced: ['sector'] },
  {
    field: 'OCCP',
    of: person('OCCP'),
    universe: withJob,
    forced: ['jobGroup'],
    first: ['industry', 'atWork'],
    fixed: true,
  },
  {
    field: 'PINCBAND',
    of: ({ person: { PINCP } }, i) => incomeBand(PINCP[i]),
    universe: ages(15),
    first: ['atWork', 'age10', 'schooling4'],
    helper: true,
  },
  {
    field: 'PINCP',
    of: ({ person: { PINCP } }, i) => roundedIncome(PINCP[i]),
    universe: withIncome,
    forced: ['incomeBand'],
  },
  {
    field: 'INSURANCE',
    of: ({ person }, i) => `${person.HICOV[i]}${person.PRIVCOV[i]}${person.PUBCOV[i]}`,
    helper: true,
  },
  { field: 'HICOV', of: person('HICOV'), forced: ['insurance'], fixed: true },
  { field: 'PRIVCOV', of: person('PRIVCOV'), forced: ['insurance'], fixed: true },
  { field: 'PUBCOV', of: person('PUBCOV'), forced: ['insurance'], fixed: true },
  { field: 'FER', of: person('FER'), universe: [{ of: 'SEX', in: ['2'] }, ...ages(15, 51)], forced: [] },
];

/** Ages at which a class of people begins. */
const ageBands = [3, 5, 15, 16, 17, 18, 19, 20, 22, 25, 28, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85];
const untilTwentyFive = Array.from({ length: 22 }, (_, index) => 4 + index);
const band = (bounds) => (code) => bounds.filter((bound) => Number(code) >= bound).length;
const itself = (code) => code;
const schooling = [12, 16, 18, 20, 21, 22];
const hispanicGroups = [2, 3, 4, 5, 6, 14];
const bandOrBlank = (bounds) => (code) => (code === '' ? '' : band(bounds)(code));
const classesBy = (groups) => (code) => groups.findIndex((group) => group.includes(code));

/** Census Bureau divisions (without Puerto Rico), by state code; the index is the class. */
const divisions = [
  [9, 23, 25, 33, 44, 50],
  [34, 36, 42],
  [17, 18, 26, 39, 55],
  [19, 20, 27, 29, 31, 38, 46],
  [10, 11, 12, 13, 24, 37, 45, 51, 54],
  [1, 21, 28, 47],
  [5, 22, 40, 48],
  [4, 8, 16, 30, 32, 35, 49, 56],
  [2, 6, 15, 41, 53],
].map((states) => states.map(String));

const edge = (list) => list.map(Number);
export const incomeEdges = edge([
  -20000, 0, 1, 2500, 5000, 7500, 10000, 12500, 15000, 17500, 20000, 22500, 25000, 27500, 30000, 35000, 40000, 45000,
  50000, 55000, 60000, 65000, 70000, 75000, 80000, 90000, 100000, 110000, 125000, 150000, 175000, 200000, 250000,
  300000, 400000, 500000,
]);
const incomeBand = (dollars) => (dollars < incomeEdges[0] ? '' : incomeEdges.findLast((from) => dollars >= from));

/** As coarse as the Census Bureau publishes it or coarser, and never out of its band. */
function roundedIncome(dollars) {
  if (dollars < incomeEdges[0]) return '';
  const size = Math.abs(dollars);
  let step = 10;
  if (size >= 200_000) step = 10_000;
  else if (size >= 50_000) step = 1000;
  else if (size >= 1000) step = 100;
  return (dollars < 0 ? Math.ceil : Math.floor)(dollars / step) * step || Math.sign(dollars) * step;
}

/** Classes of values that can be parents: `{of: variable, by: code → class}`; `onlyFor` one variable, as it is too fine for others. */
export const recodes = {
  state: { of: 'STATE', by: itself },
  division: { of: 'STATE', by: classesBy(divisions) },
  raceEthnicity: { of: 'RACEETH', by: itself },
  race5: { of: 'RACEETH', by: (code) => ({ 0: 0, 1: 1, 2: 2, 7: 3 })[code] ?? 4 },
  hispanic: { of: 'RACEETH', by: (code) => code === '7' },
  age: { of: 'AGEP', by: band(ageBands) },
  age10: { of: 'AGEP', by: band([5, 15, 18, 25, 35, 45, 55, 65, 75]) },
  age4: { of: 'AGEP', by: band([18, 35, 65]) },
  schoolAge: { of: 'AGEP', by: band(untilTwentyFive) },
  childAge: { of: 'AGEP', by: band([6, 15, 18]) },
  minor: { of: 'AGEP', by: band([16, 17, 18, 21]) },
  tot: { of: 'AGEP', by: band([5, 15]) },
  sex: { of: 'SEX', by: itself },
  origin: { of: 'HISP', by: (code) => (code === '1' ? 0 : 1 + band(hispanicGroups)(code)) },
  citizenship: { of: 'CIT', by: itself },
  foreign: { of: 'CIT', by: (code) => Number(code) > 3 },
  quarters: { of: 'TYPEHUGQ', by: itself },
  home: { of: 'HHT', by: itself },
  married: { of: 'MAR', by: itself },
  homeSize: { of: 'NP', by: (code) => Math.min(Number(code), 7) },
  homeSize3: { of: 'NP', by: (code) => Math.min(Number(code), 3) },
  children: { of: 'HUPAC', by: itself },
  schooling: { of: 'SCHL', by: bandOrBlank(schooling) },
  schooling4: { of: 'SCHL', by: bandOrBlank([16, 18, 21]) },
  homeLanguage: { of: 'HHL', by: itself },
  otherLanguage: { of: 'LANX', by: itself },
  english: { of: 'ENG', by: itself },
  service: { of: 'MIL', by: itself },
  thinking: { of: 'DREM', by: itself },
  walking: { of: 'DPHY', by: itself },
  seeing: { of: 'DEYE', by: itself },
  hearing: { of: 'DEAR', by: itself },
  disabled: { of: 'DIS', by: itself },
  employment: { of: 'ESR', by: itself },
  atWork: { of: 'ESR', by: (code) => ({ 1: 1, 2: 1, 4: 1, 5: 1, 3: 2, 6: 3 })[code] ?? 0 },
  cow: { of: 'COW', by: itself },
  industry: { of: 'INDP', by: itself, onlyFor: 'OCCP' },
  sector: { of: 'SECTOR', by: itself },
  jobGroup: { of: 'JOBGROUP', by: itself },
  incomeBand: { of: 'PINCBAND', by: itself },
  income8: { of: 'PINCBAND', by: bandOrBlank([1, 10_000, 20_000, 35_000, 50_000, 75_000, 125_000]) },
  insurance: { of: 'INSURANCE', by: itself },
};
