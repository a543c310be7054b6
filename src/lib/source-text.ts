import { EvalrunError } from '../contract/problem.js';
import { codeFrame } from './code-frame.js';

/** Line and column (from 1) of a UTF-16 offset. */
export function positionOf(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}

/**
 * Text of a source file, without a byte order mark.
 * @throws EvalrunError FILE_TOO_LARGE, NOT_UTF8.
 */
export function sourceText(file: string, content: string | Uint8Array, mostBytes: number): string {
  refuseLarge(file, typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength, mostBytes);
  const text = typeof content === 'string' ? content : decode(file, content);
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/**
 * Bytes of a source file, without a byte order mark.
 * @throws EvalrunError FILE_TOO_LARGE.
 */
export function sourceBytes(file: string, content: string | Uint8Array, mostBytes: number): Uint8Array {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  refuseLarge(file, bytes.byteLength, mostBytes);
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return marked ? bytes.subarray(3) : bytes;
}

function refuseLarge(file: string, bytes: number, mostBytes: number): void {
  if (bytes <= mostBytes) return;
  const size = (bytes / 1e6).toFixed(1);
  throw new EvalrunError('FILE_TOO_LARGE', `the file has ${size} MB; at most ${mostBytes / 1e6} MB are read`, {
    where: { file, line: 1, column: 1 },
    hint: 'split it; items and people may stand in a table of JSON Lines, which may be larger',
  });
}

function decode(file: string, bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true }).decode(bytes);
  const bad = text.indexOf('\uFFFD');
  if (bad === -1) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const { line, column } = positionOf(text, bad);
    throw new EvalrunError('NOT_UTF8', 'the file is not UTF-8 text', {
      where: { file, line, column, frame: codeFrame(text, bad, line) },
      hint: 'save it with the encoding UTF-8',
      cause,
    });
  }
}
