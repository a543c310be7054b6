import { type Alias, type Document, LineCounter, type Node, parseDocument, type YAMLError } from 'yaml';
import { EvalrunError, type Place } from '../contract/problem.js';
import { codeFrame } from './code-frame.js';
import { MOST_LEVELS, nestingTooDeepAt } from './yaml-depth.js';
import { yamlSyntaxError } from './yaml-syntax-error.js';
import { YamlValues } from './yaml-value.js';

/** A value that was put over a document from outside, e.g. by a flag. */
export interface Overlay {
  path: (string | number)[];
  /** The text it came from, as a source of its own. */
  source: YamlSource;
  /** Offset of the value in that text. */
  offset: number;
}

/** A parsed YAML file with what is needed to point into it. */
export interface YamlSource {
  file: string;
  text: string;
  document: Document | null;
  lines: LineCounter;
  /** Alias → the node it stands for. */
  aliases: Map<Alias, Node>;
  /** Plain data; undefined when the text is not sound enough to be read on. */
  value: unknown;
  /** Problems of the text as YAML. */
  problems: EvalrunError[];
  overlays: Overlay[];
}

/** The place of an offset, with its frame. */
export function placeAtOffset(source: Pick<YamlSource, 'file' | 'text' | 'lines'>, offset: number): Place {
  const at = Math.min(offset, source.text.length);
  const { line, col } = source.lines.linePos(at);
  const place = { file: source.file, line: Math.max(1, line), column: Math.max(1, col) };
  return { ...place, frame: codeFrame(source.text, at, place.line) };
}

/** Parses YAML 1.2 (core schema, with anchors and `<<` merges) into plain data; never throws for what a file holds. */
export function parseYaml(file: string, text: string): YamlSource {
  const lines = new LineCounter();
  const source: YamlSource = {
    file,
    text,
    document: null,
    lines,
    aliases: new Map(),
    value: undefined,
    problems: [],
    overlays: [],
  };
  const place = (offset: number) => placeAtOffset(source, offset);
  // Checked on the text, because the parser's own time and stack grow with the depth.
  const deep = nestingTooDeepAt(text);
  if (deep !== undefined) {
    const message = `the document is nested more than ${MOST_LEVELS} levels deep`;
    source.problems.push(new EvalrunError('TOO_DEEP', message, { where: place(lineCounted(lines, text, deep)) }));
    return source;
  }
  source.document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false, logLevel: 'error' });
  const found: YAMLError[] = [...source.document.errors, ...source.document.warnings];
  const problems = found.map((error) => yamlSyntaxError(error, text, place));
  // What follows the first error of syntax is mostly its echo.
  const first = problems.find((problem) => problem.code === 'YAML_SYNTAX');
  source.problems.push(...problems.filter((problem) => problem.code !== 'YAML_SYNTAX' || problem === first));
  if (source.problems.every((problem) => problem.code === 'DUPLICATE_KEY')) readValues(source, place);
  return source;
}

function readValues(source: YamlSource, place: (offset: number) => Place): void {
  const values = new YamlValues((code, offset, message, hint) => {
    source.problems.push(
      new EvalrunError(code, message, { where: place(offset), ...(hint === undefined ? {} : { hint }) }),
    );
  });
  const contents = source.document!.contents;
  if (contents === null || source.text.trim() === '') {
    source.problems.push(new EvalrunError('EMPTY_DOCUMENT', 'the file holds no YAML document', { where: place(0) }));
    return;
  }
  const value = values.read(contents as Node);
  source.aliases = values.aliases;
  if (!values.stopped && !values.incomplete) source.value = value;
}

/** Counts the lines up to an offset of a text that was never parsed. */
function lineCounted(lines: LineCounter, text: string, offset: number): number {
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return offset;
}
