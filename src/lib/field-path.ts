/** One segment of a path: a name after a dot, `["any text"]`, `['any text']` or `[0]`. */
const SEGMENT = /\.\s*([^.[\]"']+)|\[\s*"([^"]*)"\s*\]|\[\s*'([^']*)'\s*\]|\[\s*(\d+)\s*\]/y;
const ROOT = /\s*([A-Za-z_][\w-]*)\s*/y;

/**
 * Splits a path of the YAML language, e.g. `item.pink.name`, `persona["big five scores"]`, `item.options[0]`,
 * `persona.household language`, into its segments. Undefined if it is not a path.
 */
export function parsePath(text: string): string[] | undefined {
  ROOT.lastIndex = 0;
  const root = ROOT.exec(text);
  if (root === null) return undefined;
  const segments = [root[1]!];
  let at = ROOT.lastIndex;
  while (at < text.length) {
    SEGMENT.lastIndex = at;
    const match = SEGMENT.exec(text);
    if (match === null) return undefined;
    const segment = match[1]?.trim() ?? match[2] ?? match[3] ?? match[4]!;
    if (segment === '') return undefined;
    segments.push(segment);
    at = SEGMENT.lastIndex;
  }
  return segments;
}

/** Value at a path; undefined where it does not exist. Own properties only. */
export function lookupPath(scope: unknown, segments: readonly string[]): unknown {
  let value = scope;
  for (const segment of segments) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = (value as Record<string, unknown>)[segment];
  }
  return value;
}

/** True unless the value is missing, null, false or empty (text, list or object): the meaning of `when` and `unless`. */
export function isPresent(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '') return false;
  if (typeof value === 'object') return Object.keys(value).length > 0;
  return true;
}

/** A path into a document as people read it: `graders[0].of`, `arms["big five"].text`. */
export function formatPath(segments: readonly (string | number)[]): string {
  let text = '';
  for (const segment of segments) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else if (/^[A-Za-z_][\w-]*$/.test(segment)) text += text === '' ? segment : `.${segment}`;
    else text += `[${JSON.stringify(segment)}]`;
  }
  return text;
}
