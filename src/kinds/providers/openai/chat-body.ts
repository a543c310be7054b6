import type { Call } from '../../../contract/call.js';
import type { JsonObject } from '../../../contract/json.js';

/** Keys of a request that sampling parameters go to. Newer OpenAI models refuse `max_tokens`; most other servers know no other. */
export type MaxTokensKey = 'max_tokens' | 'max_completion_tokens';

/** Body of `POST /chat/completions`. `extra` (the provider's own YAML) comes last and may override. */
export function chatBody(model: string, call: Call, maxTokensKey: MaxTokensKey, extra: JsonObject): JsonObject {
  const { temperature, topP, maxTokens, stop, seed } = call.sampling;
  return {
    model,
    messages: call.messages.map(({ role, content }) => ({ role, content })),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(maxTokens !== undefined && { [maxTokensKey]: maxTokens }),
    ...(stop !== undefined && { stop }),
    // Repeats are distinct samples, also where the author fixed a seed.
    ...(seed !== undefined && { seed: seed + call.repeat }),
    ...extra,
  };
}
