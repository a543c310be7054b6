import { Buffer, isUtf8 } from 'node:buffer';
import { EvalrunError, type Place } from '../contract/problem.js';
import { codeFrame } from './code-frame.js';
import { isExact } from './exact-number.js';
import { formatPath } from './field-path.js';
import { duplicateKeyAt } from './json-duplicate-key.js';
import { jsonFault } from './json-fault.js';
import { MOST_LEVELS } from './yaml-depth.js';
import { type Aim, placeOf } from './yaml-place.js';
import { parseYaml } from './yaml-source.js';

/** A parsed file of JSON Lines: one JSON value a line, blank lines between them left out. */
export interface JsonLines {
  rows: unknown[];
  /** JSON_SYNTAX, NOT_UTF8, and what YAML refuses too: DUPLICATE_KEY, RESERVED_NAME, TOO_DEEP, WRONG_VALUE. At most 1000. */
  problems: EvalrunError[];
  /** The place of a value of a row (or of its key). */
  placeOf(row: number, path: readonly (string | number)[], aim?: Aim): Place;
}

const MOST_PROBLEMS = 1000;
const LINE_FEED = 10;

/**
 * Parses JSON Lines. Each line is decoded and parsed alone, so that beside the rows only the bytes are held, and those
 * only as long as places may be asked for.
 * @param bytes UTF-8, without a byte order mark
 */
export function parseJsonLines(file: string, bytes: Uint8Array): JsonLines {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const table: JsonLines = { rows: [], problems: [], placeOf: (row, path, aim) => place(row, path, aim) };
  const sound = isUtf8(buffer);
  /** Of each row: where its line starts, in bytes, and its number. */
  const starts: number[] = [];
  const lines: number[] = [];
  let line = 0;
  let end = -1;
  for (let start = 0; start < buffer.length && table.problems.length < MOST_PROBLEMS; start = end + 1) {
    end = endOfLine(buffer, start);
    line++;
    const text = buffer.toString('utf8', start, end);
    if (!sound && !isUtf8(buffer.subarray(start, end))) table.problems.push(notUtf8(file, text, line));
    else readLine(text, start, line);
  }
  return table;

  function readLine(text: string, start: number, number: number): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      if (text.trim() !== '') table.problems.push(broken(file, text, { line: number, cause }));
      return;
    }
    starts.push(start);
    lines.push(number);
    const row = table.rows.push(value) - 1;
    const twice = duplicateKeyAt(text, value);
    if (twice !== undefined) {
      const where = placeInLine(file, text, { line: number, column: twice + 1 });
      const message = 'a mapping has the same key twice';
      table.problems.push(new EvalrunError('DUPLICATE_KEY', message, { where, hint: 'keep one' }));
      return;
    }
    const fault = valueFault(value, 0);
    if (fault === undefined) return;
    const where = place(row, fault.path, fault.aim);
    table.problems.push(new EvalrunError(fault.code, fault.message, { where, hint: fault.hint }));
  }

  function place(row: number, path: readonly (string | number)[], aim?: Aim): Place {
    const start = starts[row]!;
    const text = buffer.toString('utf8', start, endOfLine(buffer, start));
    // JSON is YAML, whose parser knows where each value stands. That is slow, and asked for problems only.
    const { column } = placeOf(parseYaml(file, text), path, aim);
    return { ...placeInLine(file, text, { line: lines[row]!, column }), path: formatPath(path) };
  }
}

function endOfLine(buffer: Buffer, start: number): number {
  const end = buffer.indexOf(LINE_FEED, start);
  return end === -1 ? buffer.length : end;
}

function placeInLine(file: string, text: string, { line, column }: { line: number; column: number }): Place {
  return { file, line, column, frame: codeFrame(text, column - 1, line) };
}

function broken(file: string, text: string, { line, cause }: { line: number; cause: unknown }): EvalrunError {
  const { offset, expected } = jsonFault(text) ?? { offset: 0, expected: 'one JSON value' };
  return new EvalrunError('JSON_SYNTAX', `this line is not JSON: expected ${expected}`, {
    where: placeInLine(file, text, { line, column: offset + 1 }),
    hint: 'each line is one whole JSON object, with keys and texts in double quotes',
    cause,
  });
}

function notUtf8(file: string, text: string, line: number): EvalrunError {
  return new EvalrunError('NOT_UTF8', 'the file is not UTF-8 text', {
    where: placeInLine(file, text, { line, column: text.indexOf('\uFFFD') + 1 }),
    hint: 'save it with the encoding UTF-8',
  });
}

interface ValueFault {
  code: string;
  path: (string | number)[];
  aim: 'key' | 'value';
  message: string;
  hint: string;
}

/** The first value of a row that YAML would refuse as well. */
function valueFault(value: unknown, depth: number): ValueFault | undefined {
  if (typeof value === 'number' && !isExact(value)) {
    const message = `the number ${value} cannot be kept exactly`;
    return { code: 'WRONG_VALUE', path: [], aim: 'value', message, hint: 'write it in quotes' };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= MOST_LEVELS) {
    const message = `the line is nested more than ${MOST_LEVELS} levels deep`;
    return { code: 'TOO_DEEP', path: [], aim: 'value', message, hint: 'flatten it' };
  }
  for (const key in value) {
    if (key === '__proto__') {
      const message = 'the key __proto__ is not allowed';
      return { code: 'RESERVED_NAME', path: [key], aim: 'key', message, hint: 'choose another name' };
    }
    const fault = valueFault((value as Record<string, unknown>)[key], depth + 1);
    if (fault !== undefined) return { ...fault, path: [Array.isArray(value) ? Number(key) : key, ...fault.path] };
  }
  return undefined;
}
