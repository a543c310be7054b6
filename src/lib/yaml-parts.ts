import { isSeq } from 'yaml';
import { readYaml } from './yaml-nodes.js';

/** When a list is long enough to be read in parts, and of how many entries each part is. */
interface PartSizes {
  leastEntries: number;
  entriesAPart: number;
}

/** Measured: smaller parts cost calls, larger ones garbage that is collected late. */
const SIZES: PartSizes = { leastEntries: 500, entriesAPart: 16 };

/** Stands in the rest of a document for the entries that are read apart. */
const MARK = 'the-entries-of-this-list-stand-elsewhere';

/**
 * The value of a document with a long block list, whose entries are read a few at a time: the parser holds some kilobytes
 * of nodes for each of them, and to hold those of all at once takes longer than to parse.
 * Undefined wherever it is not certain that the whole document would be read as the same value and without a problem: it
 * is to be read as a whole then.
 */
export function valueInParts(text: string, sizes = SIZES): unknown {
  // Tabs and directives change what indentation and words mean.
  if (text.includes('\t') || text.includes(MARK) || /^%/m.test(text)) return undefined;
  const list = longestList(text);
  if (list === undefined || list.starts.length < sizes.leastEntries) return undefined;
  const mark = `${' '.repeat(list.indent)}- ${MARK}\n`;
  const rest = soundValue(text.slice(0, list.starts[0]) + mark + text.slice(list.end));
  const marked = rest === undefined ? [] : [...placesOfMark(rest.value, 0)];
  // More than one: the list is also meant by an alias.
  if (marked.length !== 1) return undefined;
  const { entries, index, depth } = marked[0]!;
  const read = entriesInParts(text, list, { depth, sizes });
  if (read === undefined) return undefined;
  entries.splice(index, 1, ...read);
  return rest!.value;
}

/** A block list: entries whose lines begin with `-` at the same indentation, and deeper lines. */
interface BlockList {
  indent: number;
  /** Offsets of the lines on which entries start. */
  starts: number[];
  end: number;
}

function longestList(text: string): BlockList | undefined {
  let longest: BlockList | undefined;
  let list: BlockList | undefined;
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = text.indexOf('\n', start) + 1 || text.length;
    let at = start;
    while (text[at] === ' ') at++;
    const indent = at - start;
    const blank = at === end || text[at] === '\n' || text[at] === '\r';
    const entry = text[at] === '-' && (at + 1 === end || ' \r\n'.includes(text[at + 1]!));
    const inside = list !== undefined && (blank || indent > list.indent || (entry && indent === list.indent));
    if (!inside) list = entry ? { indent, starts: [], end } : undefined;
    if (list === undefined) continue;
    if (entry && indent === list.indent) list.starts.push(start);
    list.end = end;
    if (longest === undefined || list.starts.length > longest.starts.length) longest = list;
  }
  return longest;
}

/** What a text holds, if it is sound and no part of it stands for another. */
function soundValue(text: string, depth = 0): { value: unknown; contents: unknown; anchored: boolean } | undefined {
  const { value, errors, problems, anchored, tree } = readYaml(text, depth);
  if (value === undefined || errors.length > 0 || problems.length > 0) return undefined;
  return { value, contents: tree.document!.contents, anchored };
}

function entriesInParts(
  text: string,
  { starts, end }: BlockList,
  { depth, sizes }: { depth: number; sizes: PartSizes },
): unknown[] | undefined {
  const entries: unknown[] = [];
  for (let i = 0; i < starts.length; i += sizes.entriesAPart) {
    const next = Math.min(i + sizes.entriesAPart, starts.length);
    const part = soundValue(text.slice(starts[i], starts[next] ?? end), depth);
    // Other than as many entries as there are lines that look like it: the lines were something else.
    if (part === undefined || part.anchored || !isSeq(part.contents) || part.contents.items.length !== next - i)
      return undefined;
    entries.push(...(part.value as unknown[]));
  }
  return entries;
}

function* placesOfMark(
  value: unknown,
  depth: number,
): Generator<{ entries: unknown[]; index: number; depth: number }, void> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (inner === MARK && Array.isArray(value)) yield { entries: value, index: Number(key), depth };
    else yield* placesOfMark(inner, depth + 1);
  }
}
