import { Buffer, isAscii, isUtf8 } from 'node:buffer';
import { EvalrunError } from '../contract/problem.js';
import { BytePlaces } from './byte-places.js';
import { CARRIAGE_RETURN, cellEnd, LINE_FEED, QUOTE, quotedEnd, quoteFault, skipLineEnds, TAB } from './csv-cells.js';
import { raggedRow } from './csv-form.js';

/** From this length on V8 keeps the text that a part was cut from, however large: such parts are copied. */
const SLICED = 13;
/** No record ends here: more bytes are needed. */
const MORE = -1;

/** Bytes that start with a record. */
export interface CsvPiece {
  buffer: Buffer;
  length: number;
  /** True if nothing follows, so that a record may end without a line feed. */
  last: boolean;
}

/**
 * Cuts the cells of a CSV out of its bytes. Written for files of gigabytes with hundreds of columns: a cell that nobody
 * wants costs a look at its bytes and nothing more. It reads what `csv-parse` reads, which is several times as slow.
 */
export class CsvScanner {
  readonly #file: string;
  readonly #comma: number;
  #wanted: Int32Array = new Int32Array(0);
  #width = 0;
  /** Where the wanted cells of the records at hand start and end. */
  #ends: number[] = [];
  /** Lines of the file before the bytes at hand. */
  #lines = 0;

  constructor(file: string, delimiter: ',' | '\t') {
    this.#file = file;
    this.#comma = delimiter.charCodeAt(0);
  }

  /** The names in the first record, and where the next one starts; undefined if more bytes are needed. */
  header(piece: CsvPiece): { names: string[]; end: number } | undefined {
    const { buffer, length, last } = piece;
    const start = skipLineEnds(buffer, 0, length);
    const names: string[] = [];
    for (let at = start; ; ) {
      const end = cellEnd(buffer, at, { comma: this.#comma, length });
      if (end >= length && (!last || start === length)) return undefined;
      const code = end < length ? buffer[end] : undefined;
      names.push(cellOf(buffer.toString('utf8', at, end)));
      at = end + 1;
      if (code === this.#comma) continue;
      const next = Math.min(code === CARRIAGE_RETURN ? end + 2 : end + 1, length);
      this.#refuse(piece, 0, next);
      this.#lines += linesIn(buffer, 0, next);
      return { names, end: next };
    }
  }

  /** Says which columns are wanted: for each column its place among the `width` wanted ones, or -1. */
  want(wanted: Int32Array, width: number): void {
    this.#wanted = wanted;
    this.#width = width;
  }

  /** Cuts whole records: the wanted cells by column, and where the first record starts that is not whole. */
  rows(piece: CsvPiece, from: number): { cells: string[][]; rows: number; end: number } {
    const { buffer, length } = piece;
    let rows = 0;
    let start = skipLineEnds(buffer, from, length);
    while (start < length) {
      const end = this.#record(piece, { from, start, base: rows * this.#width * 2 });
      if (end === MORE) break;
      rows++;
      start = skipLineEnds(buffer, end, length);
    }
    if (!isUtf8(buffer.subarray(from, start))) this.#refuse(piece, from, start);
    this.#lines += linesIn(buffer, from, start);
    return { cells: this.#cut(buffer.subarray(0, start), rows), rows, end: start };
  }

  /** Finds the wanted cells of one record; where it ends, or MORE. */
  #record(piece: CsvPiece, { from, start, base }: { from: number; start: number; base: number }): number {
    const { buffer, length, last } = piece;
    const comma = this.#comma;
    const wanted = this.#wanted;
    const columns = wanted.length;
    const ends = this.#ends;
    let column = 0;
    let at = start;
    for (;;) {
      const cell = at;
      if (at < length && buffer[at] === QUOTE) at = quotedEnd(buffer, at, length);
      else {
        for (; at < length; at++) {
          const code = buffer[at]!;
          // All that may end a cell is below 45: most bytes are passed with one comparison.
          if (code > 44) continue;
          if (code === comma || code === LINE_FEED) break;
          if ((code === CARRIAGE_RETURN || code === QUOTE) && this.#stops(piece, from, at)) break;
        }
      }
      if (at >= length && !last) return MORE;
      const code = at < length ? buffer[at]! : LINE_FEED;
      if (code === CARRIAGE_RETURN && at + 1 >= length && !last) return MORE;
      const crlf = code === CARRIAGE_RETURN && at + 1 < length && buffer[at + 1] === LINE_FEED;
      if (at > length || (code !== comma && code !== LINE_FEED && !crlf)) this.#refuseQuotes(piece, from, start);
      if (column < columns && wanted[column] !== -1) {
        const place = base + 2 * wanted[column]!;
        ends[place] = cell;
        ends[place + 1] = at;
      }
      column++;
      at++;
      if (code === comma) continue;
      if (column !== columns) throw raggedRow(column, columns, this.#places(piece, from).at(start - from));
      return Math.min(crlf ? at + 1 : at, length);
    }
  }

  /** True if a carriage return ends a cell that has no quotes around it. Quotes there are refused, but in a .tsv. */
  #stops(piece: CsvPiece, from: number, at: number): boolean {
    const { buffer, length, last } = piece;
    if (buffer[at] === CARRIAGE_RETURN) return at + 1 < length ? buffer[at + 1] === LINE_FEED : !last;
    if (this.#comma !== TAB) this.#refuseQuotes(piece, from, at);
    return false;
  }

  /** The texts of the cells that were found. */
  #cut(bytes: Buffer, rows: number): string[][] {
    const width = this.#width;
    const ends = this.#ends;
    const cells: string[][] = [];
    // In ASCII a byte is a character, and a part of a text is cheaper than a part of a buffer.
    const text = isAscii(bytes) ? bytes.toString('latin1') : undefined;
    for (let column = 0; column < width; column++) {
      const texts = new Array<string>(rows);
      for (let row = 0, at = 2 * column; row < rows; row++, at += 2 * width) {
        const [start, end] = [ends[at]!, ends[at + 1]!];
        texts[row] = cellOf(text === undefined ? bytes.toString('utf8', start, end) : text.slice(start, end));
      }
      cells.push(texts);
    }
    return cells;
  }

  /** @throws EvalrunError for the first record from an offset on whose quotes are wrong. */
  #refuseQuotes(piece: CsvPiece, from: number, start: number): never {
    const bytes = piece.buffer.subarray(0, piece.length);
    const lineStart = start === 0 ? 0 : bytes.lastIndexOf(LINE_FEED, start - 1) + 1;
    const { message, offset } = quoteFault(bytes, Math.max(from, lineStart), this.#comma) ?? {
      message: 'the quotes of this row are wrong',
      offset: start,
    };
    const hint = 'a cell with quotes stands in quotes, and each quote in it is written twice';
    throw new EvalrunError('BAD_TABLE', message, { where: this.#places(piece, from).at(offset - from), hint });
  }

  /** @throws EvalrunError NOT_UTF8 for bytes that are not. */
  #refuse(piece: CsvPiece, from: number, to: number): void {
    const bytes = piece.buffer.subarray(from, to);
    if (isUtf8(bytes)) return;
    const text = bytes.toString('utf8');
    const offset = Buffer.byteLength(text.slice(0, text.indexOf('\uFFFD')));
    const hint = 'save it with the encoding UTF-8';
    throw new EvalrunError('NOT_UTF8', 'the file is not UTF-8 text', {
      where: this.#places(piece, from).at(offset),
      hint,
    });
  }

  #places({ buffer, length }: CsvPiece, from: number): BytePlaces {
    return new BytePlaces(this.#file, buffer.subarray(from, length), this.#lines);
  }
}

function linesIn(buffer: Buffer, from: number, to: number): number {
  let lines = 0;
  for (let at = buffer.indexOf(LINE_FEED, from); at !== -1 && at < to; at = buffer.indexOf(LINE_FEED, at + 1)) lines++;
  return lines;
}

/** The text of a cell without its quotes, and without the text that it was cut from. */
function cellOf(cell: string): string {
  if (cell.charCodeAt(0) !== QUOTE || cell.length < 2) return cell.length < SLICED ? cell : ` ${cell}`.slice(1);
  const inner = cell.slice(1, -1);
  if (inner.includes('"')) return inner.replaceAll('""', '"');
  return inner.length < SLICED ? inner : ` ${inner}`.slice(1);
}
