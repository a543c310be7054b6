/** Where a text stops being JSON, and what could have stood there. */
export interface JsonFault {
  /** UTF-16 offset. */
  offset: number;
  expected: string;
}

/** What may come next. At `first` and `firstKey` the container may also be closed. */
type State = 'value' | 'first' | 'firstKey' | 'key' | 'colon' | 'after' | 'end';

interface Standing {
  state: State;
  /** Brackets that are open, outermost first; changed as they open and close. */
  open: string[];
}

const SPACE = /[ \t\n\r]*/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Finds the place that JSON.parse only complains of; undefined if the text is one JSON value. Needs no recursion. */
export function jsonFault(text: string): JsonFault | undefined {
  const open: string[] = [];
  let state: State = 'value';
  let at = 0;
  for (;;) {
    at = matchEnd(SPACE, text, at)!;
    if (at === text.length) {
      // Behind the last sign, not behind the blanks (or the carriage return) that end the line.
      return state === 'end' ? undefined : { offset: text.trimEnd().length, expected: expected({ state, open }) };
    }
    const next = stateAfter(text, at, { state, open });
    if (next === undefined) return faultAt(text, at, { state, open });
    [state, at] = next;
  }
}

/** What may come after the token at an offset, and where it ends; undefined if no fitting token is there. */
function stateAfter(text: string, at: number, { state, open }: Standing): [State, number] | undefined {
  const sign = text[at]!;
  const around = open.at(-1);
  if ((sign === '}' && around === '{') || (sign === ']' && around === '[')) {
    if (state !== 'after' && state !== (sign === '}' ? 'firstKey' : 'first')) return undefined;
    open.pop();
    return [open.length === 0 ? 'end' : 'after', at + 1];
  }
  if (state === 'after') return sign === ',' ? [around === '{' ? 'key' : 'value', at + 1] : undefined;
  if (state === 'colon') return sign === ':' ? ['value', at + 1] : undefined;
  if (state === 'end') return undefined;
  const end = sign === '"' ? textEnd(text, at).sound : undefined;
  if (state === 'key' || state === 'firstKey') return end === undefined ? undefined : ['colon', end];
  if (sign === '{' || sign === '[') {
    open.push(sign);
    return [sign === '{' ? 'firstKey' : 'first', at + 1];
  }
  const valueEnd = end ?? matchEnd(SCALAR, text, at);
  return valueEnd === undefined ? undefined : [open.length === 0 ? 'end' : 'after', valueEnd];
}

function faultAt(text: string, at: number, standing: Standing): JsonFault {
  const inText = text[at] === '"' && !['colon', 'after', 'end'].includes(standing.state);
  if (!inText) return { offset: at, expected: expected(standing) };
  const offset = textEnd(text, at).broken!;
  return { offset, expected: text[offset] === '\\' ? 'a known escape after the backslash' : 'a closing double quote' };
}

function expected({ state, open }: Standing): string {
  const closing = open.at(-1) === '{' ? '"}"' : '"]"';
  const expected: Record<State, string> = {
    value: 'a value',
    first: `a value or ${closing}`,
    firstKey: `a key in double quotes or ${closing}`,
    key: 'a key in double quotes',
    colon: '":" after the key',
    after: `"," or ${closing}`,
    end: 'nothing more',
  };
  return expected[state];
}

/** Where a text in double quotes ends, or where it breaks. */
function textEnd(text: string, at: number): { sound?: number; broken?: number } {
  for (let i = at + 1; ; ) {
    const sign = text[i];
    if (sign === '"') return { sound: i + 1 };
    if (sign === undefined || sign < ' ') return { broken: i };
    const end = sign === '\\' ? matchEnd(ESCAPE, text, i) : i + 1;
    if (end === undefined) return { broken: i };
    i = end;
  }
}

function matchEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
