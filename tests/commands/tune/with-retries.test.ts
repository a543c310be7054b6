import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type Patience, withRetries } from '../../../src/commands/tune/with-retries.js';
import { CallFailure } from '../../../src/contract/call.js';

const busy = (retryAfterMs?: number): CallFailure =>
  new CallFailure('rate_limited', 'busy', { retryable: true, ...(retryAfterMs !== undefined && { retryAfterMs }) });
const patience = (more: Partial<Patience> = {}): Patience & { said: string[] } => {
  const said: string[] = [];
  return {
    retries: 1,
    timeoutMs: 1000,
    signal: new AbortController().signal,
    notify: (line) => said.push(line),
    said,
    ...more,
  };
};

describe('calls that may fail', () => {
  test('a passing failure is tried again, not before the endpoint asks for it', async () => {
    const how = patience();
    let calls = 0;
    const started = performance.now();
    const call = async (): Promise<string> => {
      if (calls++ === 0) throw busy(700);
      return 'done';
    };
    expect(await withRetries(call, how)).toBe('done');
    expect(performance.now() - started).toBeGreaterThanOrEqual(690);
    expect(how.said).toEqual(['busy; trying again in 0.7 s']);
  });

  test('a refusal is final, and so is a failure after the last retry', async () => {
    let calls = 0;
    const refuse = async (): Promise<never> => {
      calls++;
      throw new CallFailure('bad_request', 'no', { retryable: false });
    };
    await expect(withRetries(refuse, patience())).rejects.toThrow('no');
    const fail = async (): Promise<never> => {
      calls++;
      throw busy();
    };
    await expect(withRetries(fail, patience({ retries: 0 }))).rejects.toThrow('busy');
    expect(calls).toBe(2);
  });

  test('no answer in time is a passing failure', async () => {
    const call = (signal: AbortSignal): Promise<unknown> => sleep(5000, null, { signal });
    await expect(withRetries(call, patience({ retries: 0, timeoutMs: 20 }))).rejects.toMatchObject({
      reason: 'timeout',
      message: 'no answer within 0.02 s',
    });
  });

  test('the signal ends a call and a wait', async () => {
    const stop = new AbortController();
    const call = async (): Promise<never> => {
      setTimeout(() => stop.abort(), 20);
      throw busy(60_000);
    };
    await expect(withRetries(call, patience({ signal: stop.signal }))).rejects.toThrow(/abort/i);
    await expect(withRetries(async () => 1, patience({ signal: stop.signal }))).rejects.toThrow(/abort/i);
  });
});
