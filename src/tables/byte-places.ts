import type { Buffer } from 'node:buffer';
import type { Place } from '../contract/problem.js';
import { codeFrame } from '../lib/code-frame.js';

const LINE_FEED = 10;

/** Finds line and column of a byte of a UTF-8 file. Its lines are counted at the first question: mostly there is none. */
export class BytePlaces {
  #starts: number[] | undefined;

  /** @param linesBefore lines of the file before these bytes, if they are a part of it */
  constructor(
    readonly file: string,
    readonly buffer: Buffer,
    readonly linesBefore = 0,
  ) {}

  /** The place of the character that starts at a byte. */
  at(offset: number): Place {
    this.#starts ??= startsOf(this.buffer);
    const starts = this.#starts;
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    const textOf = (from: number, to: number | undefined): string => this.buffer.toString('utf8', from, to);
    const before = textOf(starts[low]!, offset).length;
    const from = starts[Math.max(0, low - 1)]!;
    const line = this.linesBefore + low + 1;
    const around = textOf(from, starts[low + 2]);
    const frame = codeFrame(around, textOf(from, offset).length, line);
    return { file: this.file, line, column: before + 1, frame };
  }
}

function startsOf(buffer: Buffer): number[] {
  const starts = [0];
  for (let at = buffer.indexOf(LINE_FEED); at !== -1; at = buffer.indexOf(LINE_FEED, at + 1)) starts.push(at + 1);
  return starts;
}
