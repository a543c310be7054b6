const unspacedScripts = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar'];
const unspacedClass = unspacedScripts.map((script) => `\\p{sc=${script}}`).join('');

/** A run of these characters, joined inside by apostrophes or hyphens. */
const runOf = (character: string): string => `${character}+(?:['’\\-]${character}+)*`;

const unspaced = new RegExp(`[${unspacedClass}]`, 'v');
/** Most texts hold no sign of a script without spaces, and the shorter expression does. */
const plain = new RegExp(runOf('[\\p{L}\\p{M}\\p{N}]'), 'gv');
const mixed = new RegExp(`[${unspacedClass}]\\p{M}*|${runOf(`[[\\p{L}\\p{M}\\p{N}]--[${unspacedClass}]]`)}`, 'gv');

/**
 * The words of a text, in order, in NFC, case kept; punctuation and spaces are left out. Every sign of a script that is
 * written without spaces (Chinese, Japanese, Thai …) is a word by itself. Linear in the text.
 */
export function wordsOf(text: string): string[] {
  const composed = text.normalize('NFC');
  return composed.match(unspaced.test(composed) ? mixed : plain) ?? [];
}
