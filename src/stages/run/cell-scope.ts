import type { Json } from '../../contract/json.js';
import type { Cell, StepOutput } from '../../contract/trial.js';
import { attributeScope } from '../../lib/attribute-scope.js';
import { compileTemplate } from '../../lib/template.js';

/** What templates and paths of a cell see. */
export interface CellScope {
  item: Cell['item'];
  persona: { [name: string]: unknown } | null;
  other: { [name: string]: unknown } | null;
  arm: { [field: string]: unknown };
  steps: { [step: string]: { [field: string]: unknown } };
  /** Conversations of the loops, as far as they have come. */
  loops: { [loop: string]: { [speaker in 'user' | 'assistant']?: string }[] };
  [name: string]: unknown;
}

/** Every string inside an arm's field is a template of the eval's author: rendered once, its result inserted as it is. */
function renderFields(value: Json, scope: CellScope): Json {
  if (typeof value === 'string') return compileTemplate(value).render(scope);
  if (Array.isArray(value)) return value.map((member) => renderFields(member, scope));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, renderFields(member, scope)]));
  }
  return value;
}

/** The scope of a cell before its first step. */
export function cellScope(cell: Cell): CellScope {
  const scope: CellScope = {
    item: cell.item,
    persona: cell.persona === null ? null : attributeScope(cell.persona),
    other: cell.other === null ? null : attributeScope(cell.other),
    arm: {},
    steps: {},
    loops: {},
  };
  const fields: { [field: string]: unknown } = { id: cell.arm.id };
  for (const [name, value] of Object.entries(cell.arm.fields)) fields[name] = renderFields(value, scope);
  scope.arm = fields;
  return scope;
}

/** What paths see of a step's output. */
export const outputValues = ({ fields, text }: StepOutput): { [field: string]: unknown } => ({ ...fields, text });

/** Makes a step's output visible to later steps and graders. */
export function addOutput(scope: CellScope, step: string, output: StepOutput): void {
  scope.steps[step] = outputValues(output);
}
