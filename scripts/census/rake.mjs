import { marginsOf } from './margins.mjs';

const rounds = 60;
const close = 1e-7;

/**
 * States whose microdata are not among the files get their people from donors: residents of states near them, of a
 * similar make-up, reweighted to the state's own published margins.
 */
export const donorStates = {
  // The rest of the West region, without the states that have few of the people California has.
  '06': ['04', '08', '15', '32', '35', '41', '49', '53'],
  // West South Central, the neighbours to the west, and Georgia for its Black and Asian residents.
  48: ['04', '05', '08', '13', '22', '32', '35', '40'],
};

/**
 * Rakes each state's records to the state's published tables; so all of them together meet the national ones. First
 * one factor a household (household income and size, on household weights), then one a person (race and Hispanic origin,
 * education from 25 on, employment from 16 on, on person weights times the household's factor): both sets are met.
 *
 * @param data of `readMicrodata`
 * @param published the published tables
 * @param states codes such as `06` to make; default all states of the published tables
 * @returns rows `{n, person: Int32Array, state: Int32Array, weight: Float64Array, set: Uint8Array, report}`; `set` is 0 for a
 * state's own residents and the number of the donor state (1, 2 …) for borrowed ones, who are also in the data as themselves
 */
export function rakedRows(data, published, states = Object.keys(published.tables.B03002.states)) {
  const byState = Map.groupBy(Array.from(data.person.AGEP.keys()), (i) => data.person.STATE[i]);
  const rows = { person: [], state: [], weight: [], set: [], report: {} };
  for (const state of states.toSorted()) {
    const own = byState.get(Number(state));
    const people = own ?? (donorStates[state] ?? []).flatMap((donor) => byState.get(Number(donor)) ?? []);
    if (people.length === 0) continue;
    const set = own ? 0 : 1 + Object.keys(donorStates).indexOf(state);
    const { weight, report } = rakeState(data, people, marginsOf(published, state));
    rows.report[state] = { people: people.length, borrowed: !own, ...report };
    people.forEach((i, at) => {
      rows.person.push(i);
      rows.state.push(Number(state));
      rows.weight.push(weight[at]);
      rows.set.push(set);
    });
  }
  return {
    n: rows.person.length,
    person: Int32Array.from(rows.person),
    state: Int32Array.from(rows.state),
    weight: Float64Array.from(rows.weight),
    set: Uint8Array.from(rows.set),
    report: rows.report,
  };
}

function rakeState(data, people, margins) {
  const { person, household, households } = data;
  const occupied = [...new Set(people.map((i) => household[i]))].filter(
    (h) => households.TYPEHUGQ[h] === 1 && households.NP[h] > 0 && households.WGTP[h] > 0,
  );
  const homes = rake(
    Float64Array.from(occupied, (h) => households.WGTP[h]),
    margins.household.map(({ of, counts }) => ({ counts, cells: Int8Array.from(occupied, (h) => of(households, h)) })),
  );
  const growth = homes.weight.reduce((a, b) => a + b, 0) / occupied.reduce((sum, h) => sum + households.WGTP[h], 0);
  const factor = new Map(occupied.map((h, at) => [h, homes.weight[at] / households.WGTP[h] / growth]));
  const start = Float64Array.from(people, (i) => person.PWGTP[i] * (factor.get(household[i]) ?? 1));
  const raked = rake(
    start,
    margins.person.map(({ of, counts }) => ({ counts, cells: Int8Array.from(people, (i) => of(person, i)) })),
  );
  const ratios = raked.weight.map((w, at) => w / person.PWGTP[people[at]]).sort();
  const spread = [0.001, 0.5, 0.999].map((q) => Number(ratios[Math.floor(q * (ratios.length - 1))].toFixed(3)));
  return { weight: raked.weight, report: { households: homes.off, persons: raked.off, factors: spread } };
}

/** Iterative proportional fitting. `off`: largest relative distance of a margin's cell that is left. */
export function rake(start, margins) {
  const weight = Float64Array.from(start);
  let off = 1;
  for (let round = 0; round < rounds && off > close; round++) {
    off = 0;
    for (const { counts, cells } of margins) {
      const sums = new Float64Array(counts.length);
      for (let i = 0; i < weight.length; i++) if (cells[i] >= 0) sums[cells[i]] += weight[i];
      const factors = sums.map((sum, cell) => (sum > 0 ? counts[cell] / sum : 1));
      for (const f of factors) off = Math.max(off, Math.abs(f - 1));
      for (let i = 0; i < weight.length; i++) if (cells[i] >= 0) weight[i] *= factors[cells[i]];
    }
  }
  return { weight, off };
}
