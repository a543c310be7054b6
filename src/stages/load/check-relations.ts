import { metricEntry } from '../../contract/documents/eval-document.js';
import type { JsonObject } from '../../contract/json.js';
import type { Registry } from '../../contract/registry.js';
import type { RelatedMetric } from '../../contract/relation-kind.js';
import { checkName, namesOf } from './check-comparisons.js';
import { checkIds } from './check-ids.js';
import type { EvalParts } from './eval-parts.js';
import { listOf, objectOf } from './part.js';
import type { Problems } from './problems.js';

/** Relations: metrics and arms exist, the arms differ, names are not those of contrasts, and the kind can read the metric. */
export function checkRelations(parts: EvalParts, registry: Registry, problems: Problems): void {
  const { part } = parts;
  const document = objectOf(part.value);
  const names = namesOf(part.value);
  const relations = listOf(document.relations).map(objectOf);
  for (const [i, relation] of relations.entries()) {
    const at = (key: string) => ['relations', i, key];
    const arms = { known: names.arms, problems, what: 'arm' as const };
    checkName(part, at('of'), { ...arms, value: relation.of });
    checkName(part, at('against'), { ...arms, value: relation.against });
    checkName(part, at('metric'), { known: names.metrics, problems, what: 'metric', value: relation.metric });
    if (typeof relation.of === 'string' && relation.of === relation.against) {
      const message = 'both sides of this relation are the same';
      problems.add('SAME_SIDES', part.place(at('against')), message, 'name another arm');
    }
    const kind = registry.relations.find((one) => one.kind === relation.kind);
    const metric = relatedMetric(parts, registry, relation.metric);
    const fault = metric === null ? undefined : kind?.fault(metric);
    if (fault === undefined) continue;
    const message = `the relation kind "${kind!.kind}" cannot go by the metric "${relation.metric}": ${fault.message}`;
    problems.add('RELATION_MISMATCH', part.place(at('metric')), message, fault.hint);
  }
  checkNames(parts, problems);
}

/** One name says which number is meant, so contrasts and relations share none. */
function checkNames({ part }: EvalParts, problems: Problems): void {
  const document = objectOf(part.value);
  const named = (['contrasts', 'relations'] as const).flatMap((key) =>
    listOf(document[key]).map((entry, i) => ({ id: objectOf(entry).name, at: [key, i, 'name'] })),
  );
  const all = {
    count: named.length,
    idOf: (i: number) => named[i]!.id,
    placeOf: (i: number) => part.place(named[i]!.at),
  };
  checkIds(all, 'contrasts or relations', problems);
}

/** A metric with its kind and its grader's scale; null where one of them is not sound, which is a problem of its own. */
function relatedMetric(parts: EvalParts, registry: Registry, id: unknown): RelatedMetric | null {
  const metric = listOf(objectOf(parts.part.value).metrics)
    .map(objectOf)
    .find((one) => one.id === id);
  const kind = registry.metrics.find((one) => one.kind === metric?.kind);
  const grader = parts.graders.find((one) => one.id === metric?.of);
  if (!parts.sound || metric === undefined || kind === undefined || !grader?.sound || grader.kind === undefined)
    return null;
  const scale = grader.kind.scale(grader.options as JsonObject);
  if (!kind.reads.includes(scale.kind)) return null;
  const own = Object.entries(metric).filter(([key]) => !Object.hasOwn(metricEntry.properties, key));
  return { kind, scale, options: Object.fromEntries(own) as JsonObject };
}
