import { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { EvalrunError } from '../contract/problem.js';
import { checkColumnNames, unknownColumn } from './column-names.js';
import { delimiterOf } from './csv-form.js';
import { type CsvPiece, CsvScanner } from './csv-scanner.js';
import type { RowBatch } from './table.js';

const CHUNK = 1 << 20;
/** A row, or a cell in quotes that is never closed, longer than this is not held. */
const MOST_ROW = 64 << 20;

/** Names of a CSV's columns. */
export async function csvColumns(file: string, handle: FileHandle): Promise<string[]> {
  const scanner = new CsvScanner(file, delimiterOf(file));
  for await (const piece of pieces(file, handle)) {
    const head = scanner.header(piece);
    if (head !== undefined) return checked(file, head.names);
  }
  throw emptyTable(file);
}

/** Rows of a CSV, about a megabyte at a time. Only the cells of the wanted columns become texts. */
export async function* streamCsv(file: string, handle: FileHandle, columns: string[]): AsyncIterable<RowBatch> {
  const scanner = new CsvScanner(file, delimiterOf(file));
  const unique = [...new Set(columns)];
  let first = 0;
  let started = false;
  for await (const piece of pieces(file, handle)) {
    let from = 0;
    if (!started) {
      const head = scanner.header(piece);
      if (head === undefined) continue;
      scanner.want(wantedOf(file, checked(file, head.names), unique), unique.length);
      from = head.end;
      started = true;
    }
    const { cells, rows, end } = scanner.rows(piece, from);
    piece.used = end;
    if (rows > 0) yield { first, columns: columns.map((column) => cells[unique.indexOf(column)]!), length: rows };
    first += rows;
  }
  if (!started) throw emptyTable(file);
}

interface Piece extends CsvPiece {
  /** How many bytes were read for good; the others come again, with more behind them. */
  used: number;
}

/** The bytes of a file, without a byte order mark, in one buffer that grows where a record is longer than it. */
async function* pieces(file: string, handle: FileHandle): AsyncIterable<Piece> {
  let buffer = Buffer.allocUnsafe(CHUNK);
  let length = 0;
  let position = 0;
  for (let last = false; !last; ) {
    if (length === buffer.length) {
      if (length >= MOST_ROW) throw tooLong(file);
      buffer = Buffer.concat([buffer], 2 * length);
    }
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, position);
    last = bytesRead === 0;
    length += bytesRead;
    const marked = position === 0 && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf && length >= 3;
    position += bytesRead;
    if (marked) length = moved(buffer, 3, length);
    const piece = { buffer, length, last, used: 0 };
    yield piece;
    length = moved(buffer, piece.used, length);
  }
}

/** Moves the bytes from an offset on to the front; how many they are. */
function moved(buffer: Buffer, from: number, length: number): number {
  buffer.copyWithin(0, from, length);
  return length - from;
}

function checked(file: string, names: string[]): string[] {
  checkColumnNames(names, () => ({ file, line: 1, column: 1 }));
  return names;
}

/** For each column of the file its place among the wanted ones, or -1. */
function wantedOf(file: string, names: string[], columns: string[]): Int32Array {
  const wanted = new Int32Array(names.length).fill(-1);
  for (const [index, column] of columns.entries()) {
    const at = names.indexOf(column);
    if (at === -1) throw unknownColumn(column, names, { file, line: 1, column: 1 });
    wanted[at] = index;
  }
  return wanted;
}

function tooLong(file: string): EvalrunError {
  const hint = 'is this a CSV? cells with quotes stand in quotes, and each quote in them is written twice';
  const message = `a row of ${file} has more than 64 MB`;
  return new EvalrunError('BAD_TABLE', message, { where: { file, line: 1, column: 1 }, hint });
}

function emptyTable(file: string): EvalrunError {
  const where = { file, line: 1, column: 1 };
  return new EvalrunError('BAD_TABLE', 'the table is empty', { where, hint: 'its first line names the columns' });
}
