import { metricEntry } from '../../contract/documents/eval-document.js';
import type { JsonObject } from '../../contract/json.js';
import type { SliceMetricKind } from '../../contract/metric-kind.js';
import type { Registry } from '../../contract/registry.js';
import { nearestHint } from '../../lib/nearest.js';
import type { EvalParts } from './eval-parts.js';
import { objectOf, textOf, within } from './part.js';
import type { Problems } from './problems.js';

const SCALES = { binary: 'yes or no', number: 'numbers', label: 'labels' };

/** A metric's grader exists, and the metric can read its scores. */
export function checkScale(parts: EvalParts, index: number, look: { registry: Registry; problems: Problems }): void {
  const { registry, problems } = look;
  const { value, place } = within(parts.part, ['metrics', index]);
  const metric = objectOf(value);
  const of = textOf(metric.of);
  if (of === undefined) return;
  const grader = parts.graders.find((one) => one.id === of);
  if (grader === undefined) {
    const ids = parts.graders.map((one) => one.id);
    problems.add('UNKNOWN_GRADER', place(['of']), `there is no grader "${of}"`, nearestHint(of, ids, 'graders'));
    return;
  }
  const kind = registry.metrics.find((one) => one.kind === metric.kind);
  if (kind === undefined || grader.kind === undefined || !grader.sound) return;
  const scale = grader.kind.scale(grader.options as JsonObject);
  if (kind.reads.includes(scale.kind)) {
    const own = Object.entries(metric).filter(([key]) => !Object.hasOwn(metricEntry.properties, key));
    const fault = parts.sound ? kind.fault?.(Object.fromEntries(own) as JsonObject, scale) : undefined;
    if (fault !== undefined) problems.add('SCALE_MISMATCH', place(fault.path), fault.message, fault.hint);
    if (parts.sound && kind.form === 'slice') checkNamedGraders(parts, index, { kind, own, problems });
    return;
  }
  const able = registry.metrics.filter((one) => one.reads.includes(scale.kind)).map((one) => one.kind);
  const reads = kind.reads.map((one) => SCALES[one]).join(' and ');
  const message = `the metric kind "${kind.kind}" cannot read grader "${of}", whose scores are ${SCALES[scale.kind]}`;
  problems.add(
    'SCALE_MISMATCH',
    place(['kind']),
    message,
    able.length === 0 ? `it reads ${reads}` : `kinds that can: ${able.join(', ')}`,
  );
}

/** Graders that a metric names in its options exist, and have scores of a sort that it reads. */
function checkNamedGraders(
  parts: EvalParts,
  index: number,
  look: { kind: SliceMetricKind; own: [string, unknown][]; problems: Problems },
): void {
  const { kind, own, problems } = look;
  const { place } = within(parts.part, ['metrics', index]);
  for (const { path, name } of kind.graders?.(Object.fromEntries(own) as JsonObject) ?? []) {
    const grader = parts.graders.find(({ id }) => id === name);
    if (grader === undefined) {
      const ids = parts.graders.map(({ id }) => id);
      problems.add('UNKNOWN_GRADER', place(path), `there is no grader "${name}"`, nearestHint(name, ids, 'graders'));
      continue;
    }
    if (grader.kind === undefined || !grader.sound) continue;
    const scale = grader.kind.scale(grader.options as JsonObject);
    if (kind.reads.includes(scale.kind)) continue;
    const message = `the metric kind "${kind.kind}" cannot read grader "${name}", whose scores are ${SCALES[scale.kind]}`;
    problems.add(
      'SCALE_MISMATCH',
      place(path),
      message,
      `it reads ${kind.reads.map((one) => SCALES[one]).join(' and ')}`,
    );
  }
}
