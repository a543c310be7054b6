import type { Estimate } from '../contract/estimate.js';
import type { Report } from '../contract/report.js';
import type { PlantedValue } from './planted-values.js';

/** A measured number that a planted one is held against. */
export type MeasuredNumber = Pick<Estimate, 'value' | 'low' | 'high' | 'n' | 'unit'>;

/** What names a number: of an arm, of a group of it, of a contrast or of a relation. */
export const nameOf = ({
  metric,
  provider,
  arm,
  group,
  contrast,
  relation,
}: Omit<PlantedValue, 'planted' | 'none'>): string =>
  JSON.stringify([metric, provider, arm, Object.entries(group ?? {}), contrast ?? null, relation ?? null]);

/** Every estimate, contrast and relation of a report, by its name. */
export function measuredNumbers({
  estimates,
  contrasts,
  relations = [],
}: Pick<Report, 'estimates' | 'contrasts' | 'relations'>): Map<string, MeasuredNumber> {
  const units = new Map(estimates.map(({ metric, unit }) => [metric, unit]));
  return new Map([
    ...estimates.map((one): [string, MeasuredNumber] => [nameOf({ metric: one.metric, ...one.by }), one]),
    ...contrasts.map((one): [string, MeasuredNumber] => [
      nameOf({ metric: one.metric, ...one.a, contrast: one.name }),
      { value: one.difference, low: one.low, high: one.high, n: one.n, unit: units.get(one.metric)! },
    ]),
    ...relations.map(({ metric, provider, of, name, ...one }): [string, MeasuredNumber] => [
      nameOf({ metric, provider, arm: of, relation: name }),
      one,
    ]),
  ]);
}
