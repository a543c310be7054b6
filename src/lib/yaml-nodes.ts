import { type Alias, type Document, type Node, parseDocument, type YAMLError } from 'yaml';
import { YamlValues } from './yaml-value.js';

/** The nodes of a document, which know where they are written. */
export interface YamlTree {
  document: Document | null;
  /** Alias → the node it stands for. */
  aliases: ReadonlyMap<Alias, Node>;
}

/** What is wrong with a value that the parser let pass. */
export interface ValueProblem {
  code: string;
  offset: number;
  message: string;
  hint: string | undefined;
}

/** What a text of YAML holds. */
export interface YamlReading {
  tree: YamlTree;
  /** `broken`: the parser complains of more than duplicate keys, so that nothing is read. */
  state: 'read' | 'empty' | 'broken';
  /** Plain data; undefined if there is none, or if it is not sound enough to be read on. */
  value: unknown;
  /** What the parser complains of. */
  errors: readonly YAMLError[];
  problems: readonly ValueProblem[];
  /** True if the text has anchors, so that its parts depend on each other. */
  anchored: boolean;
}

/** Reads YAML 1.2 (core schema, with anchors and `<<` merges). @param depth of the document within another one. */
export function readYaml(text: string, depth = 0): YamlReading {
  const document = parseDocument(text, { merge: true, prettyErrors: false, logLevel: 'error' });
  const errors: YAMLError[] = [...document.errors, ...document.warnings];
  const problems: ValueProblem[] = [];
  const values = new YamlValues((code, offset, message, hint) => problems.push({ code, offset, message, hint }));
  const state = errors.some((error) => error.code !== 'DUPLICATE_KEY')
    ? 'broken'
    : document.contents === null || text.trim() === ''
      ? 'empty'
      : 'read';
  const value = state === 'read' ? values.read(document.contents as Node, depth) : undefined;
  return {
    state,
    tree: { document, aliases: values.aliases },
    value: values.stopped || values.incomplete ? undefined : value,
    errors,
    problems,
    anchored: values.anchored,
  };
}
