import type { RelationSpec } from '../contract/eval-spec.js';
import type { PlantedArms, RelationKind } from '../contract/relation-kind.js';
import type { PlantedMean, PlantedPairs } from './planted-pairs.js';

/** What a relation's two arms are planted to be, over the pairs that both have scored. */
export interface PlantedSides {
  of: PlantedPairs;
  against: PlantedPairs;
  /** Number of each pair's item. */
  items: Int32Array;
  weights: Float64Array | undefined;
}

/** The planted value of a relation. */
export function plantedRelation(
  { kind }: RelationSpec,
  kinds: readonly RelationKind[],
  { of, against, items, weights }: PlantedSides,
): PlantedMean {
  const none = of.none ?? against.none;
  if (none !== null) return { planted: null, none };
  const pairs = Int32Array.from(items.keys()).filter((pair) => !Number.isNaN(of.values[pair]! + against.values[pair]!));
  if (pairs.length === 0) return { planted: null, none: 'nothing is scored' };
  const side = ({ values, repeats }: PlantedPairs): PlantedArms['of'] => ({
    chances: Float64Array.from(pairs, (pair) => values[pair]!),
    trials: pairs.map((pair) => repeats[pair]!),
  });
  const arms: PlantedArms = {
    items: pairs.map((pair) => items[pair]!),
    of: side(of),
    against: side(against),
    ...(weights && { weights: Float64Array.from(pairs, (pair) => weights[pair]!) }),
  };
  return kinds.find((one) => one.kind === kind)!.planted(arms);
}
