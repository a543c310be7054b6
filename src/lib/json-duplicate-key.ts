const SIGN = /[{}"]/g;
const COLON = /\s*:/y;

/**
 * Offset of the first key that its mapping has already, of which JSON.parse keeps the last and says nothing.
 * Nearly free where there is none: each key has a colon, so no key is missing unless colons outnumber keys.
 * @param text one JSON value; `value`: what JSON.parse made of it
 */
export function duplicateKeyAt(text: string, value: unknown): number | undefined {
  if (colonsOf(text) === keysOf(value)) return undefined;
  const open: Set<string>[] = [];
  SIGN.lastIndex = 0;
  for (let sign = SIGN.exec(text); sign !== null; sign = SIGN.exec(text)) {
    if (sign[0] === '{') open.push(new Set());
    else if (sign[0] === '}') open.pop();
    else {
      const end = textEnd(text, sign.index);
      SIGN.lastIndex = end;
      COLON.lastIndex = end;
      if (!COLON.test(text)) continue;
      const keys = open.at(-1)!;
      const key = JSON.parse(text.slice(sign.index, end)) as string;
      if (keys.has(key)) return sign.index;
      keys.add(key);
    }
  }
  return undefined;
}

/** Behind the closing quote of the text that opens at an offset. A loop, since a pattern would need stack for long texts. */
function textEnd(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '"') return i + 1;
    if (text[i] === '\\') i++;
  }
  return text.length;
}

function colonsOf(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) count++;
  return count;
}

/** Keys of all mappings in a value. Needs no recursion. */
function keysOf(value: unknown): number {
  let count = 0;
  const ahead = [value];
  while (ahead.length > 0) {
    const next = ahead.pop();
    if (typeof next !== 'object' || next === null) continue;
    const inner = Object.values(next);
    if (!Array.isArray(next)) count += inner.length;
    for (const one of inner) if (typeof one === 'object') ahead.push(one);
  }
  return count;
}
