import type { EvalDocument, MetricEntry } from '../../contract/documents/eval-document.js';
import { metricEntry } from '../../contract/documents/eval-document.js';
import { type RelationEntry, relationEntry } from '../../contract/documents/relation-entry.js';
import type { StepDocument } from '../../contract/documents/step-document.js';
import type {
  Design,
  EvalSpec,
  GraderSpec,
  MetricSpec,
  PairsSpec,
  RelationSpec,
  ReplyParser,
  Step,
} from '../../contract/eval-spec.js';
import type { Json, JsonObject } from '../../contract/json.js';
import type { PersonaSet } from '../../contract/persona.js';
import type { Item, PromptSuite } from '../../contract/prompt-suite.js';
import type { EvalParts, GraderPart } from './eval-parts.js';
import { objectOf, textOf } from './part.js';

/** Share of the values that are for validation, and for testing, where nothing is said. */
const defaultShare = 0.1;

/** The eval as the later stages read it, with defaults filled in. Its parts must be without problems. */
export function buildEval(parts: EvalParts): EvalSpec {
  const document = parts.part.value as EvalDocument;
  return {
    id: document.eval,
    title: document.title,
    ...(document.description === undefined ? {} : { description: document.description }),
    version: document.version ?? 1,
    ...(document.source === undefined ? {} : { source: document.source as Json }),
    items: suiteOf(parts, document.eval),
    personas: personasOf(parts, document.eval),
    design: designOf(document.design),
    arms: Object.entries(document.arms).map(([id, fields]) => ({ id, fields: fields as JsonObject })),
    steps: (document.steps as StepDocument[]).map(stepOf),
    graders: parts.graders.map(graderOf),
    metrics: document.metrics.map(metricOf),
    contrasts: document.contrasts ?? [],
    controls: document.controls ?? [],
    ...(document.relations === undefined ? {} : { relations: (document.relations as RelationEntry[]).map(relationOf) }),
    ...(document.pairs === undefined ? {} : { pairs: pairsOf(document.pairs, parts) }),
  };
}

function headOf(head: Record<string, unknown>): { title?: string; licence?: string; source?: string } {
  const keys = ['title', 'licence', 'source'].filter((key) => typeof head[key] === 'string');
  return Object.fromEntries(keys.map((key) => [key, head[key]]));
}

function suiteOf({ suite }: EvalParts, evalId: string): PromptSuite {
  if (suite === 'unread') throw new Error('an eval without items cannot be built');
  return { id: textOf(suite.head.prompts) ?? evalId, ...headOf(suite.head), items: suite.entries as unknown as Item[] };
}

function personasOf({ people }: EvalParts, evalId: string): PersonaSet | null {
  if (people === null) return null;
  if (people === 'unread') throw new Error('an eval whose personas were not read cannot be built');
  const facts = people.head.facts as JsonObject | undefined;
  return {
    id: textOf(people.head.personas) ?? evalId,
    ...headOf(people.head),
    ...(facts === undefined ? {} : { facts }),
    people: people.entries,
  };
}

function designOf(design: EvalDocument['design']): Design {
  if (typeof design !== 'object') return { kind: design ?? 'crossed' };
  return { kind: 'balanced', promptsPerPersona: design.balanced.promptsPerPersona };
}

function stepOf(step: StepDocument): Step {
  return {
    id: step.id,
    role: step.role ?? 'subject',
    messages: step.messages,
    parse: parserOf(step.parse),
    ...(step.when === undefined ? {} : { when: step.when }),
    ...(step.unless === undefined ? {} : { unless: step.unless }),
    ...(step.round === undefined ? {} : { round: step.round }),
  };
}

function parserOf(parse: StepDocument['parse']): ReplyParser {
  if (typeof parse !== 'object') return { kind: 'text' };
  if ('json' in parse) return { kind: 'json', fields: parse.json as { [field: string]: Json } };
  return { kind: 'choice', options: parse.choice.map(String) };
}

/** What is not said is left out, so that the plans of evals without filters stay as they were. */
function pairsOf(
  { split, filters: _written, ...given }: NonNullable<EvalDocument['pairs']>,
  parts: EvalParts,
): PairsSpec {
  const filters = parts.filters.map(({ kind, options }) => ({ kind: kind!.kind, options }));
  return {
    ...given,
    controls: given.controls ?? {},
    ...(split === undefined ? {} : { split: { validation: defaultShare, test: defaultShare, ...split } }),
    ...(filters.length === 0 ? {} : { filters }),
  };
}

function graderOf({ part, id, kind, options }: GraderPart): GraderSpec {
  const { of, whenRefused, whenUnparseable } = objectOf(part.value);
  return {
    id,
    kind: kind!.kind,
    of: of as string,
    ...(typeof whenRefused === 'number' ? { whenRefused } : {}),
    ...(typeof whenUnparseable === 'number' ? { whenUnparseable } : {}),
    options: options as JsonObject,
  };
}

function relationOf(entry: RelationEntry): RelationSpec {
  const { name, kind, metric, of, against } = entry;
  const options = Object.entries(entry).filter(([key]) => !Object.hasOwn(relationEntry.properties, key));
  return { name, kind, metric, of, against, options: Object.fromEntries(options) as JsonObject };
}

function metricOf({ round, ...entry }: MetricEntry & Pick<MetricSpec, 'round'>): MetricSpec {
  const options = Object.entries(entry).filter(([key]) => !Object.hasOwn(metricEntry.properties, key));
  return {
    id: entry.id,
    kind: entry.kind,
    ...(entry.title === undefined ? {} : { title: entry.title }),
    of: entry.of,
    better: entry.better,
    ...(round === undefined ? {} : { round }),
    clusters: entry.clusters ?? [],
    by: (entry.by ?? []).map((by) => (typeof by === 'string' ? { field: by } : by)),
    ...(entry.intersections === undefined ? {} : { intersections: entry.intersections }),
    options: Object.fromEntries(options) as JsonObject,
  };
}
