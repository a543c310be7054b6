import { Liquid, type Template, type Variable } from 'liquidjs';
import { profileWithout } from './profile-lines.js';
import { insertedText } from './template-value.js';

/** Filters that templates may use. None reads files, runs code, draws at random or looks at the clock. */
export const TEMPLATE_FILTERS = [
  'default',
  'join',
  'json',
  'upcase',
  'downcase',
  'capitalize',
  'strip',
  'size',
  'first',
  'last',
  'round',
  'plus',
  'minus',
  'times',
  'replace',
  'truncate',
  'without',
] as const;

/** Tags that templates may use, with their closing and middle parts. */
export const TEMPLATE_TAGS = ['if', 'unless', 'for', 'break', 'continue', 'raw', 'comment'] as const;

function keepOnly(table: Record<string, unknown>, allowed: readonly string[]): void {
  for (const name of Object.keys(table)) if (!allowed.includes(name)) delete table[name];
}

function createEngine(): Liquid {
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    lenientIf: true,
    templates: {},
    parseLimit: 1_000_000,
    renderLimit: 1_000,
    memoryLimit: 50_000_000,
    outputEscape: (value: unknown) => insertedText(value, 'of this expression'),
  });
  engine.registerFilter('without', profileWithout);
  keepOnly(engine.filters, TEMPLATE_FILTERS);
  keepOnly(engine.tags, TEMPLATE_TAGS);
  return engine;
}

let engine: Liquid | undefined;

/** The one engine, made at first use: Liquid without files, partials, assignments and dangerous filters. */
export function templateEngine(): Liquid {
  engine ??= createEngine();
  return engine;
}

/** A variable of a parsed template, where it stands (lines and columns from 1). */
export interface EngineVariable {
  path: string[];
  /** False for `a[b.c]`, whose path is known only at render time. */
  fixed: boolean;
  row: number;
  col: number;
}

function variablesOf(templates: Template[]): EngineVariable[] {
  const { globals } = templateEngine().analyzeSync(templates, { partials: false });
  return Object.values(globals)
    .flat()
    .map((variable: Variable) => ({
      path: variable.segments.map(String),
      fixed: variable.segments.every((segment) => typeof segment !== 'object'),
      row: variable.location.row,
      col: variable.location.col,
    }));
}

interface Walked extends Template {
  name?: string;
  value?: { filters: { name: unknown }[] };
}

/** Variables that may be missing: conditions of `if` and `unless`, and what `default` follows. */
function lenientVariables(templates: Template[]): EngineVariable[] {
  const found: EngineVariable[] = [];
  for (const template of templates as Walked[]) {
    const condition = template.name === 'if' || template.name === 'unless';
    const defaulted = template.value?.filters?.some((filter) => filter.name === 'default') ?? false;
    const args = [...(template.arguments?.() ?? [])];
    if (condition || defaulted) found.push(...variablesOf([{ ...bare(template), arguments: () => args }]));
    const children = template.children?.(false, true);
    if (children !== undefined) found.push(...lenientVariables(children.next().value as Template[]));
  }
  return found;
}

const bare = (template: Template): Template => ({ token: template.token, render: template.render });

/** All variables from outside of a parsed template, and those of them that may be missing. */
export function analyseTemplate(templates: Template[]): { all: EngineVariable[]; lenient: EngineVariable[] } {
  return { all: variablesOf(templates), lenient: lenientVariables(templates) };
}
