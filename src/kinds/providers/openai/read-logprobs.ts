import type { TokenChoice } from '../../../contract/call.js';

/** Most tokens that are kept: an option that comes later follows from what was written before it. */
const firstTokens = 8;
/** Alternatives less likely than e⁻¹⁴ ≈ 10⁻⁶ move no share. */
const leastLogprob = -14;

interface GivenToken {
  token?: unknown;
  logprob?: unknown;
  top_logprobs?: unknown;
}

const alternative = ({ token, logprob }: GivenToken): [string, number][] =>
  typeof token === 'string' && typeof logprob === 'number' && logprob >= leastLogprob
    ? [[token, Math.round(Math.min(0, logprob) * 1e4) / 1e4]]
    : [];

/**
 * The first tokens of a reply with their alternatives, in the form that chat completions (`logprobs.content`) and the
 * Responses API (`logprobs` of an output text) share.
 * @returns nothing where the server reports none, or in another form
 */
export function readLogprobs(given: unknown): { logprobs?: TokenChoice[] } {
  if (!Array.isArray(given)) return {};
  const logprobs: TokenChoice[] = [];
  for (const one of (given as (GivenToken | null)[]).slice(0, firstTokens)) {
    if (one === null || typeof one.token !== 'string') break;
    const listed = Array.isArray(one.top_logprobs) ? (one.top_logprobs as GivenToken[]).flatMap(alternative) : [];
    // What was drawn need not be among the most likely.
    const top = listed.some(([token]) => token === one.token) ? listed : [...listed, ...alternative(one)];
    logprobs.push({ token: one.token, top });
  }
  return logprobs.length === 0 ? {} : { logprobs };
}
