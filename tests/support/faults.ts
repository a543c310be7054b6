import { createHash } from 'node:crypto';
import type { Answer, SeenRequest } from './chat-server.js';

/** Shares of requests, 0–1, that go wrong in one way or another. */
export type FaultShares = { [fault in '429' | '500' | 'drop' | 'truncate' | 'malformed']: number };

/** A share in [0, 1) that follows from a seed and a text. */
export const drawn = (seed: number, text: string): number =>
  createHash('sha256').update(`${seed}\n${text}`).digest().readUInt32LE(0) / 2 ** 32;

/**
 * Lets some attempts fail. Which ones follows from the seed, the body and how often that body came before, so that the
 * order of arrival does not matter.
 */
export function withFaults(
  shares: FaultShares,
  seed: number,
  answer: (request: SeenRequest) => Answer,
): (request: SeenRequest) => Answer {
  return (request) => {
    let left = drawn(seed, `${request.attempt}\n${request.raw}`);
    for (const [fault, share] of Object.entries(shares)) {
      left -= share;
      if (left >= 0) continue;
      const status = Number(fault);
      return Number.isNaN(status) ? ({ fault } as Answer) : { status };
    }
    return answer(request);
  };
}
