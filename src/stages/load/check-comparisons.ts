import type { Registry } from '../../contract/registry.js';
import { nearestHint } from '../../lib/nearest.js';
import { listOf, objectOf, type Part, type Path, textOf } from './part.js';
import type { Problems } from './problems.js';

/** Metrics and arms that an eval has, for references to them. */
export interface Names {
  metrics: string[];
  arms: string[];
}

export function namesOf(evalDocument: unknown): Names {
  const document = objectOf(evalDocument);
  const metrics = listOf(document.metrics).flatMap((metric) => textOf(objectOf(metric).id) ?? []);
  return { metrics, arms: Object.keys(objectOf(document.arms)) };
}

/** Checks that the text at a path names a known metric or arm. */
export function checkName(
  part: Part,
  path: Path,
  look: { value: unknown; known: string[]; problems: Problems; what: 'metric' | 'arm' },
): boolean {
  const { value, known, problems, what } = look;
  if (typeof value !== 'string') return false;
  if (known.includes(value)) return true;
  const code = what === 'metric' ? 'UNKNOWN_METRIC' : 'UNKNOWN_ARM';
  problems.add(code, part.place(path), `there is no ${what} "${value}"`, nearestHint(value, known, `${what}s`));
  return false;
}

/** Contrasts and controls: metrics and arms exist, and the two sides can be compared. */
export function checkComparisons(part: Part, registry: Registry, problems: Problems): void {
  const names = namesOf(part.value);
  const arm = { known: names.arms, problems, what: 'arm' as const };
  const metric = { known: names.metrics, problems, what: 'metric' as const };
  for (const [i, value] of listOf(objectOf(part.value).contrasts).entries()) {
    const contrast = objectOf(value);
    const at = (key: string) => ['contrasts', i, key];
    checkName(part, at('of'), { ...arm, value: contrast.of });
    checkName(part, at('against'), { ...arm, value: contrast.against });
    const one = checkName(part, at('metric'), { ...metric, value: contrast.metric });
    const other = checkName(part, at('againstMetric'), { ...metric, value: contrast.againstMetric });
    if (one && other) checkUnits(part, at('againstMetric'), { contrast, registry, problems });
    const sameMetric = contrast.againstMetric === undefined || contrast.againstMetric === contrast.metric;
    if (sameMetric && contrast.of !== undefined && contrast.of === contrast.against) {
      problems.add(
        'SAME_SIDES',
        part.place(at('against')),
        'both sides of this contrast are the same',
        'name another arm or "againstMetric"',
      );
    }
  }
  for (const [i, value] of listOf(objectOf(part.value).controls).entries()) {
    for (const side of ['for', 'is']) {
      const named = objectOf(objectOf(value)[side]);
      checkName(part, ['controls', i, side, 'metric'], { ...metric, value: named.metric });
      checkName(part, ['controls', i, side, 'arm'], { ...arm, value: named.arm });
    }
  }
}

function checkUnits(
  part: Part,
  at: Path,
  look: { contrast: Record<string, unknown>; registry: Registry; problems: Problems },
): void {
  const { contrast, registry, problems } = look;
  const unitOf = (id: unknown) => {
    const metric = listOf(objectOf(part.value).metrics)
      .map(objectOf)
      .find((one) => one.id === id);
    return registry.metrics.find((one) => one.kind === metric?.kind)?.unit;
  };
  const [a, b] = [unitOf(contrast.metric), unitOf(contrast.againstMetric)];
  if (a === undefined || b === undefined || a === b) return;
  const message = `"${contrast.metric}" is in ${a}, "${contrast.againstMetric}" in ${b}: they cannot be subtracted`;
  problems.add('UNIT_MISMATCH', part.place(at), message, 'name a metric with the same unit');
}
