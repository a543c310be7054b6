import { recodes, variables } from './variables.mjs';

const sampleSize = 300_000;
const largestTable = 2.5e7;
const mostParents = 8;
/** Most cells of a variable's table in the sample. */
const mostCells = 100_000;
/**
 * Factor of BIC's price of a cell. The whole data are twelve times the sample, and a cell there pays so much sooner; below
 * about .08, a half over ln 2 bits a cell, chance alone would pay.
 */
const price = 0.4;

/**
 * Parents of every variable among the recodes of earlier ones, chosen greedily: the recode that tells most of the
 * variable beyond the parents so far (conditional mutual information on the raked weights of a sample of the rows) less a
 * price for each cell that it adds to the table (that of BIC, times `price`). Ends where nothing pays.
 *
 * @param columns of `columnsOf`
 * @param options `log`: is told each variable's parents
 * @returns `{field: {parents: string[], bits: number[]}}`, forced ones first
 */
export function selectParents(columns, { log = () => {} } = {}) {
  const chosen = {};
  const earlier = new Set();
  for (const variable of variables) {
    const candidates = Object.keys(recodes).filter(
      (name) => earlier.has(recodes[name].of) && (recodes[name].onlyFor ?? variable.field) === variable.field,
    );
    chosen[variable.field] = parentsOf(variable, columns, variable.fixed ? [] : candidates);
    log(`${variable.field}: ${chosen[variable.field].parents.join(', ')}`);
    earlier.add(variable.field);
  }
  return chosen;
}

function parentsOf({ field, forced = [], first = [] }, columns, candidates) {
  const sample = sampleOf(columns, field);
  const perCell = (price * Math.log2(sample.rows.length)) / 2 / sample.rows.length;
  let state = { context: new Int32Array(sample.rows.length), contexts: 1 };
  state = { ...state, ...measure(sample, state.context) };
  const parents = [];
  const bits = [];
  const accept = (name, next) => {
    parents.push(name);
    bits.push(Number((state.entropy - next.entropy).toFixed(4)));
    state = { ...next, ...renumbered(next.context) };
  };
  for (const name of [...forced, ...first])
    accept(name, step(sample, state, columns.recode[name], Number.POSITIVE_INFINITY));
  let open = candidates.filter((name) => !parents.includes(name) && columns.recode[name].size > 1);
  while (parents.length < mostParents) {
    let best = null;
    // What does not pay now will hardly pay later, beside more parents.
    const paying = [];
    for (const name of open) {
      const recode = columns.recode[name];
      const next = step(sample, state, recode, mostCells);
      if (!next) continue;
      const added = next.cells - state.cells;
      const score = state.entropy - next.entropy - added * perCell;
      if (score <= 0) continue;
      paying.push(name);
      if (best === null || score > best.score) best = { name, next, score };
    }
    if (best === null) break;
    open = paying.filter((name) => name !== best.name);
    accept(best.name, best.next);
  }
  return { parents, bits };
}

/** Every n-th row, of which those that are asked. */
function sampleOf(columns, field) {
  const { index, asked, values } = columns.node[field];
  const every = Math.max(1, Math.floor(columns.n / sampleSize));
  const picked = Array.from({ length: Math.floor(columns.n / every) }, (_, at) => at * every);
  const rows = Int32Array.from(picked.filter((r) => asked[r] === 1));
  const weight = Float64Array.from(rows, (r) => columns.weight[r]);
  const gathered = new Map();
  const indexOf = (other) => {
    if (!gathered.has(other))
      gathered.set(
        other,
        Uint16Array.from(rows, (r) => columns.node[other].index[r]),
      );
    return gathered.get(other);
  };
  return { rows, weight, index: indexOf, value: Uint16Array.from(rows, (r) => index[r]), size: values.length };
}

function step(sample, state, recode, cells) {
  if (state.contexts * recode.size * sample.size > largestTable) return null;
  const index = sample.index(recode.of);
  const context = new Int32Array(sample.rows.length);
  for (let at = 0; at < context.length; at++) {
    context[at] = state.context[at] * recode.size + recode.classes[index[at]];
  }
  const next = measure(sample, context);
  return next.cells > cells ? null : { context, ...next };
}

// Kept between calls and cleared where they were touched: allocating them anew takes longer than counting.
const joint = new Float64Array(largestTable);
const whole = new Float64Array(largestTable);
const jointUsed = new Int32Array(2 * sampleSize);
const wholeUsed = new Int32Array(2 * sampleSize);

/** Entropy of the variable given its context in bits, with how many contexts and cells occur. */
function measure({ weight, value, size }, context) {
  let cells = 0;
  let contexts = 0;
  let total = 0;
  for (let at = 0; at < value.length; at++) {
    const here = context[at];
    const cell = here * size + value[at];
    if (joint[cell] === 0) jointUsed[cells++] = cell;
    if (whole[here] === 0) wholeUsed[contexts++] = here;
    joint[cell] += weight[at];
    whole[here] += weight[at];
    total += weight[at];
  }
  const sum = takeOut(joint, jointUsed, cells) - takeOut(whole, wholeUsed, contexts);
  return { entropy: -sum / total, cells, contexts };
}

/** Σ w log2 w of the used places, which are set back to 0. */
function takeOut(table, used, count) {
  let sum = 0;
  for (let at = 0; at < count; at++) {
    const w = table[used[at]];
    sum += w * Math.log2(w);
    table[used[at]] = 0;
  }
  return sum;
}

function renumbered(context) {
  const seen = new Map();
  const dense = new Int32Array(context.length);
  for (let row = 0; row < context.length; row++) {
    const at = seen.get(context[row]) ?? seen.size;
    seen.set(context[row], at);
    dense[row] = at;
  }
  return { context: dense, contexts: seen.size };
}
