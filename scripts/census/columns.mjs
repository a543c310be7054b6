import { blank } from './read-microdata.mjs';
import { recodes, variables } from './variables.mjs';

/**
 * Every variable as a column of indexes into its values, over raked rows.
 * @returns `{n, weight, set, node: {field: {values: string[], index: Uint16Array, asked: Uint8Array}}, recode: {name:
 * {of, classes: number[], size}}}`; `classes[index of value]` is the class
 */
export function columnsOf(data, rows) {
  const node = {};
  for (const variable of variables) node[variable.field] = columnOf(variable, data, rows);
  for (const variable of variables) node[variable.field].asked = askedOf(variable, node, rows.n);
  const recode = {};
  for (const [name, { of, by }] of Object.entries(recodes)) {
    const labels = node[of].values.map((code) => String(by(code)));
    const distinct = [...new Set(labels)];
    recode[name] = { of, classes: labels.map((label) => distinct.indexOf(label)), size: distinct.length };
  }
  return { n: rows.n, weight: rows.weight, set: rows.set, node, recode };
}

function columnOf({ of }, data, rows) {
  const seen = new Map();
  const raw = new Uint16Array(rows.n);
  for (let r = 0; r < rows.n; r++) {
    const code = of(data, rows.person[r], rows.state[r]);
    const at = seen.get(code) ?? seen.size;
    seen.set(code, at);
    raw[r] = at;
  }
  const texts = Array.from(seen.keys(), (code) => (code === blank ? '' : String(code)));
  const values = [...new Set(texts)].sort(byNumberThenText);
  const position = texts.map((text) => values.indexOf(text));
  return { values, index: raw.map((at) => position[at]) };
}

const byNumberThenText = (a, b) => (a === '') - (b === '') || Number(a) - Number(b) || (a < b ? -1 : 1);

/** 1 for rows of people who are in the variable's universe. */
function askedOf({ universe = [] }, node, n) {
  const asked = new Uint8Array(n).fill(1);
  for (const condition of universe) {
    const { values, index } = node[condition.of];
    const met = values.map((value) => meets(condition, value));
    for (let r = 0; r < n; r++) if (!met[index[r]]) asked[r] = 0;
  }
  return asked;
}

function meets({ from, below, in: among, not }, value) {
  if (among) return among.includes(value);
  if (not) return !not.includes(value);
  return value !== '' && Number(value) >= from && (below === undefined || Number(value) < below);
}
