import type { Dispatcher } from 'undici';
import { CallFailure } from '../../../contract/call.js';
import type { Headers } from './failure-of-status.js';

/** A response, read to its end. */
export interface PostResponse {
  status: number;
  header: Headers;
  text: string;
}

/** Where requests go, prepared once for all of them. */
export interface PostTarget {
  dispatcher: Dispatcher;
  origin: string;
  path: string;
  /** Names and values in turn. */
  headers: string[];
}

const networkFailure = (error: Error): CallFailure =>
  new CallFailure('network', error.message, { retryable: true, cause: error });

/**
 * One POST, straight to the dispatcher: without the stream and the URL of `undici.request`, which cost as much as the
 * rest of a small request.
 * @throws CallFailure `network` when the connection fails or ends early
 */
export function post(
  { dispatcher, origin, path, headers }: PostTarget,
  body: string,
  signal: AbortSignal,
): Promise<PostResponse> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let status = 0;
    let header: Headers = () => undefined;
    let stop: (() => void) | null = null;
    const settle = (finish: () => void): void => {
      if (stop !== null) signal.removeEventListener('abort', stop);
      finish();
    };
    dispatcher.dispatch(
      { origin, path, method: 'POST', headers, body },
      {
        onRequestStart(controller) {
          stop = () => controller.abort(new Error('aborted'));
          if (signal.aborted) stop();
          else signal.addEventListener('abort', stop, { once: true });
        },
        onResponseStart(_controller, statusCode, received) {
          status = statusCode;
          header = (name) => {
            const value = received[name];
            return Array.isArray(value) ? value[0] : value;
          };
        },
        onResponseData(_controller, chunk) {
          chunks.push(chunk);
        },
        onResponseEnd() {
          const bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
          settle(() => resolve({ status, header, text: bytes.toString('utf8') }));
        },
        onResponseError(_controller, error) {
          settle(() => reject(networkFailure(error)));
        },
      },
    );
  });
}
