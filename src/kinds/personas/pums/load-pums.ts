import path from 'node:path';
import type { JsonObject } from '../../../contract/json.js';
import type { PersonaContext, PersonaDraw } from '../../../contract/persona-kind.js';
import { readTexts } from '../../../tables/read-texts.js';
import { censusAttributes } from '../census/attributes-of.js';
import { type Completer, createCompleter, SHARED_FILES } from '../census/complete-person.js';
import type { PumsRecord } from '../census/pums-record.js';
import { type Rule, readRules } from '../census/rules.js';
import { assemblePeople, spares } from './assemble-people.js';
import { AttributeTally } from './attribute-tally.js';
import { CodePool } from './code-pool.js';
import { absentAttributes, factsOf, type Source } from './draw-facts.js';
import { drawRows } from './draw-rows.js';
import { fieldSources } from './field-sources.js';
import { findFiles } from './find-files.js';
import { Households } from './households.js';
import { checkCodes } from './known-codes.js';
import { PopulationCounter } from './population-counter.js';
import { ProblemList } from './problem-list.js';
import { type PumsOptions, readPumsOptions } from './pums-options.js';
import { noLabels, readDictionary } from './read-dictionary.js';
import { readPeople } from './read-people.js';
import { type WeighedPeople, weighPeople } from './weigh-people.js';

/**
 * Reads the files twice, some rows at a time: weights and households first, then the population and the drawn people.
 * @throws EvalrunError, or an AggregateError of several; see docs/errors.md, Census files
 */
export async function loadPums(raw: JsonObject, context: PersonaContext): Promise<PersonaDraw> {
  const options = readPumsOptions(raw);
  const source = await openSource(options, context.folder);
  const { completer, rules } = await readShared(context.shippedFolder);
  const { households, rows: housingRows } = await readHousing(source);
  const { year, adultsOnly, n, seed } = options;
  const weighed = await weighPeople(source.people, {
    households,
    hasHousing: source.housing !== null,
    year,
    adultsOnly,
  });
  const derivesChildren =
    source.fields.lacking.has('HUPAC') && source.fields.housing.includes('HHT') && households.areComplete();
  const drawn = drawRows(weighed, n + spares(n), seed);
  const counted = await countPeople(source, { weighed, households, derivesChildren, drawn });
  const unknown = counted.tallies.filter((tally) => !tally.isKnown).map((tally) => tally.name);
  const { people, rejected } = assemblePeople(counted.records, n, {
    labels: source.labels,
    leftOut: new Set(unknown),
    completer,
    rules,
    psychographics: options.psychographics,
    seed,
    year,
  });
  const count = source.people.length === 1 ? '1 person file' : `${source.people.length} person files`;
  const title = `ACS PUMS ${year}, people${adultsOnly ? ' of 18 and more' : ''} in ${count}`;
  const facts = { title, source: `${title}, by PWGTP`, total: weighed.total, n: weighed.effective };
  const found = { weighed, housingRows, derivesChildren, wide: counted.counter.wide, unknown, completer };
  return {
    people,
    facts: await factsOf(source, found),
    rejected,
    absent: absentAttributes(source, found),
    population: counted.counter.population(facts),
  };
}

async function openSource(options: PumsOptions, folder: string): Promise<Source> {
  const people = await findFiles(options.person, folder, 'person');
  const housing = options.housing === null ? null : await findFiles(options.housing, folder, 'housing');
  const given = options.dictionary;
  const dictionary = given === null ? null : await readDictionary(path.resolve(folder, given), given);
  const fields = fieldSources(people, housing);
  const names = [...fields.person, ...fields.housing, 'HUPAC'];
  const pools = new Map(names.map((field) => [field, new CodePool(field, options.year)]));
  return { options, people, housing, fields, pools, dictionary, labels: dictionary?.labels ?? noLabels };
}

async function readShared(shippedFolder: string): Promise<{ completer: Completer; rules: Rule[] }> {
  const folder = path.join(shippedFolder, 'evals', 'shared', 'personas');
  const texts = await readTexts(folder, [...SHARED_FILES, 'rules.yaml']);
  return { completer: createCompleter(texts), rules: readRules(texts['rules.yaml']) };
}

async function readHousing(source: Source): Promise<{ households: Households; rows: number[] }> {
  const pools = new Map(source.fields.housing.map((field) => [field, source.pools.get(field) as CodePool]));
  const households = new Households(pools);
  const problems = new ProblemList();
  const rows: number[] = [];
  for (const file of source.housing ?? []) {
    const count = await households.read(file, problems);
    const where = { file: file.file, line: 1, column: 1 };
    if (count === 0) problems.add('EMPTY_DOCUMENT', 'the file has no households', { where });
    rows.push(count);
  }
  problems.throwIfAny('housing files');
  return { households, rows };
}

interface Counting {
  weighed: WeighedPeople;
  households: Households;
  derivesChildren: boolean;
  drawn: Uint32Array;
}

/** The second reading: the population, and the drawn people's records in the order of the draws. */
async function countPeople(source: Source, counting: Counting) {
  const { fields, pools } = source;
  const readable = new Set([...fields.person, ...fields.housing, ...(counting.derivesChildren ? ['HUPAC'] : [])]);
  const tallies = censusAttributes
    .filter(({ needs }) => needs.every((field) => readable.has(field)))
    .map((attribute) => {
      const own = [...attribute.needs, ...(attribute.uses ?? [])].filter((field) => readable.has(field));
      return new AttributeTally(
        attribute,
        own.map((field) => pools.get(field) as CodePool),
        source.labels,
      );
    });
  const counter = new PopulationCounter(tallies);
  const records = await readPeople({
    people: source.people,
    weighed: counting.weighed,
    households: counting.households,
    personFields: fields.person,
    householdFields: fields.housing,
    derivesChildren: counting.derivesChildren,
    pools,
    counter,
    attributeFields: tallies.map((tally) => tally.fields),
    wanted: counting.drawn,
  });
  checkCodes(pools.values(), source.dictionary, source.options.year);
  const inOrder = Array.from(counting.drawn, (row) => records.get(row) as PumsRecord);
  return { tallies, counter, records: inOrder };
}
