const WIDEST = 110;

/** Control characters of a source file never reach a terminal: each becomes one visible character. */
export function printable(text: string): string {
  return text.replaceAll('\t', ' ').replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

/**
 * Up to three source lines, the last of them with a pointer under a column (both count from 1, columns in UTF-16 code
 * units). Long lines are cut to a window around the column. Safe to print.
 */
export function codeFrame(text: string, line: number, column: number): string {
  const lines = text.split(/\r\n|\n/);
  if (lines.at(-1) === '' && line < lines.length) lines.pop();
  const digits = String(line).length;
  const from = Math.max(0, column - Math.floor(WIDEST * 0.7));
  const shown: string[] = [];
  for (let number = Math.max(1, line - 1); number <= Math.min(lines.length, line + 1); number++) {
    const content = cut(lines[number - 1]!, from);
    shown.push(`${number === line ? '>' : ' '} ${String(number).padStart(digits)} | ${content}`.trimEnd());
    if (number !== line) continue;
    const before = lines[line - 1]!.slice(from, column - 1);
    shown.push(`  ${' '.repeat(digits)} | ${' '.repeat([...before].length + (from > 0 ? 1 : 0))}^`);
  }
  return shown.join('\n');
}

function cut(line: string, from: number): string {
  const part = line.slice(from, from + WIDEST);
  return `${from > 0 && line.length > 0 ? '…' : ''}${printable(part)}${line.length > from + WIDEST ? '…' : ''}`;
}
