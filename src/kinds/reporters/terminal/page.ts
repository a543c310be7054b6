import type { Colors } from 'picocolors/types.js';
import { type Column, type TableCell, textTable } from './text-table.js';
import { wrapText } from './wrap-text.js';

/** Lines for a terminal of a given width, collected in order. Everything put in must be free of control characters. */
export class Page {
  readonly colors: Colors;
  readonly #width: number;
  readonly #lines: string[] = [];

  constructor(width: number, colors: Colors) {
    this.#width = width;
    this.colors = colors;
  }

  line(text: string, paint: (text: string) => string = String): void {
    this.#lines.push(...wrapText(text, this.#width).map(paint));
  }

  /** A blank line, the name of what follows, and a remark on it. */
  heading(name: string, remark: string): void {
    this.#lines.push('');
    const [first, ...rest] = wrapText(remark === '' ? name : `${name}  ${remark}`, this.#width);
    const cut = Math.min(name.length, first!.length);
    this.#lines.push(this.colors.bold(first!.slice(0, cut)) + this.colors.dim(first!.slice(cut)));
    this.#lines.push(...rest.map(this.colors.dim));
  }

  table(columns: Column[], rows: TableCell[][]): void {
    this.#lines.push(...textTable(columns, rows, this.#width, this.colors));
  }

  text(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}
