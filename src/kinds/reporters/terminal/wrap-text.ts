import { displayWidth } from './display-width.js';

/**
 * Lines of at most `width` columns: broken at spaces; inside a word only where it is wider than a line, then after
 * `_`, `-` or `/` if that is enough.
 */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((whole) => pieces(whole, width))) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (displayWidth(joined) <= width) line = joined;
    else {
      lines.push(line);
      line = word;
    }
  }
  lines.push(line);
  return lines;
}

/** Parts of a word that are best kept whole. */
export function segments(word: string): string[] {
  return word.split(/(?<=[_/-])(?=[\p{L}\p{N}])/u);
}

function pieces(word: string, width: number): string[] {
  if (displayWidth(word) <= width) return [word];
  const parts = [''];
  for (const part of segments(word).flatMap((segment) => (displayWidth(segment) <= width ? [segment] : [...segment]))) {
    if (displayWidth(parts.at(-1)! + part) > width) parts.push('');
    parts[parts.length - 1] += part;
  }
  return parts;
}
