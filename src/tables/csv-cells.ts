import type { Buffer } from 'node:buffer';

export const QUOTE = 34;
export const LINE_FEED = 10;
export const CARRIAGE_RETURN = 13;
export const TAB = 9;

/** Skips blank lines. */
export function skipLineEnds(buffer: Buffer, start: number, length: number): number {
  let at = start;
  while (at < length && (buffer[at] === LINE_FEED || buffer[at] === CARRIAGE_RETURN)) at++;
  return at;
}

/**
 * Offset of the byte behind a cell: its delimiter, the LF or the CR of CRLF that ends its line, the end of the bytes, or,
 * behind closing quotes, whatever should not be there.
 * @param comma code of the delimiter
 */
export function cellEnd(buffer: Buffer, start: number, { comma, length }: { comma: number; length: number }): number {
  if (start < length && buffer[start] === QUOTE) return quotedEnd(buffer, start, length);
  for (let at = start; at < length; at++) {
    const code = buffer[at]!;
    if (code === comma || code === LINE_FEED) return at;
    if (code === CARRIAGE_RETURN && at + 1 < length && buffer[at + 1] === LINE_FEED) return at;
  }
  return length;
}

/** Offset behind the closing quotes; past the length where they are missing. */
export function quotedEnd(buffer: Buffer, start: number, length: number): number {
  for (let at = buffer.indexOf(QUOTE, start + 1); at !== -1 && at < length; at = buffer.indexOf(QUOTE, at + 2)) {
    if (at + 1 >= length || buffer[at + 1] !== QUOTE) return at + 1;
  }
  return length + 1;
}

/** Offset of a cell of the record that starts at an offset. */
export function cellOffset(buffer: Buffer, start: number, { index, comma }: { index: number; comma: number }): number {
  const { length } = buffer;
  let at = skipLineEnds(buffer, start, length);
  for (let i = 0; i < index; i++) {
    const end = cellEnd(buffer, at, { comma, length });
    if (buffer[end] !== comma) return at;
    at = end + 1;
  }
  return at;
}

/** What is wrong with the quotes of the first record that they are wrong in, and where; undefined if nothing is. */
export function quoteFault(
  buffer: Buffer,
  start: number,
  comma: number,
): { message: string; offset: number } | undefined {
  const { length } = buffer;
  for (let at = skipLineEnds(buffer, start, length); at < length; ) {
    const end = cellEnd(buffer, at, { comma, length });
    if (end > length) return { message: 'the table ends within quotes', offset: at };
    const bare = buffer[at] === QUOTE ? -1 : buffer.subarray(at, end).indexOf(QUOTE);
    if (bare !== -1 && comma !== TAB) {
      return { message: 'there are quotes within a cell that does not start with quotes', offset: at + bare };
    }
    const crlf = buffer[end] === CARRIAGE_RETURN && buffer[end + 1] === LINE_FEED;
    if (end < length && buffer[end] !== comma && buffer[end] !== LINE_FEED && !crlf) {
      return { message: 'after the closing quotes of a cell there is more text', offset: end };
    }
    at = end + (crlf ? 2 : 1);
  }
  return undefined;
}
