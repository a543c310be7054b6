import path from 'node:path';
import type { JsonObject } from '../../contract/json.js';
import type { PersonaContext, PersonaDraw, PersonaKind } from '../../contract/persona-kind.js';
import type { Population } from '../../contract/population.js';
import { EvalrunError } from '../../contract/problem.js';
import { fileDigest } from '../../tables/own-file.js';
import { readTexts } from '../../tables/read-texts.js';
import { assembleCensusPeople } from './census/assemble-census-people.js';
import { ATTRIBUTES, PSYCHOGRAPHICS } from './census/attribute-order.js';
import type { CodeLabels } from './census/attributes-of.js';
import { type CensusOptions, censusOptions, readCensusOptions } from './census/census-options.js';
import { type Completer, createCompleter, SHARED_FILES } from './census/complete-person.js';
import { RecordDraw } from './census/draw-records.js';
import { type Network, readNetwork } from './census/network.js';
import { readRules } from './census/rules.js';

const shippedTables = 'us-2024.json';

/**
 * Residents of the United States without any file of census records: drawn from conditional tables that ship with evalrun
 * (see `evals/shared/census/README.md`), given what no census asks from published rates, and held to the consistency rules.
 * Draws that break a rule are counted and drawn anew.
 */
export const census: PersonaKind = { kind: 'census', options: censusOptions, load };

async function load(raw: JsonObject, { folder, shippedFolder }: PersonaContext): Promise<PersonaDraw> {
  const options = readCensusOptions(raw);
  const shared = path.join(shippedFolder, 'evals', 'shared');
  const file =
    options.tables === null ? path.join(shared, 'census', shippedTables) : path.resolve(folder, options.tables);
  const name = options.tables ?? shippedTables;
  const texts = await readTexts(path.dirname(file), [path.basename(file)]);
  const text = texts[path.basename(file)]!;
  const network = readNetwork(text, name);
  checkStates(network, options);
  const written = await readTexts(path.join(shared, 'personas'), [...SHARED_FILES, 'rules.yaml']);
  const completer = createCompleter(written);
  const { people, rejected } = assembleCensusPeople(options.n, {
    draw: new RecordDraw(network, { n: options.n, seed: options.seed, filter: options }),
    labels: labelsOf(network),
    completer,
    rules: readRules(written['rules.yaml']),
    psychographics: options.psychographics,
    seed: options.seed,
  });
  return {
    people,
    facts: factsOf(options, network, { name: path.basename(file), sha256: await fileDigest(file), completer }),
    rejected,
    absent: absentOf(people[0]!.attributes, options, completer),
    population: populationOf(network, options),
  };
}

function checkStates({ nodes }: Network, { states }: CensusOptions): void {
  const known = nodes.find(({ field }) => field === 'STATE')?.values ?? [];
  const unknown = (states ?? []).filter((code) => !known.includes(code));
  if (unknown.length === 0) return;
  throw new EvalrunError('WRONG_VALUE', `the tables have no state ${unknown.join(', ')}`, {
    hint: `STATE codes: ${known.join(', ')}`,
  });
}

function labelsOf({ labels }: Network): CodeLabels {
  return { industry: (code) => labels.industry[code], occupation: (code) => labels.occupation[code] };
}

function factsOf(
  options: CensusOptions,
  network: Network,
  { name, sha256, completer }: { name: string; sha256: string; completer: Completer },
): JsonObject {
  const { id, version, title, source, licence } = network;
  const fromRates = Object.entries(completer.sources).filter(([attribute]) => !PSYCHOGRAPHICS.includes(attribute));
  return {
    seed: options.seed,
    adultsOnly: options.adultsOnly,
    states: options.states ?? 'all',
    psychographics: options.psychographics,
    tables: { file: name, id, version, title, source, licence, sha256 },
    fromRates: Object.fromEntries(fromRates.map(([attribute, provenance]) => [attribute, provenance.source])),
  };
}

/** Attributes that nobody can have → why. */
function absentOf(
  first: { [attribute: string]: unknown },
  { psychographics }: CensusOptions,
  completer: Completer,
): { [attribute: string]: string } {
  const absent: { [attribute: string]: string } = {};
  for (const attribute of ATTRIBUTES) {
    if (PSYCHOGRAPHICS.includes(attribute)) {
      if (psychographics === 'none') absent[attribute] = 'left out by the option psychographics: none';
    } else if (first[attribute] === undefined && completer.sources[attribute] === undefined) {
      const why = completer.absent[attribute] ?? 'there are no rates for it';
      absent[attribute] = `the microdata behind the tables have no column for it; ${why}`;
    }
  }
  return absent;
}

/** Shares are kept of the whole country only: for some states nothing is known that a draw could be held against. */
function populationOf({ population, adults }: Network, { states, adultsOnly }: CensusOptions): Population | null {
  if (states !== null) return null;
  return adultsOnly ? adults : population;
}
