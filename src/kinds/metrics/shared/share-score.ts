import type { StoredScore } from '../../../contract/record.js';
import type { Scale } from '../../../contract/score.js';

/** A score moved to 0–1: as it is where yes or no, by the ends of a scale of numbers. Null where there is none. */
export function shareScore(score: StoredScore, scale: Scale): number | null {
  if ('unscored' in score || !Number.isFinite(score.value)) return null;
  if (scale.kind !== 'number') return score.value;
  const span = scale.max - scale.min;
  return Number.isFinite(span) && span > 0 ? (score.value - scale.min) / span : null;
}
