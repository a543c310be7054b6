/** A text, and the colon behind it if it is a key; or a bracket of a mapping. */
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|[{}]/g;

/**
 * Offset of the first key that its mapping has already, of which JSON.parse keeps the last and says nothing.
 * Nearly free where there is none: each key has a colon, so no key is missing unless colons outnumber keys.
 * @param text one JSON value; `value`: what JSON.parse made of it
 */
export function duplicateKeyAt(text: string, value: unknown): number | undefined {
  if (colonsOf(text) === keysOf(value)) return undefined;
  const open: Set<string>[] = [];
  for (const { 0: token, 1: key, 2: colon, index } of text.matchAll(TOKEN)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (colon !== undefined) {
      const keys = open.at(-1)!;
      const name = JSON.parse(key!) as string;
      if (keys.has(name)) return index;
      keys.add(name);
    }
  }
  return undefined;
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
