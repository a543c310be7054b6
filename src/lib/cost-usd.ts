import type { ResolvedPrice } from '../contract/plan.js';

/** USD of so many tokens; null when the price is unknown. */
export function costUsd(price: ResolvedPrice | null, tokens: { input: number; output: number }): number | null {
  if (price === null) return null;
  return (tokens.input * price.inputPerMillion + tokens.output * price.outputPerMillion) / 1e6;
}
