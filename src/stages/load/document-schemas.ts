import { reporterEntry } from '../../contract/documents/config-document.js';
import { filterEntry, metricEntry } from '../../contract/documents/eval-document.js';
import { graderDocument, graderEntry, graderUse } from '../../contract/documents/grader-document.js';
import {
  inlinePeople,
  inlinePersonas,
  peopleList,
  personasDocument,
} from '../../contract/documents/personas-document.js';
import { inlinePrompts, itemList, promptsDocument } from '../../contract/documents/prompts-document.js';
import { providerDocument } from '../../contract/documents/provider-document.js';
import { relationEntry } from '../../contract/documents/relation-entry.js';
import { loop, step } from '../../contract/documents/step-document.js';
import { tuneDocument } from '../../contract/documents/tune-document.js';
import type { Registry } from '../../contract/registry.js';
import { chainForm, configForm, evalForm, plain } from './document-forms.js';
import { type JsonSchema, type KindOptions, type KindSchemas, schemasByKind } from './kind-schema.js';

/** Types of document, by the key that tells them apart. */
export const DOCUMENT_KEYS = {
  eval: 'eval',
  run: 'config',
  provider: 'provider',
  personas: 'personas',
  prompts: 'prompts',
  grader: 'grader',
  chain: 'chain',
  tune: 'tune',
} as const;

/** A type of document. */
export type DocumentType = (typeof DOCUMENT_KEYS)[keyof typeof DOCUMENT_KEYS];

/**
 * What loading checks by. Whatever may stand in a place of its own is checked apart, with its own schema, so that each
 * schema is small and is compiled once, and only if something is checked by it.
 */
export interface DocumentSchemas {
  /** Without what is checked apart: the eval, providers, reports. */
  config: JsonSchema;
  /** Without what its stages hold. */
  chain: JsonSchema;
  reporter: KindSchemas;
  provider: KindSchemas;
  /** Without items, personas, steps, graders, metrics, relations and filters. */
  eval: JsonSchema;
  extendingEval: JsonSchema;
  prompts: JsonSchema;
  inlinePrompts: JsonSchema;
  itemList: JsonSchema;
  item: JsonSchema;
  personas: KindSchemas;
  inlinePersonas: KindSchemas;
  peopleList: JsonSchema;
  person: JsonSchema;
  step: JsonSchema;
  loop: JsonSchema;
  metric: KindSchemas;
  filter: KindSchemas;
  relation: KindSchemas;
  grader: KindSchemas;
  /** A grader of an eval, after its file was merged in. */
  graderEntry: KindSchemas;
  graderUse: JsonSchema;
  tune: KindSchemas;
}

const built = new WeakMap<Registry, DocumentSchemas>();

/** The schemas that loading checks with, built once for a registry. */
export function documentSchemas(registry: Registry): DocumentSchemas {
  const known = built.get(registry);
  if (known !== undefined) return known;
  const schemas = buildSchemas(registry);
  built.set(registry, schemas);
  return schemas;
}

function buildSchemas(registry: Registry): DocumentSchemas {
  const people = personaKinds(registry);
  const list = { type: 'array' };
  const mapping = { type: 'object' };
  const items = { itemList: list, inlinePrompts: mapping };
  const personas = { peopleList: list, inlinePersonas: mapping };
  const kinds = { grader: mapping, metric: mapping, relation: mapping, filter: mapping };
  const evalPlaces = { ...items, ...personas, ...kinds, step: mapping };
  return {
    config: configForm(registry, { eval: mapping, provider: mapping, reporter: mapping }),
    chain: chainForm({ stage: mapping }),
    reporter: schemasByKind(reporterEntry, registry.reporters),
    provider: schemasByKind(providerDocument, registry.providers),
    eval: evalForm(evalPlaces),
    extendingEval: evalForm(evalPlaces, true),
    prompts: plain(promptsDocument),
    inlinePrompts: plain(inlinePrompts),
    itemList: plain(itemList),
    item: plain(itemList.items),
    personas: schemasByKind(personasDocument, people, INLINE_BY_DEFAULT),
    inlinePersonas: schemasByKind(inlinePersonas, people, INLINE_BY_DEFAULT),
    peopleList: plain(peopleList),
    person: plain(peopleList.items),
    step: plain(step),
    loop: plain(loop),
    metric: schemasByKind(metricEntry, registry.metrics),
    filter: schemasByKind(filterEntry, registry.filters),
    relation: schemasByKind(relationEntry, registry.relations),
    grader: schemasByKind(graderDocument, registry.graders, { partial: true }),
    graderEntry: schemasByKind(graderEntry, registry.graders),
    graderUse: plain(graderUse),
    tune: schemasByKind(tuneDocument, registry.trainers),
  };
}

/** A persona set that names no kind holds its people itself. */
export const INLINE_BY_DEFAULT = { defaultKind: 'inline' };

/** Kinds of persona set: those registered, and the one that holds the people itself. */
export function personaKinds(registry: Registry): KindOptions[] {
  const registered = registry.personas.filter((one) => one.kind !== 'inline');
  return [{ kind: 'inline', options: inlinePeople }, ...registered];
}
