import { createRequire } from 'node:module';
import type { ProviderSpec } from '../../contract/config-spec.js';
import type { ResolvedPrice } from '../../contract/plan.js';
import type { Env, ProviderKind } from '../../contract/provider-kind.js';

/** The bundled price table. 2 MB of data: read only when a plan is made for an endpoint that costs something. */
const table = (): { calcPrice: typeof import('@pydantic/genai-prices').calcPrice; version: string } => {
  const require = createRequire(import.meta.url);
  const { calcPrice } = require('@pydantic/genai-prices') as typeof import('@pydantic/genai-prices');
  return { calcPrice, version: tableVersion };
};

/** The price table, with the day of its release: its prices are those of that day. */
const tableVersion = '@pydantic/genai-prices 0.1.8 of 2026-09-23';

/**
 * Price of a provider: its own YAML, else the table, else null (unknown). A model with several tiers gets the first:
 * the one of short prompts.
 */
export function resolvePrice(spec: ProviderSpec, kinds: readonly ProviderKind[], env: Env): ResolvedPrice | null {
  if (spec.prices !== undefined) return { ...spec.prices, source: 'the provider’s YAML' };
  const key = kinds.find((kind) => kind.kind === spec.kind)!.priceKey(spec.options, env);
  if (key === null) return { inputPerMillion: 0, outputPerMillion: 0, source: 'free' };
  const { calcPrice, version } = table();
  const found = calcPrice(
    { input_tokens: 1000, output_tokens: 1000 },
    key.model,
    key.provider === undefined ? {} : { providerId: key.provider },
  );
  if (found === null) return null;
  return { inputPerMillion: found.input_price * 1000, outputPerMillion: found.output_price * 1000, source: version };
}
