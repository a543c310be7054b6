import { describe, expect, test } from '@jest/globals';
import { Limiter } from '../../../src/stages/run/limiter.js';

const never = new AbortController().signal;

/** Fills the limiter's window and answers everything, once. */
function round(limiter: Limiter): number {
  let taken = 0;
  while (limiter.tryAcquire(1)) taken++;
  for (let n = 0; n < taken; n++) limiter.succeeded(undefined);
  return taken;
}

describe('the limiter', () => {
  test('starts small and grows by a good part per round trip until the cap', () => {
    const limiter = new Limiter({ concurrency: 64 });
    const rounds = Array.from({ length: 8 }, () => round(limiter));
    expect(rounds[0]).toBe(16);
    expect(rounds[1]!).toBeGreaterThanOrEqual(22);
    expect(rounds.at(-1)).toBe(64);
    expect(Math.max(...rounds)).toBe(64);
  });

  test('does not grow while it is not in use', () => {
    const limiter = new Limiter({ concurrency: 64 });
    for (let n = 0; n < 50; n++) {
      limiter.tryAcquire(1);
      limiter.succeeded(undefined);
    }
    expect(limiter.limit).toBe(16);
  });

  test('one cut per round trip, however many 429s it brings', () => {
    let now = 0;
    const limiter = new Limiter({ concurrency: 8 }, () => now);
    for (let n = 0; n < 8; n++) limiter.tryAcquire(1);
    now = 5;
    for (let n = 0; n < 8; n++) limiter.throttled(0, undefined);
    expect(limiter.limit).toBe(5);
    limiter.tryAcquire(1);
    limiter.throttled(6, undefined);
    expect(limiter.limit).toBe(3);
    expect(limiter.rateLimited).toBe(9);
  });

  test('never falls below one', () => {
    let now = 0;
    const limiter = new Limiter({ concurrency: 4 }, () => now);
    for (let n = 0; n < 40; n++) {
      now++;
      expect(limiter.tryAcquire(1)).toBe(true);
      limiter.throttled(now, undefined);
    }
    expect(limiter.limit).toBe(1);
  });

  test('obeys Retry-After and an exhausted rate-limit header', () => {
    let now = 0;
    const limiter = new Limiter({ concurrency: 4 }, () => now);
    limiter.tryAcquire(1);
    limiter.throttled(0, 1000);
    expect(limiter.tryAcquire(1)).toBe(false);
    now = 1001;
    expect(limiter.tryAcquire(1)).toBe(true);
    limiter.succeeded({ remainingRequests: 0, resetMs: 500 });
    expect(limiter.tryAcquire(1)).toBe(false);
    now = 1502;
    expect(limiter.tryAcquire(1)).toBe(true);
  });

  test('keeps to requests and tokens per minute', () => {
    let now = 0;
    const limiter = new Limiter({ concurrency: 1000, requestsPerMinute: 600, tokensPerMinute: 6_000 }, () => now);
    let sent = 0;
    for (; now < 60_000; now += 10) {
      while (limiter.tryAcquire(20)) {
        sent++;
        limiter.succeeded(undefined);
      }
    }
    // 6,000 tokens a minute at 20 a request are 300 requests, and two seconds' worth of a full bucket to start with.
    expect(sent).toBeGreaterThanOrEqual(295);
    expect(sent).toBeLessThanOrEqual(312);
  });

  test('waiters come in order, and a stopped one leaves the queue', async () => {
    const limiter = new Limiter({ concurrency: 1 });
    expect(limiter.tryAcquire(1)).toBe(true);
    const stop = new AbortController();
    const order: string[] = [];
    const first = limiter.acquire(1, stop.signal).catch((error: { reason: string }) => order.push(error.reason));
    const second = limiter.acquire(1, never).then(() => order.push('second'));
    stop.abort();
    await first;
    limiter.failed();
    await second;
    expect(order).toEqual(['aborted', 'second']);
  });
});
