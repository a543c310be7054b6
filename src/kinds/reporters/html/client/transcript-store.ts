import type { Json } from '../../../../contract/json.js';
import { type Chunk, type PackedRow, type PackedScore, type Ref, unpackJson } from '../transcripts/packed.js';

/** The unpacked transcripts of the page: rows in order, and the strings that they refer to. */
export class TranscriptStore {
  readonly strings: string[] = [];
  readonly rows: PackedRow[] = [];

  add(chunk: Chunk): void {
    for (const text of chunk.strings) this.strings.push(text);
    for (const row of chunk.rows) this.rows.push(row);
  }

  /** The string behind a number; empty for none. */
  text(ref: Ref): string {
    return ref < 0 ? '' : (this.strings[ref] ?? '');
  }

  /** Distinct strings of one column, in order of appearance. */
  distinct(refOf: (row: PackedRow) => Ref): string[] {
    return [...new Set(this.rows.map(refOf))].map((ref) => this.text(ref));
  }

  indexOfCell(cell: number): number {
    return this.rows.findIndex((row) => row.cell === cell);
  }

  /** Value of a field such as `item.domain` or `persona.age`; undefined if there is none. */
  field(row: PackedRow, path: string): Json | undefined {
    if (path === 'provider.id') return this.text(row.provider);
    const [root, ...rest] = path.split('.');
    const ref = root === 'item' ? row.item[1] : root === 'persona' ? row.persona?.[1] : undefined;
    if (ref === undefined) return undefined;
    if (root === 'persona' && rest.join('.') === 'id') return this.text(row.persona![0]);
    let value: Json | undefined = unpackJson(this.text(ref));
    const whole = rest.join('.');
    // Names of attributes may hold dots and spaces themselves.
    if (isObject(value) && Object.hasOwn(value, whole)) return value[whole];
    for (const key of rest) value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    return value;
  }

  /** A score in a few words: verdict, number, or why there is none. */
  scoreText(score: PackedScore): string {
    if (score.value === null) return `unscored: ${this.text(score.label).replaceAll('_', ' ')}`;
    return score.label < 0 ? shortNumber(score.value) : this.text(score.label);
  }
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** At most three decimals, without zeros at the end. */
export function shortNumber(value: number): string {
  return String(Number(value.toFixed(3)));
}
