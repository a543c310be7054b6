import { reporterEntry } from '../../contract/documents/config-document.js';
import { filterEntry, metricEntry } from '../../contract/documents/eval-document.js';
import { graderDocument, graderEntry, graderUse } from '../../contract/documents/grader-document.js';
import { inlinePersonas, peopleList, personasDocument } from '../../contract/documents/personas-document.js';
import { inlinePrompts, itemList, promptsDocument } from '../../contract/documents/prompts-document.js';
import { providerDocument } from '../../contract/documents/provider-document.js';
import { relationEntry } from '../../contract/documents/relation-entry.js';
import { loop, step } from '../../contract/documents/step-document.js';
import { tuneDocument } from '../../contract/documents/tune-document.js';
import type { Registry } from '../../contract/registry.js';
import { chainForm, configForm, evalForm, plain } from './document-forms.js';
import { type DocumentType, INLINE_BY_DEFAULT, personaKinds } from './document-schemas.js';
import { type JsonSchema, withKinds } from './kind-schema.js';

/** Schemas of all documents, each whole in itself, for editors. What occurs in several places of one is under `$defs`. */
export function editorSchemas(registry: Registry): { [type in DocumentType]: JsonSchema } {
  const people = personaKinds(registry);
  const provider = withKinds(providerDocument, registry.providers);
  const places = {
    itemList: plain(itemList),
    inlinePrompts: plain(inlinePrompts),
    peopleList: plain(peopleList),
    inlinePersonas: withKinds(inlinePersonas, people, INLINE_BY_DEFAULT),
    step: { type: 'object', if: { required: ['loop'] }, ...thenElse(plain(loop), plain(step)) },
    grader: entryOrUse(withKinds(graderEntry, registry.graders)),
    metric: withKinds(metricEntry, registry.metrics),
    filter: withKinds(filterEntry, registry.filters),
    relation: withKinds(relationEntry, registry.relations),
  };
  const evalSchema = {
    type: 'object',
    if: { required: ['extends'] },
    ...thenElse(evalForm(places, true), evalForm(places)),
  };
  const config = configForm(registry, {
    eval: { $ref: '#/$defs/eval' },
    provider: { $ref: '#/$defs/provider' },
    reporter: withKinds(reporterEntry, registry.reporters),
  });
  return {
    eval: evalSchema,
    config: { ...config, $defs: { eval: evalSchema, provider } },
    // A stage takes keys from the top, so none is required of it.
    chain: { ...chainForm({ stage: { ...config, required: ['run'] } }), $defs: { eval: evalSchema, provider } },
    provider,
    personas: withKinds(personasDocument, people, INLINE_BY_DEFAULT),
    prompts: plain(promptsDocument),
    grader: withKinds(graderDocument, registry.graders, { partial: true }),
    tune: withKinds(tuneDocument, registry.trainers),
  };
}

/** With `use`, the keys of the kind come from the file: only the two together can be checked. */
function entryOrUse(whole: JsonSchema): JsonSchema {
  return {
    type: 'object',
    if: { required: ['use'] },
    ...thenElse(plain(graderUse), whole),
  };
}

const thenElse = (then: JsonSchema, otherwise: JsonSchema): JsonSchema => ({ then, else: otherwise });
