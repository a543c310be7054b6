/** A cell rests on at least so many sampled persons … */
export const fewestInCell = 5;
/** … and a context, unless it is a forced one, on so many. */
const fewestInContext = 60;
const sets = 3;
/** Factor of BIC's price of a number in a context. */
const price = 0.5;

/**
 * The conditional table of one variable, as a tree of contexts. A context is a list of classes of the first few parents,
 * `''` for none or `3.0.12`; a longer one tells more. For each that is kept: pairs of value index and weight, then the
 * weight of `the rest`: values that fewer than `fewestInCell` people have. These are drawn from the next shorter context,
 * without the values named. Contexts of the forced parents have no rest: what is rarer there never comes up.
 *
 * A context is left out where it has too few people, or where it hardly differs from the shorter one: it must save at
 * least `price` × log2(n)/2 bits over its people for each number in it.
 *
 * @param columns of `columnsOf`; `parents` of `selectParents`
 * @param options `forced`: how many of the parents are
 * @returns `{values: string[], contexts: {context: number[]}}`
 */
export function contextTables(columns, field, parents, { forced }) {
  const { values, index, asked } = columns.node[field];
  const cells = countCells(columns, { index, asked, size: values.length }, parents);
  const tree = {
    size: values.length,
    depth: parents.length,
    forced,
    perNumber: (price * Math.log2(columns.n)) / 2,
    contexts: {},
  };
  const from = forced === 0 ? 0 : -1;
  describe(tree, cells, { path: [], from: 0, to: cells.length, base: null, start: from });
  return { values, contexts: tree.contexts };
}

/** Weighted and plain counts of every combination that occurs, sorted by parents' classes, then value. */
function countCells(columns, { index, asked, size }, parents) {
  const recodes = parents.map((name) => columns.recode[name]);
  const indexes = recodes.map(({ of }) => columns.node[of].index);
  const slots = new Map();
  const cells = [];
  for (let r = 0; r < columns.n; r++) {
    if (asked[r] === 0) continue;
    let key = 0;
    for (let p = 0; p < recodes.length; p++) key = key * recodes[p].size + recodes[p].classes[indexes[p][r]];
    key = key * size + index[r];
    let cell = slots.get(key);
    if (cell === undefined) {
      cell = {
        key,
        value: index[r],
        path: recodes.map(({ classes }, p) => classes[indexes[p][r]]),
        weight: 0,
        people: [0, 0, 0],
      };
      slots.set(key, cell);
      cells.push(cell);
    }
    cell.weight += columns.weight[r];
    cell.people[columns.set[r]]++;
  }
  return cells.sort((a, b) => a.key - b.key);
}

/**
 * Donors also stand for themselves, so a person can be in two sets of rows. The largest set holds different persons only.
 */
const persons = (people) => Math.max(...people);

/** Puts the contexts below `path` into the tree. @returns true if any was kept */
function describe(tree, cells, { path, from, to, base }) {
  const depth = path.length;
  const own = depth < tree.forced ? null : distributionOf(tree, cells, { from, to, base, depth });
  if (own === undefined) return false;
  let kept = false;
  if (depth < tree.depth) {
    for (let at = from; at < to; ) {
      const label = cells[at].path[depth];
      let end = at + 1;
      while (end < to && cells[end].path[depth] === label) end++;
      kept = describe(tree, cells, { path: [...path, label], from: at, to: end, base: own?.shares ?? null }) || kept;
      at = end;
    }
  }
  if (own === null) return kept;
  if (!kept && depth > tree.forced && own.saved < tree.perNumber * own.numbers.length) return false;
  tree.contexts[path.join('.')] = own.numbers;
  return true;
}

/** Undefined for too few people; else the numbers to write, the shares they stand for, and the bits they save. */
function distributionOf(tree, cells, { from, to, base, depth }) {
  const weight = new Float64Array(tree.size);
  const people = new Uint32Array(tree.size * sets);
  const all = [0, 0, 0];
  for (let at = from; at < to; at++) {
    weight[cells[at].value] += cells[at].weight;
    cells[at].people.forEach((count, set) => {
      people[cells[at].value * sets + set] += count;
      all[set] += count;
    });
  }
  const support = persons(all);
  if (depth > tree.forced && support < fewestInContext) return undefined;
  const enough = (value) => persons(people.subarray(value * sets, value * sets + sets)) >= fewestInCell;
  const named = Array.from(weight.keys()).filter((value) => weight[value] > 0 && enough(value));
  if (named.length === 0) return undefined;
  const total = weight.reduce((a, b) => a + b, 0);
  const namedTotal = named.reduce((sum, value) => sum + weight[value], 0);
  const restShare = depth === tree.forced ? 0 : Math.max(0, 1 - namedTotal / total);
  const scale = depth === tree.forced ? namedTotal : total;
  const parts = wholeNumbers([...named.map((value) => weight[value] / scale), restShare], resolution(support));
  const rest = parts.pop();
  const numbers = named.flatMap((value, at) => (parts[at] > 0 ? [value, parts[at]] : []));
  const shares = sharesOf([...numbers, rest], base, tree.size);
  if (!shares) return undefined;
  let saved = 0;
  if (base)
    for (let v = 0; v < tree.size; v++)
      if (shares[v] > 0) saved += shares[v] * Math.log2(shares[v] / Math.max(base[v], 1e-9));
  return { numbers: [...numbers, rest], shares, saved: saved * support };
}

const resolution = (support) => Math.min(100_000, Math.max(1000, 10 ** Math.ceil(Math.log10(support * 3))));

/** Shares as whole numbers that add up to `total`, by largest remainders. */
export function wholeNumbers(shares, total) {
  const floors = shares.map((share) => Math.floor(share * total));
  const left = total - floors.reduce((a, b) => a + b, 0);
  const order = shares.map((share, at) => [share * total - floors[at], at]).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  for (const [, at] of order.slice(0, left)) floors[at]++;
  return floors;
}

/** What the numbers of a context mean, given the shares of the next shorter one; undefined if the rest has nowhere to go. */
function sharesOf(numbers, base, size) {
  const shares = new Float64Array(size);
  const rest = numbers.at(-1);
  let total = rest;
  for (let at = 0; at + 1 < numbers.length; at += 2) total += shares[numbers[at]] = numbers[at + 1];
  let open = 0;
  if (rest > 0) for (let v = 0; v < size; v++) if (shares[v] === 0) open += base?.[v] ?? 0;
  if (rest > 0 && open === 0) return undefined;
  for (let v = 0; v < size; v++) {
    if (shares[v] > 0) shares[v] /= total;
    else if (rest > 0) shares[v] = ((base?.[v] ?? 0) / open) * (rest / total);
  }
  return shares;
}
