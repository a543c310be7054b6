import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Json } from '../contract/json.js';
import { EvalrunError, type Place } from '../contract/problem.js';

/** A line of a file of JSON Lines. */
export interface JsonLine {
  /** From 1. */
  line: number;
  row: { [column: string]: Json };
}

/**
 * The objects of a file of JSON Lines of any size, one after the other; blank lines are passed over.
 * @throws EvalrunError BAD_TABLE for a line that is no JSON object, with its line; and what opening the file throws
 */
export async function* streamJsonLines(file: string): AsyncIterable<JsonLine> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    const bare = line === 1 ? text.replace(/^\uFEFF/, '') : text;
    if (bare.trim() !== '') yield { line, row: objectOf(bare, { file, line, column: 1 }) };
  }
}

function objectOf(text: string, where: Place): JsonLine['row'] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const hint = 'mend the quotes, commas or brackets; one whole object a line';
    throw new EvalrunError('BAD_TABLE', 'this line is not JSON', { where, hint, cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonLine['row'];
  throw new EvalrunError('BAD_TABLE', 'this line is not a JSON object', {
    where,
    hint: 'each line is one object: its keys are the columns',
  });
}
