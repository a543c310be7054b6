import { EvalrunError } from '../contract/problem.js';
import { lookupPath, parsePath } from './field-path.js';
import { analyseTemplate, TEMPLATE_FILTERS, TEMPLATE_TAGS, templateEngine } from './template-engine.js';
import { templateSyntaxError } from './template-syntax-error.js';
import { insertedText } from './template-value.js';

/** One use of a variable in a template. */
export interface TemplateUse {
  /** Segments from the root, e.g. `['item', 'pink', 'name']`. */
  path: string[];
  /** As written, e.g. `item.pink.name`. */
  text: string;
  /** UTF-16 offset of `text` in the source. */
  offset: number;
  /** True where a missing value does not stop the rendering: tested by `if`, or followed by `default`. */
  optional: boolean;
}

/** A compiled template of an eval's author. */
export interface CompiledTemplate {
  source: string;
  uses: TemplateUse[];
  /** Distinct paths of `uses`. */
  variables: string[][];
  /**
   * The text with every variable replaced, once: what is inserted is never parsed again.
   * @throws EvalrunError MISSING_VARIABLE where a value is missing or null, TEMPLATE_ERROR where a filter fails.
   */
  render(scope: object): string;
}

const OUTPUT =
  /\{\{[ \t]*([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\["[^"\\\]{}]*"\]|\['[^'\\\]{}]*'\]|\[\d+\])*)[ \t]*\}\}/g;
/** Words and properties that mean something of their own in Liquid. */
const SPECIAL = /^(?:true|false|nil|null|empty|blank)$|[.](?:size|first|last)\b/;

const compiled = new Map<string, CompiledTemplate>();
const MOST_KEPT = 20_000;

/**
 * Compiles a template (`{{ path | filter }}`, `{% if %}`, `{% for %}`; see `TEMPLATE_FILTERS`). Kept by source.
 * @throws EvalrunError TEMPLATE_SYNTAX whose `where` counts line and column from the start of the template.
 */
export function compileTemplate(source: string): CompiledTemplate {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const template = compilePlain(source) ?? compileLiquid(source);
  if (compiled.size >= MOST_KEPT) compiled.clear();
  compiled.set(source, template);
  return template;
}

/** Text and plain paths need no engine: about a hundredth of its time. Undefined when the template has more. */
export function compilePlain(source: string): CompiledTemplate | undefined {
  if (source.includes('{%')) return undefined;
  const literals: string[] = [];
  const uses: TemplateUse[] = [];
  let end = 0;
  for (const match of source.matchAll(OUTPUT)) {
    const text = match[1]!;
    const path = parsePath(text);
    if (path === undefined || SPECIAL.test(text)) return undefined;
    literals.push(source.slice(end, match.index));
    uses.push({ path, text, offset: match.index + match[0].indexOf(text), optional: false });
    end = match.index + match[0].length;
  }
  literals.push(source.slice(end));
  if (literals.some((literal) => literal.includes('{{'))) return undefined;
  return { source, uses, variables: distinct(uses), render: (scope) => renderPlain(literals, uses, scope) };
}

function renderPlain(literals: string[], uses: TemplateUse[], scope: object): string {
  let text = literals[0]!;
  for (let i = 0; i < uses.length; i++) {
    const use = uses[i]!;
    const value = lookupPath(scope, use.path);
    text += typeof value === 'string' ? value : insertedText(value, use.text);
    text += literals[i + 1]!;
  }
  return text;
}

/** Any template, through Liquid. */
export function compileLiquid(source: string): CompiledTemplate {
  const engine = templateEngine();
  try {
    const templates = engine.parse(source);
    const { all, lenient } = analyseTemplate(templates);
    const optional = new Set(lenient.map((variable) => variable.path.join('\0')));
    const lineStarts = startsOfLines(source);
    const uses = all.map((variable) => {
      const offset = (lineStarts[variable.row - 1] ?? 0) + variable.col - 1;
      const text = writtenPath(source, offset);
      if (!variable.fixed) throw dynamicPath(text, variable);
      return { path: variable.path, text, offset, optional: isOptional(variable.path, optional) };
    });
    uses.sort((a, b) => a.offset - b.offset);
    refuseSpaces(source);
    return { source, uses, variables: distinct(uses), render: (scope) => renderLiquid(scope) };
    function renderLiquid(scope: object): string {
      try {
        return engine.renderSync(templates, scope);
      } catch (error) {
        throw renderError(error);
      }
    }
  } catch (error) {
    if (error instanceof EvalrunError) throw error;
    throw templateSyntaxError(error, TEMPLATE_FILTERS, TEMPLATE_TAGS);
  }
}

function renderError(error: unknown): EvalrunError {
  let inner = error as { originalError?: unknown; message: string };
  while (inner.originalError instanceof Error) inner = inner.originalError as typeof inner;
  if (inner instanceof EvalrunError) return inner;
  const missing = /undefined variable: (.+?)(?:, line:\d+.*)?$/s.exec(inner.message)?.[1];
  if (missing === undefined) return new EvalrunError('TEMPLATE_ERROR', inner.message, { cause: error });
  return new EvalrunError('MISSING_VARIABLE', `the template variable ${missing} has no value here`, { cause: error });
}

const WORDS = /\{\{-?\s*([A-Za-z_][\w.]*(?:\s+[A-Za-z_][\w.]*)+)\s*(?:\||-?\}\})/g;

/** `persona.household language` would be read as two values. */
function refuseSpaces(source: string): void {
  for (const [, path] of source.matchAll(WORDS)) {
    if (/\s(?:and|or|contains|not)\s/.test(path!)) continue;
    const offset = source.indexOf(path!);
    const before = source.slice(0, offset).split('\n');
    throw new EvalrunError('TEMPLATE_SYNTAX', `a name in a template cannot have spaces: ${path}`, {
      where: { file: '', line: before.length, column: before.at(-1)!.length + 1 },
      hint: `write ${path!.trim().replaceAll(/\s+/g, '_')}`,
    });
  }
}

function dynamicPath(text: string, at: { row: number; col: number }): EvalrunError {
  return new EvalrunError('TEMPLATE_SYNTAX', `a template path must be fixed: ${text}`, {
    where: { file: '', line: at.row, column: at.col },
    hint: 'write the name between the brackets in quotes',
  });
}

function isOptional(path: string[], optional: Set<string>): boolean {
  return path.some((_, i) => optional.has(path.slice(0, i + 1).join('\0')));
}

function distinct(uses: TemplateUse[]): string[][] {
  return [...new Map(uses.map((use) => [use.path.join('\0'), use.path])).values()];
}

function writtenPath(source: string, offset: number): string {
  return /^[\w.-]+(?:\[[^\]]*\]|[\w.-]+)*/.exec(source.slice(offset, offset + 400))?.[0] ?? '';
}

function startsOfLines(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
