/** The published tables as margins to rake to: how a record falls into a table's categories. */

/** In the order of the categories in the published file; each gives the category's index, or −1 outside the table. */
const personTables = {
  B03002: ({ RAC1P, HISP }, i) => raceEthnicity(RAC1P[i], HISP[i]),
  B15003: ({ AGEP, SCHL }, i) => (AGEP[i] < 25 ? -1 : educationLevel(SCHL[i])),
  B23025: ({ ESR }, i) => laborForce(ESR[i]),
};
const householdTables = {
  B19001: ({ HINCP }, h) => incomeBand(HINCP[h]),
  B11016: ({ NP }, h) => Math.min(NP[h], 7) - 1,
};

const raceCodes = [0, 0, 1, 3, 3, 3, 2, 4, 5, 6];

/** 0–7: White, Black, Asian, American Indian, Pacific Islander, other, two or more (all non-Hispanic), Hispanic. */
export const raceEthnicity = (rac1p, hisp) => (hisp !== 1 ? 7 : raceCodes[rac1p]);

/** 0–4: less than high school, high school, some college or associate, bachelor, graduate. */
export const educationLevel = (schl) => [16, 18, 21, 22].filter((from) => schl >= from).length;

const laborForce = (esr) => {
  if (esr < 1) return -1;
  if (esr <= 2) return 0;
  if (esr === 3) return 1;
  return esr === 6 ? 3 : 2;
};

const incomeEnds = [10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 75, 100, 125, 150, 200];
const incomeBand = (dollars) => incomeEnds.filter((end) => dollars >= end * 1000).length;

/** Published categories and counts of one state: `{table: {categories, counts, of}}`, for persons and for households. */
export function marginsOf(published, state) {
  const margins = (tables) =>
    Object.entries(tables).map(([table, of]) => {
      const cells = published.tables[table].states[state];
      if (!cells) throw new Error(`table ${table} has no state ${state}`);
      return { table, of, categories: Object.keys(cells), counts: Object.values(cells) };
    });
  return { person: margins(personTables), household: margins(householdTables) };
}
