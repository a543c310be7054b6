import { Lexer } from 'yaml';

/** Deepest nesting of lists and mappings that is read. */
export const MOST_LEVELS = 64;

const [OPEN_LIST, CLOSE_LIST, OPEN_MAPPING, CLOSE_MAPPING] = [0x5b, 0x5d, 0x7b, 0x7d];
const COMPACT_LISTS = new RegExp(`^ *(?:[-?] +){${MOST_LEVELS}}`, 'm');

/** Offset at which collections on one line open a level too many; undefined if they never do. Needs no recursion. */
export function nestingTooDeepAt(text: string): number | undefined {
  const lists = COMPACT_LISTS.exec(text);
  if (lists !== null) return lists.index + lists[0].length;
  return deepestBrackets(text) > MOST_LEVELS ? flowTooDeepAt(text) : undefined;
}

/** At least the nesting of flow collections; more where brackets stand in text. */
function deepestBrackets(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const sign = text.charCodeAt(i);
    if (sign === OPEN_LIST || sign === OPEN_MAPPING) deepest = Math.max(deepest, ++depth);
    else if (sign === CLOSE_LIST || sign === CLOSE_MAPPING) depth = Math.max(0, depth - 1);
  }
  return deepest;
}

function flowTooDeepAt(text: string): number | undefined {
  let offset = 0;
  let depth = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') {
      if (++depth > MOST_LEVELS) return offset;
    } else if (token === ']' || token === '}') depth--;
    // The lexer's control marks (document start, scalar, flow error) stand for no text.
    if (token.length > 1 || !'\u0002\u001f\u0018'.includes(token)) offset += token.length;
  }
  return undefined;
}
