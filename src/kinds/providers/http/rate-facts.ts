import type { RateFacts } from '../../../contract/provider-kind.js';
import type { Headers } from './failure-of-status.js';

/** OpenAI writes durations such as `1m30.5s`, `6ms`, `17s`. */
function durationMs(text: string): number | undefined {
  let total = 0;
  let rest = text;
  for (const [part, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    total +=
      Number(amount) * { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit as 'ms' | 's' | 'm' | 'h' | 'd'];
    rest = rest.replace(part, '');
  }
  return rest === '' && text !== '' ? total : undefined;
}

function resetMs(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const duration = durationMs(text);
  if (duration !== undefined) return duration;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function count(text: string | undefined): number | undefined {
  const value = Number(text);
  return text === undefined || !Number.isFinite(value) ? undefined : value;
}

/**
 * Reads the headers in which OpenAI (`x-ratelimit-remaining-requests` …) and Anthropic
 * (`anthropic-ratelimit-requests-remaining` …) say what is left. Undefined when there are none.
 */
export function rateFacts(header: Headers): RateFacts | undefined {
  const facts = (what: 'requests' | 'tokens'): { remaining: number | undefined; reset: number | undefined } => ({
    remaining: count(header(`x-ratelimit-remaining-${what}`) ?? header(`anthropic-ratelimit-${what}-remaining`)),
    reset: resetMs(header(`x-ratelimit-reset-${what}`) ?? header(`anthropic-ratelimit-${what}-reset`)),
  });
  const requests = facts('requests');
  const tokens = facts('tokens');
  if (requests.remaining === undefined && tokens.remaining === undefined) return undefined;
  const exhausted = [requests, tokens].filter((one) => one.remaining === 0).map((one) => one.reset ?? 0);
  return {
    ...(requests.remaining !== undefined && { remainingRequests: requests.remaining }),
    ...(tokens.remaining !== undefined && { remainingTokens: tokens.remaining }),
    ...(exhausted.length > 0 && { resetMs: Math.max(...exhausted) }),
  };
}
