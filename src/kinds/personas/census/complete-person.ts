import type { Json } from '../../../contract/json.js';
import { KeyedRandom } from '../../../lib/rng.js';
import { ATTRIBUTES, PSYCHOGRAPHICS } from './attribute-order.js';
import { BigFive } from './big-five.js';
import { DataNode } from './data-node.js';
import { type Cell, fitTotals, readCells } from './fit-totals.js';
import { PROVENANCE_KEYS, type Provenance, RateTable, readProvenance } from './rate-table.js';
import { ComposedText, type Composer, ListedText, PersonalTime, PoliticalViews } from './written-texts.js';

/** The files of `evals/shared/personas` that a completer reads. */
export const SHARED_FILES = [
  'rates.yaml',
  'big-five.yaml',
  'political-views.yaml',
  'personal-time.yaml',
  'lifestyle.yaml',
  'quirks.yaml',
  'mannerisms.yaml',
] as const;

/** Name of a shared file → its text. */
export type SharedData = { [file in (typeof SHARED_FILES)[number]]: string };

/** Gives people what a census does not ask, from published rates and lists of our own. */
export interface Completer {
  /**
   * A person's attributes in the paper's order: those of the census as they are, and every other one that is known of.
   *
   * @param census what is known; an attribute of it is never drawn again
   * @param random the person's own stream, e.g. `new KeyedRandom(seed, 'person', id)`: it alone decides what is drawn
   */
  complete(census: { [attribute: string]: Json }, random: KeyedRandom): { [attribute: string]: Json };
  /** Attributes for which there is no figure to draw by → why. They are left out where the census does not give them. */
  absent: { [attribute: string]: string };
  /** The tables of rates, for those who check draws against them. */
  rates: RateTable[];
  /** Attribute → where its rates come from. */
  sources: { [attribute: string]: Provenance };
}

/** What draws an attribute, or a fact that only other draws read (a name that is none of the 33). */
interface Step {
  attribute: string;
  by: Composer;
}

/**
 * Reads the shared data once; completing a person is fast then.
 * @throws EvalrunError, or an AggregateError of several, for a data file that is not sound, with its place
 */
export function createCompleter(files: SharedData): Completer {
  const { tables, absent } = DataNode.read('rates.yaml', files['rates.yaml'], readRates);
  const read = <Result>(file: keyof SharedData, reader: (root: DataNode) => Result) =>
    DataNode.read(file, files[file], reader);
  const steps: Step[] = [
    ...tables.map((table) => ({ attribute: table.attribute, by: table })),
    { attribute: 'political views', by: read('political-views.yaml', (root) => new PoliticalViews(root)) },
    { attribute: 'big five scores', by: read('big-five.yaml', (root) => new BigFive(root)) },
    { attribute: 'defining quirks', by: read('quirks.yaml', (root) => new ListedText(root)) },
    { attribute: 'mannerisms', by: read('mannerisms.yaml', (root) => new ListedText(root)) },
    { attribute: 'personal time', by: read('personal-time.yaml', (root) => new PersonalTime(root)) },
    { attribute: 'lifestyle', by: read('lifestyle.yaml', (root) => new ComposedText(root)) },
  ];
  return {
    complete: (census, random) => complete(steps, census, random),
    absent: Object.fromEntries(absent),
    rates: tables,
    sources: Object.fromEntries(tables.map(({ attribute, provenance }) => [attribute, provenance])),
  };
}

function complete(steps: Step[], census: { [attribute: string]: Json }, random: KeyedRandom): { [a: string]: Json } {
  // A stream for each attribute, so that a change in one attribute's table leaves all others as they were.
  const seed = Math.floor(random.uniform() * 2 ** 48);
  const person: { [attribute: string]: Json | undefined } = { ...census };
  for (const { attribute, by } of steps) {
    if (person[attribute] === undefined) person[attribute] = by.draw(person, new KeyedRandom(seed, attribute));
  }
  const ordered: { [attribute: string]: Json } = {};
  for (const attribute of ATTRIBUTES) {
    const value = person[attribute];
    if (value !== undefined) ordered[attribute] = value;
  }
  for (const attribute in census) ordered[attribute] ??= census[attribute]!;
  return ordered;
}

function readRates(root: DataNode): { tables: RateTable[]; absent: [string, string][] } {
  root.entries(['tables', 'absent', 'population', 'note']);
  const tables = (root.required('tables')?.items() ?? []).map((node) => new RateTable(node));
  fitTotals(tables, readPopulation(root.optional('population')));
  const absent = (root.optional('absent')?.entries() ?? []).map(([attribute, why]): [string, string] => {
    if (!ATTRIBUTES.some((known) => known === attribute)) why.fail('WRONG_VALUE', `${attribute} is no attribute`);
    if (PSYCHOGRAPHICS.includes(attribute)) why.fail('WRONG_VALUE', `${attribute} is drawn, so it cannot be absent`);
    return [attribute, why.text()];
  });
  return { tables, absent };
}

function readPopulation(node: DataNode | undefined): Cell[] {
  if (node === undefined) return [];
  node.entries(['cells', ...PROVENANCE_KEYS]);
  readProvenance(node);
  return readCells(node.required('cells'));
}
