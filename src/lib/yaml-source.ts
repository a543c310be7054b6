import { EvalrunError, type Place } from '../contract/problem.js';
import { codeFrame } from './code-frame.js';
import { LineStarts } from './line-starts.js';
import { MOST_LEVELS, nestingTooDeepAt } from './yaml-depth.js';
import { readYaml, type YamlReading, type YamlTree } from './yaml-nodes.js';
import { valueInParts } from './yaml-parts.js';
import { yamlSyntaxError } from './yaml-syntax-error.js';

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
  lines: LineStarts;
  /** The nodes, for places. Those of a large file are parsed only when a place is asked for. */
  tree(): YamlTree;
  /** Plain data; undefined when the text is not sound enough to be read on. */
  value: unknown;
  /** Problems of the text as YAML. */
  problems: EvalrunError[];
  overlays: Overlay[];
}

const NO_TREE: YamlTree = { document: null, aliases: new Map() };

/** The place of an offset, with its frame. */
export function placeAtOffset(source: Pick<YamlSource, 'file' | 'text' | 'lines'>, offset: number): Place {
  const at = Math.min(offset, source.text.length);
  const position = source.lines.positionOf(at);
  return { file: source.file, ...position, frame: codeFrame(source.text, at, position.line) };
}

/** Parses YAML 1.2 (core schema, with anchors and `<<` merges) into plain data; never throws for what a file holds. */
export function parseYaml(file: string, text: string): YamlSource {
  const source: YamlSource = {
    file,
    text,
    lines: new LineStarts(text),
    tree: () => NO_TREE,
    value: undefined,
    problems: [],
    overlays: [],
  };
  const place = (offset: number) => placeAtOffset(source, offset);
  // Checked on the text, because the parser's own time and stack grow with the depth.
  const deep = nestingTooDeepAt(text);
  if (deep !== undefined) {
    const message = `the document is nested more than ${MOST_LEVELS} levels deep`;
    source.problems.push(new EvalrunError('TOO_DEEP', message, { where: place(deep) }));
    return source;
  }
  source.value = valueInParts(text);
  let reading = source.value === undefined ? readYaml(text) : undefined;
  source.tree = () => {
    reading ??= readYaml(text);
    return reading.tree;
  };
  if (reading === undefined) return source;
  source.value = reading.value;
  source.problems = problemsOf(text, reading, place);
  return source;
}

function problemsOf(text: string, reading: YamlReading, place: (offset: number) => Place): EvalrunError[] {
  const found = reading.errors.map((error) => yamlSyntaxError(error, text, place));
  // What follows the first error of syntax is mostly its echo.
  const first = found.find(({ code }) => code === 'YAML_SYNTAX');
  const problems = found.filter((problem) => problem.code !== 'YAML_SYNTAX' || problem === first);
  if (reading.state === 'empty') {
    problems.push(new EvalrunError('EMPTY_DOCUMENT', 'the file holds no YAML document', { where: place(0) }));
  }
  for (const { code, offset, message, hint } of reading.problems) {
    problems.push(new EvalrunError(code, message, { where: place(offset), ...(hint === undefined ? {} : { hint }) }));
  }
  return problems;
}
