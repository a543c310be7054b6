import { wholeNumbers } from './context-tables.mjs';

const most = 60;
const shown = 40;
const pairsKept = 12;
const million = 1_000_000;
const bands = {
  age: [5, 15, 18, 25, 35, 45, 55, 65, 75],
  income: [1, 10_000, 25_000, 50_000, 75_000, 100_000, 150_000],
};

/** Texts of an attribute → category of a published table, and who the table counts. */
const published = {
  race: {
    table: 'B03002',
    of: {
      'White alone': 'White, non-Hispanic',
      'Black or African American alone': 'Black or African American, non-Hispanic',
      'Asian alone': 'Asian, non-Hispanic',
      'American Indian or Alaska Native alone': 'American Indian / Alaska Native, non-Hispanic',
      'Native Hawaiian or Other Pacific Islander alone': 'Native Hawaiian / Pacific Islander, non-Hispanic',
      'Some other race alone': 'Some other race, non-Hispanic',
      'Two or more races': 'Two or more races, non-Hispanic',
      'Hispanic or Latino': 'Hispanic or Latino (any race)',
    },
  },
  education: {
    table: 'B15003',
    among: { attribute: 'age', from: 25 },
    of: {
      'No schooling completed': 'Less than high school',
      'Nursery school or preschool': 'Less than high school',
      Kindergarten: 'Less than high school',
      ...Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`Grade ${at + 1}`, 'Less than high school'])),
      'Grade 12, no diploma': 'Less than high school',
      'High school diploma': 'High school graduate (incl. GED)',
      'GED or alternative credential': 'High school graduate (incl. GED)',
      'Some college, less than one year': "Some college / Associate's",
      'Some college, no degree': "Some college / Associate's",
      'Associate degree': "Some college / Associate's",
      "Bachelor's degree": "Bachelor's degree",
      "Master's degree": 'Graduate / professional degree',
      'Professional degree': 'Graduate / professional degree',
      'Doctoral degree': 'Graduate / professional degree',
    },
  },
  'employment status': {
    table: 'B23025',
    among: { attribute: 'age', from: 16 },
    of: {
      Employed: 'Employed (civilian)',
      'Employed, not at work': 'Employed (civilian)',
      Unemployed: 'Unemployed (civilian)',
      'In the armed forces': 'Armed Forces',
      'In the armed forces, not at work': 'Armed Forces',
      'Not in labor force': 'Not in labor force',
    },
  },
};

/**
 * Shares of every census attribute and the joint shares of the most associated pairs, on raked weights.
 * @param columns of `columnsOf`
 * @param tools `censusAttributes`, `labels`, `categorizer`, `otherCategory` of `src/`
 * @param facts `title`, `source`; `tables`: published tables that replace raked shares, or null; `from`: youngest age counted
 */
export function populationOf(columns, tools, facts) {
  const ages = columns.node.AGEP;
  const weight = columns.weight.map((w, r) => (Number(ages.values[ages.index[r]]) >= facts.from ? w : 0));
  const tallies = tools.censusAttributes
    .filter(({ needs, uses = [] }) => [...needs, ...uses].some((field) => columns.node[field]))
    .filter(({ needs }) => needs.every((field) => columns.node[field]))
    .map((attribute) => tally(attribute, columns, weight, tools));
  const attributes = tallies.map((one) => withPublished(one, facts, tools) ?? sharesOf(one, facts, tools));
  const pairs = [];
  const narrow = tallies.filter(({ categories }) => categories.length <= most);
  for (const [at, one] of narrow.entries()) {
    for (const two of narrow.slice(at + 1)) pairs.push(pairOf(one, two, weight));
  }
  pairs.sort((a, b) => b.association - a.association);
  const strongest = pairs.slice(0, pairsKept).map((pair) => written(pair, facts));
  return { title: facts.title, attributes, pairs: strongest };
}

/** Category of every row by one attribute. */
function tally({ name, needs, uses = [], value }, columns, weight, { labels, categorizer }) {
  const fields = [...needs, ...uses].filter((field) => columns.node[field]);
  const category = bands[name] ? { kind: 'bands', bands: bands[name] } : { kind: 'value' };
  const categoryOf = categorizer(category);
  const categories = [];
  const known = new Map();
  const index = new Uint16Array(columns.n);
  for (let r = 0; r < columns.n; r++) {
    let key = 0;
    for (const field of fields) key = key * 1024 + columns.node[field].index[r];
    let at = known.get(key);
    if (at === undefined) {
      const text = value(
        Object.fromEntries(fields.map((f) => [f, columns.node[f].values[columns.node[f].index[r]]])),
        labels,
      );
      if (text === undefined)
        throw new Error(`no ${name} of ${fields.map((f) => columns.node[f].values[columns.node[f].index[r]])}`);
      const found = categoryOf(text);
      at = categories.indexOf(found);
      if (at < 0) at = categories.push(found) - 1;
      known.set(key, at);
    }
    index[r] = at;
  }
  const weights = new Float64Array(categories.length);
  for (let r = 0; r < columns.n; r++) weights[index[r]] += weight[r];
  return { name, category, categories, index, weights };
}

const inMillionths = (pairs) => {
  const counts = wholeNumbers(
    pairs.map(([, share]) => share),
    million,
  );
  return Object.fromEntries(
    pairs.map(([category], at) => [category, counts[at] / million]).filter(([, share]) => share > 0),
  );
};

function sharesOf({ name, category, categories, weights }, { source }, { otherCategory }) {
  const total = weights.reduce((a, b) => a + b, 0);
  const sorted = categories
    .map((text, at) => [text, weights[at] / total])
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  if (sorted.length <= most) return { attribute: name, category, shares: inMillionths(sorted), source };
  const top = sorted.slice(0, shown);
  const rest = sorted.slice(shown).reduce((sum, [, share]) => sum + share, 0);
  const of = Object.fromEntries(top.map(([text]) => [text, text]));
  return {
    attribute: name,
    category: { kind: 'map', of },
    shares: inMillionths([...top, [otherCategory, rest]]),
    source,
  };
}

function withPublished({ name }, { tables }) {
  const from = tables && published[name];
  if (!from) return null;
  const cells = Object.entries(tables[from.table].US);
  const total = cells.reduce((sum, [, count]) => sum + count, 0);
  return {
    attribute: name,
    category: { kind: 'map', of: from.of },
    shares: inMillionths(cells.map(([category, count]) => [category, count / total])),
    ...(from.among && { among: from.among }),
    source: `U.S. Census Bureau, American Community Survey 2020-2024 5-year estimates, table ${from.table}`,
  };
}

function pairOf(one, two, weight) {
  const width = two.categories.length;
  const joint = new Float64Array(one.categories.length * width);
  for (let r = 0; r < weight.length; r++) joint[one.index[r] * width + two.index[r]] += weight[r];
  return { one, two, joint, association: cramersV(joint, one.weights, two.weights) };
}

/** √(φ² / (min(rows, columns) − 1)), φ² = Σ p²/(p·p) − 1. */
function cramersV(joint, rows, columns) {
  const present = Math.min(rows.filter((w) => w > 0).length, columns.filter((w) => w > 0).length);
  if (present < 2) return 0;
  let sum = 0;
  joint.forEach((w, at) => {
    if (w > 0) sum += (w * w) / (rows[Math.floor(at / columns.length)] * columns[at % columns.length]);
  });
  return Math.sqrt(Math.max(0, sum - 1) / (present - 1));
}

function written({ one, two, joint, association }, { source }) {
  const total = joint.reduce((a, b) => a + b, 0);
  const flat = wholeNumbers(
    Array.from(joint, (w) => w / total),
    million,
  );
  const width = two.categories.length;
  const counts = one.categories.map((_, i) => flat.slice(i * width, (i + 1) * width));
  return {
    attributes: [one.name, two.name],
    categories: [one.categories, two.categories],
    counts,
    association: Number(association.toFixed(4)),
    source,
  };
}
