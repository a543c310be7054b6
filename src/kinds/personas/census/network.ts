import type { Population } from '../../../contract/population.js';
import { EvalrunError } from '../../../contract/problem.js';
import { readPopulation, type WrittenPopulation } from './written-population.js';

/** Who is asked: people whose value of `of` is among `in`, not among `not`, or a number from `from` and below `below`. */
export interface Asked {
  of: string;
  in?: string[];
  not?: string[];
  from?: number;
  below?: number;
}

/** One variable's conditional table. Values are PUMS codes, '' where a question does not apply. */
export interface NetworkNode {
  field: string;
  /** True: not a PUMS field, only there to carry an association between others. */
  helper?: boolean;
  /** Everybody else has the value `outside`. Absent: everybody is asked. */
  universe?: Asked[];
  outside?: string;
  values: string[];
  /** Recodes; the classes of the first of them make up a context. */
  parents: string[];
  /** So many of the parents are always in a context. */
  forced: number;
  /** Context (`''`, `3`, `3.0` …) → index of a value and its weight in turn, then the weight of the shorter context. */
  contexts: { [context: string]: number[] };
}

/** Classes of a variable's values, as they serve as parents. */
export interface Recode {
  of: string;
  /** Class of each value, in the order of the variable's values. */
  classes: number[];
}

/** Conditional tables of a population, in an order in which each variable depends on earlier ones only. */
export interface Network {
  id: string;
  version: string;
  title: string;
  source: string;
  licence: string;
  recodes: { [name: string]: Recode };
  nodes: NetworkNode[];
  /** Labels of INDP and OCCP codes. */
  labels: { industry: { [code: string]: string }; occupation: { [code: string]: string } };
  population: Population;
  adults: Population;
}

type Written = Omit<Network, 'population' | 'adults'> & { population: WrittenPopulation; adults: WrittenPopulation };

/**
 * Reads a file of tables and checks it whole: known parents, classes and values, and weights that mean a distribution.
 * @throws EvalrunError BAD_CENSUS_TABLES with the first fault
 */
export function readNetwork(text: string, file: string): Network {
  const written = parse(text, file);
  const known = new Map<string, NetworkNode>();
  try {
    for (const node of written.nodes) {
      checkNode(node, written, known);
      known.set(node.field, node);
    }
    const population = readPopulation(written.population);
    return { ...written, population, adults: readPopulation(written.adults) };
  } catch (cause) {
    if (cause instanceof EvalrunError) throw cause;
    // Whatever else is wrong with the shape of the file ends here too.
    throw fault(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

const place = (file: string) => ({ file, line: 1, column: 1 });

function fault(file: string, why: string, cause?: unknown): EvalrunError {
  const hint = 'make the file with scripts/census/build-tables.mjs, or leave the option tables out';
  return new EvalrunError('BAD_CENSUS_TABLES', `${file} does not hold sound census tables: ${why}`, {
    where: place(file),
    hint,
    cause,
  });
}

function parse(text: string, file: string): Written {
  let written: unknown;
  try {
    written = JSON.parse(text);
  } catch (cause) {
    throw fault(file, 'it is not JSON', cause);
  }
  const keys = ['id', 'version', 'title', 'source', 'licence', 'recodes', 'nodes', 'labels', 'population', 'adults'];
  const missing = keys.filter((key) => typeof written !== 'object' || written === null || !Object.hasOwn(written, key));
  if (missing.length > 0) throw fault(file, `it has no ${missing.join(', ')}`);
  return written as Written;
}

function checkNode(node: NetworkNode, { recodes }: Written, known: ReadonlyMap<string, NetworkNode>): void {
  const { field, values, parents, forced, contexts, universe = [], outside = '' } = node;
  const say = (why: string): never => {
    throw new Error(`${field}: ${why}`);
  };
  if (new Set(values).size !== values.length || values.length === 0) say('values that are not all different');
  if (universe.length > 0 && !values.includes(outside))
    say(`"${outside}", the value of those not asked, is not listed`);
  for (const { of } of universe) if (!known.has(of)) say(`who is asked depends on ${of}, which is not drawn before`);
  for (const name of parents) {
    const recode = recodes[name] ?? say(`no recode ${name}`);
    const parent = known.get(recode.of) ?? say(`its parent ${recode.of} is not drawn before`);
    if (recode.classes.length !== parent.values.length) say(`recode ${name} does not fit the values of ${recode.of}`);
    if (!recode.classes.every((one) => Number.isInteger(one) && one >= 0)) say(`recode ${name} has classes below 0`);
  }
  if (forced > parents.length) say('more forced parents than parents');
  for (const [context, numbers] of Object.entries(contexts)) {
    const depth = context === '' ? 0 : context.split('.').length;
    if (depth < forced || depth > parents.length) say(`context "${context}" is of a wrong length`);
    if (!isDistribution(numbers, values.length, depth > forced)) say(`context "${context}" is no distribution`);
  }
}

/** Pairs of a value and a weight above 0, then what is left for the shorter context, which forced contexts have not. */
function isDistribution(numbers: readonly number[], values: number, mayHaveRest: boolean): boolean {
  if (numbers.length % 2 !== 1 || numbers.length < 3) return false;
  const rest = numbers.at(-1)!;
  if (!Number.isInteger(rest) || rest < 0 || (rest > 0 && !mayHaveRest)) return false;
  let before = -1;
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    const value = numbers[at]!;
    const weight = numbers[at + 1]!;
    if (!Number.isInteger(value) || value <= before || value >= values) return false;
    if (!Number.isInteger(weight) || weight <= 0) return false;
    before = value;
  }
  return true;
}
