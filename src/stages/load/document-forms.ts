import { chainDocument } from '../../contract/documents/chain-document.js';
import { configDocument } from '../../contract/documents/config-document.js';
import { evalDocument, extendingEval } from '../../contract/documents/eval-document.js';
import type { Registry } from '../../contract/registry.js';
import type { JsonSchema } from './kind-schema.js';

/** Schemas of what stands in an eval in place: a stand-in where that is checked apart. */
export interface EvalPlaces {
  itemList: JsonSchema;
  inlinePrompts: JsonSchema;
  peopleList: JsonSchema;
  inlinePersonas: JsonSchema;
  step: JsonSchema;
  grader: JsonSchema;
  metric: JsonSchema;
  filter: JsonSchema;
  relation: JsonSchema;
}

/** The same of a config. */
export interface ConfigPlaces {
  eval: JsonSchema;
  provider: JsonSchema;
  reporter: JsonSchema;
}

/** The schema of an eval; with `extending`, of one that takes keys from another. */
export function evalForm(places: EvalPlaces, extending = false): JsonSchema {
  const document = extending ? extendingEval : evalDocument;
  const { properties } = document;
  return {
    ...plain(document),
    properties: {
      ...properties,
      items: { ...properties.items, anyOf: [file('Prompt suite file'), places.itemList, places.inlinePrompts] },
      personas: { ...properties.personas, anyOf: [file('Persona set file'), places.peopleList, places.inlinePersonas] },
      steps: { ...properties.steps, items: places.step },
      graders: { ...properties.graders, items: places.grader },
      relations: { ...properties.relations, items: places.relation },
      metrics: { ...properties.metrics, items: places.metric },
      pairs: pairsForm(properties.pairs, places.filter),
    },
  };
}

/** The schema of `pairs`, whose filters take another one. */
function pairsForm(pairs: typeof evalDocument.properties.pairs, filter: JsonSchema): JsonSchema {
  const { properties } = pairs;
  return { ...plain(pairs), properties: { ...properties, filters: { ...properties.filters, items: filter } } };
}

/** The schema of a config. */
export function configForm(registry: Registry, places: ConfigPlaces): JsonSchema {
  const { properties } = configDocument;
  const provider = {
    anyOf: [{ type: 'string', minLength: 1, description: 'Id or file of a provider.' }, places.provider],
  };
  const report = { anyOf: [{ type: 'string', enum: registry.reporters.map((one) => one.kind) }, places.reporter] };
  return {
    ...plain(configDocument),
    properties: {
      ...properties,
      run: { ...properties.run, anyOf: [file('Eval file'), places.eval] },
      providers: { ...properties.providers, items: provider },
      roles: { ...properties.roles, ...patternOf(properties.roles, provider) },
      reports: { ...properties.reports, items: report },
    },
  };
}

/** The schema of a chain. */
export function chainForm(places: { stage: JsonSchema }): JsonSchema {
  const { properties } = chainDocument;
  return {
    ...plain(chainDocument),
    properties: { ...properties, stages: { ...properties.stages, ...patternOf(properties.stages, places.stage) } },
  };
}

const file = (what: string): JsonSchema => ({
  type: 'string',
  minLength: 1,
  description: `${what}, relative to this file.`,
});

/** The record schema's values take another schema. */
function patternOf(record: unknown, values: JsonSchema): JsonSchema {
  const pattern = Object.keys((record as { patternProperties: object }).patternProperties)[0]!;
  return { patternProperties: { [pattern]: values } };
}

/** A schema as plain data. */
export const plain = (schema: unknown): JsonSchema => ({ ...(schema as JsonSchema) });
