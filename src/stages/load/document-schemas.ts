import Type from 'typebox';
import { configDocument, reporterEntry } from '../../contract/documents/config-document.js';
import { evalDocument, metricEntry } from '../../contract/documents/eval-document.js';
import { graderDocument, graderEntry, graderUse } from '../../contract/documents/grader-document.js';
import {
  inlinePeople,
  inlinePersonas,
  peopleList,
  personasDocument,
} from '../../contract/documents/personas-document.js';
import { inlinePrompts, itemList, promptsDocument } from '../../contract/documents/prompts-document.js';
import { providerDocument } from '../../contract/documents/provider-document.js';
import type { Registry } from '../../contract/registry.js';
import { type JsonSchema, withKinds } from './kind-schema.js';

/** Types of document, by the key that tells them apart. */
export const DOCUMENT_KEYS = {
  eval: 'eval',
  run: 'config',
  provider: 'provider',
  personas: 'personas',
  prompts: 'prompts',
  grader: 'grader',
} as const;

/** A type of document. */
export type DocumentType = (typeof DOCUMENT_KEYS)[keyof typeof DOCUMENT_KEYS];

const file = (what: string): JsonSchema => ({
  type: 'string',
  minLength: 1,
  description: `${what}, relative to this file.`,
});

/** JSON Schemas of all documents; of a grader after its file was merged in; of a persona set in place. */
export type DocumentSchemas = { [type in DocumentType | 'graderEntry' | 'graderUse' | 'inlinePersonas']: JsonSchema };

const built = new WeakMap<Registry, DocumentSchemas>();

/**
 * The schemas that loading checks with, built once for a registry. Evals in place and graders are mappings to them: those
 * are checked apart, with the schemas of their own, so that each schema is compiled once.
 */
export function documentSchemas(registry: Registry): DocumentSchemas {
  const known = built.get(registry);
  if (known !== undefined) return known;
  const schemas = buildSchemas(registry, { type: 'object' });
  built.set(registry, schemas);
  return schemas;
}

/** The same schemas with everything in place, for editors. */
export function editorSchemas(registry: Registry): DocumentSchemas {
  return buildSchemas(registry, undefined);
}

/** @param apart stands for what is checked apart; undefined: nothing is. */
function buildSchemas(registry: Registry, apart: JsonSchema | undefined): DocumentSchemas {
  const personaKinds = [
    { kind: 'inline', options: inlinePeople },
    ...registry.personas.filter((one) => one.kind !== 'inline'),
  ];
  const inlineDefault = { defaultKind: 'inline' };
  const provider = withKinds(providerDocument, registry.providers);
  const fullGrader = withKinds(graderEntry, registry.graders);
  const inPlace = withKinds(inlinePersonas, personaKinds, inlineDefault);
  const personas = [file('Persona set file'), peopleList, inPlace];
  const evalSchema = evalSchemaOf(registry, { grader: apart ?? entryOrUse(fullGrader), personas });
  return {
    eval: evalSchema,
    config: configSchemaOf(registry, apart ?? evalSchema, provider),
    provider,
    personas: withKinds(personasDocument, personaKinds, inlineDefault),
    prompts: plain(promptsDocument),
    grader: withKinds(graderDocument, registry.graders, { partial: true }),
    graderEntry: fullGrader,
    graderUse: plain(graderUse),
    inlinePersonas: inPlace,
  };
}

/** With `use`, the keys of the kind come from the file: only the two together can be checked. */
function entryOrUse(fullGrader: JsonSchema): JsonSchema {
  return {
    type: 'object',
    if: { required: ['use'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: plain(graderUse),
    else: fullGrader,
  };
}

function evalSchemaOf(registry: Registry, places: { grader: JsonSchema; personas: unknown[] }): JsonSchema {
  const { properties } = evalDocument;
  return {
    ...plain(evalDocument),
    properties: {
      ...properties,
      items: { ...properties.items, anyOf: [file('Prompt suite file'), itemList, inlinePrompts] },
      personas: { ...properties.personas, anyOf: places.personas },
      graders: { ...properties.graders, items: places.grader },
      metrics: { ...properties.metrics, items: withKinds(metricEntry, registry.metrics) },
    },
  };
}

function configSchemaOf(registry: Registry, evalSchema: JsonSchema, provider: JsonSchema): JsonSchema {
  const { properties } = configDocument;
  const anyProvider = { anyOf: [{ type: 'string', minLength: 1, description: 'Id or file of a provider.' }, provider] };
  const reportKinds = Type.Enum(registry.reporters.map((one) => one.kind));
  const report = { anyOf: [{ type: 'string', ...reportKinds }, withKinds(reporterEntry, registry.reporters)] };
  return {
    ...plain(configDocument),
    properties: {
      ...properties,
      run: { ...properties.run, anyOf: [file('Eval file'), evalSchema] },
      providers: { ...properties.providers, items: anyProvider },
      roles: { ...properties.roles, ...patternOf(properties.roles, anyProvider) },
      reports: { ...properties.reports, items: report },
    },
  };
}

/** The record schema's values take another schema. */
function patternOf(record: unknown, values: JsonSchema): JsonSchema {
  const pattern = Object.keys((record as { patternProperties: object }).patternProperties)[0]!;
  return { patternProperties: { [pattern]: values } };
}

const plain = (schema: unknown): JsonSchema => ({ ...(schema as JsonSchema) });
