import { CallFailure } from '../../../contract/call.js';

/** Header look-up by lower-case name. */
export type Headers = (name: string) => string | undefined;

/** Milliseconds that an endpoint asks to wait: `retry-after-ms`, or `Retry-After` in seconds or as a date (RFC 9110 §10.2.3). */
export function retryAfterMs(header: Headers, nowMs: number): number | undefined {
  const exact = Number(header('retry-after-ms'));
  if (header('retry-after-ms') !== undefined && Number.isFinite(exact) && exact >= 0) return exact;
  const value = header('retry-after');
  if (value === undefined) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : undefined;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}

/** Codes by which vendors say that an account has no money left, which no waiting mends. */
const quotaCodes = /insufficient_quota|billing|credit balance/i;

/**
 * What an HTTP status means for a call. Rate limits, time-outs, conflicts and every 5xx but 501 may be tried again; a
 * wrong key, an unknown model or route, and an exhausted account would fail every call alike.
 * @param detail the endpoint's own message, already a plain sentence
 */
export function failureOfStatus(status: number, detail: string, header: Headers): CallFailure {
  const message = `HTTP ${status}${detail === '' ? '' : `: ${detail}`}`;
  const facts = { status };
  if (status === 401 || status === 403)
    return new CallFailure('unauthorized', message, { ...facts, retryable: false, endpointDown: true });
  if (status === 402 || (status === 429 && quotaCodes.test(detail))) {
    return new CallFailure('quota', message, { ...facts, retryable: false, endpointDown: true });
  }
  if (status === 404) return new CallFailure('not_found', message, { ...facts, retryable: false, endpointDown: true });
  if (status === 501)
    return new CallFailure('not_implemented', message, { ...facts, retryable: false, endpointDown: true });
  const wait = retryAfterMs(header, Date.now());
  const later = { ...facts, retryable: true, ...(wait !== undefined && { retryAfterMs: wait }) };
  if (status === 429) return new CallFailure('rate_limited', message, later);
  if (status === 408 || status === 409 || status === 425 || status >= 500)
    return new CallFailure('server_error', message, later);
  return new CallFailure('bad_request', message, { ...facts, retryable: false });
}

/** A sentence from an error body: `error.message` of the usual JSON shapes, else the text, whole: whoever keeps it cuts it. */
export function detailOfBody(body: string): string {
  try {
    const parsed = JSON.parse(body) as {
      error?: { message?: unknown; code?: unknown; type?: unknown } | string;
      message?: unknown;
    };
    const error = parsed.error;
    if (typeof error === 'string') return error;
    const code = typeof error?.code === 'string' ? ` (${error.code})` : '';
    const text = error?.message ?? parsed.message;
    if (typeof text === 'string') return `${text}${code}`;
  } catch {}
  return body.trim();
}
