import Table from 'cli-table3';
import type { Colors } from 'picocolors/types.js';
import { displayWidth } from './display-width.js';
import { segments, wrapText } from './wrap-text.js';

/** A column: its heading, whether its cells are numbers (right-aligned, never wrapped), whether it may be left out. */
export interface Column {
  head: string;
  numeric?: boolean;
  /** Left out where the table would not fit otherwise. */
  optional?: boolean;
}

/** A cell: plain text, and the colour of the whole of it. */
export interface TableCell {
  text: string;
  paint?: (text: string) => string;
}

const gap = 2;
const noBorders = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right']
    .concat(['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'])
    .map((name) => [name, '']),
);

/**
 * Lines of a table that fits `width` columns. Text columns are wrapped as far as needed; where that is not enough,
 * optional columns are left out, the last first, and at last each row becomes a sentence instead.
 */
export function textTable(columns: Column[], rows: TableCell[][], width: number, colors: Colors): string[] {
  const natural = columns.map((column, i) => widest(column, rows, i, displayWidth));
  const least = columns.map((column, i) => (column.numeric ? natural[i]! : widest(column, rows, i, longestSegment)));
  const room = width - gap * (columns.length - 1);
  if (sum(least) <= room) return drawn(columns, rows, shrink(natural, least, room), colors);
  const left = columns.findLastIndex((column) => column.optional);
  if (left < 0) return rows.flatMap((row) => asSentence(columns, row, width));
  return textTable(
    columns.filter((_, i) => i !== left),
    rows.map((row) => row.filter((_, i) => i !== left)),
    width,
    colors,
  );
}

function drawn(columns: Column[], rows: TableCell[][], widths: number[], colors: Colors): string[] {
  const table = new Table({
    chars: { ...noBorders, middle: ' '.repeat(gap) },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    colWidths: widths,
    colAligns: columns.map((column) => (column.numeric ? 'right' : 'left')),
  });
  table.push(columns.map((column) => colors.dim(column.head)));
  table.push(widths.map((width) => colors.dim('─'.repeat(width))));
  for (const row of rows) table.push(row.map((cell, i) => painted(cell, widths[i]!)));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

function painted({ text, paint = String }: TableCell, width: number): string {
  return wrapText(text, width)
    .map((line) => (line === '' ? '' : paint(line)))
    .join('\n');
}

function widest(column: Column, rows: TableCell[][], index: number, measure: (text: string) => number): number {
  return Math.max(1, measure(column.head), ...rows.map((row) => measure(row[index]?.text ?? '')));
}

function longestSegment(text: string): number {
  return Math.min(24, Math.max(...text.split(' ').flatMap(segments).map(displayWidth)));
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Takes columns from the widest first until the whole fits; none goes below its least width. */
function shrink(natural: number[], least: number[], room: number): number[] {
  const widths = [...natural];
  while (sum(widths) > room) {
    const slack = widths.map((width, i) => (width > least[i]! ? width : 0));
    widths[slack.indexOf(Math.max(...slack))]! -= 1;
  }
  return widths;
}

function asSentence(columns: Column[], row: TableCell[], width: number): string[] {
  const parts = row.flatMap((cell, i) => (cell.text === '' ? [] : [`${columns[i]!.head} ${cell.text}`]));
  return wrapText(parts.join(', '), width - 2).map((line, i) => `${i === 0 ? '- ' : '  '}${line}`);
}
