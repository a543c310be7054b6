const WIDEST = 110;

/** Control characters of a source file never reach a terminal: each becomes one visible character. */
export function printable(text: string): string {
  return text.replaceAll('\t', ' ').replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

/**
 * Up to three source lines with a pointer under an offset of the middle one. Long lines are cut to a window around it.
 * Safe to print. Costs as much as the lines are long, however long the text is.
 */
export function codeFrame(text: string, offset: number, line: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = endOfLine(text, offset);
  const column = offset - start;
  const from = Math.max(0, column - Math.floor(WIDEST * 0.7) + 1);
  const digits = String(line).length;
  const row = (mark: string, number: number, content: string): string =>
    `${mark} ${String(number).padStart(digits)} | ${cut(content.replace(/\r$/, ''), from)}`.trimEnd();
  const shown: string[] = [];
  if (start > 0) shown.push(row(' ', line - 1, text.slice(text.lastIndexOf('\n', start - 2) + 1, start - 1)));
  shown.push(row('>', line, text.slice(start, end)));
  const before = [...text.slice(start + from, offset)].length + (from > 0 ? 1 : 0);
  shown.push(`  ${' '.repeat(digits)} | ${' '.repeat(before)}^`);
  if (end + 1 < text.length) shown.push(row(' ', line + 1, text.slice(end + 1, endOfLine(text, end + 1))));
  return shown.join('\n');
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}

function cut(line: string, from: number): string {
  const part = line.slice(from, from + WIDEST);
  return `${from > 0 && line.length > 0 ? '…' : ''}${printable(part)}${line.length > from + WIDEST ? '…' : ''}`;
}
