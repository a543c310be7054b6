import { Buffer } from 'node:buffer';
import { createReadStream } from 'node:fs';

const LINE_FEED = 10;

/**
 * The lines of a file of any size, as bytes without their line feed, one after the other. Only a line feed ends a line:
 * inside JSON the line separators of Unicode are ordinary characters. What follows the last line feed is a line if it has bytes.
 * @param onBytes is given every piece of the file as it is read
 */
export async function* byteLines(file: string, onBytes: (bytes: Buffer) => void = () => {}): AsyncGenerator<Buffer> {
  let kept: Buffer[] = [];
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 })) {
    const bytes = piece as Buffer;
    onBytes(bytes);
    let from = 0;
    for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, from)) {
      const rest = bytes.subarray(from, end);
      yield kept.length === 0 ? rest : Buffer.concat([...kept, rest]);
      kept = [];
      from = end + 1;
    }
    if (from < bytes.length) kept.push(bytes.subarray(from));
  }
  if (kept.length > 0) yield Buffer.concat(kept);
}
