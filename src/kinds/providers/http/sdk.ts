import { type Dispatcher, fetch as undiciFetch } from 'undici';
import { CallFailure } from '../../../contract/call.js';
import { detailOfBody, failureOfStatus } from './failure-of-status.js';

/** Turns the official SDKs' errors into ours. They are told by shape: the class may come from another copy of the package. */
export function failureOfSdk(error: unknown): CallFailure {
  if (error instanceof CallFailure) return error;
  const {
    status,
    headers,
    error: body,
    message,
  } = error as { status?: unknown; headers?: unknown; error?: unknown; message?: unknown };
  const text = typeof message === 'string' ? message : String(error);
  if (typeof status === 'number') {
    const header = (name: string): string | undefined =>
      (headers as { get?(name: string): string | null } | undefined)?.get?.(name) ?? undefined;
    const detail =
      body === undefined || body === null
        ? text.replace(/^\d+ /, '')
        : detailOfBody(JSON.stringify({ error: (body as { error?: unknown }).error ?? body }));
    return failureOfStatus(status, detail, header);
  }
  if (error instanceof SyntaxError)
    return new CallFailure('malformed', 'the reply is not JSON', { retryable: true, cause: error });
  return new CallFailure('network', text, { retryable: true, cause: error });
}

/** `fetch` of undici with our own connections, for the SDKs. */
export const fetchWith = (dispatcher: Dispatcher): typeof fetch =>
  ((input: string, init: object) => undiciFetch(input, { ...init, dispatcher } as never)) as never;
