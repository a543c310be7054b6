import { attributeScope } from '../../lib/attribute-scope.js';
import { formatPath, isPresent, lookupPath, parsePath } from '../../lib/field-path.js';
import { nearestHint } from '../../lib/nearest.js';
import type { EvalParts } from './eval-parts.js';
import { nearestPath } from './nearest-path.js';
import { objectOf } from './part.js';
import { isNamed, outputFault, type StepOutputs, stepOutputs } from './step-outputs.js';

/** What is wrong with a path or template variable. */
export interface Fault {
  code: string;
  message: string;
  hint?: string | undefined;
}

/** A `when` or `unless` above the place of use. */
export interface Condition {
  path: string[];
  negated: boolean;
}

/** Where a path or template stands. */
export interface Standing {
  /** Roots that may be used there. */
  roots: readonly string[];
  /** Steps whose outputs may be used there. */
  steps: readonly StepOutputs[];
  /** Loop that the place is in. */
  loop?: string | undefined;
  conditions?: readonly Condition[];
  /** Names that a grader's `with` gives to paths. */
  bindings?: Record<string, unknown>;
}

/** Roots of paths, by place. */
export const ROOTS = {
  arm: ['item', 'persona', 'other'],
  step: ['item', 'persona', 'other', 'arm', 'steps', 'loops'],
  grader: ['item', 'persona', 'other', 'arm', 'steps', 'loops', 'submission', 'with', 'first', 'second'],
  field: ['item', 'persona'],
} as const;

/** What a root can stand for in a cell; there may be hundreds of thousands. */
interface Candidates {
  scopes: readonly unknown[];
  nameOf(index: number): string;
}

/** Answers, for one eval, which paths have a value in every cell. */
export class Variables {
  readonly steps: StepOutputs[];
  readonly #candidates: Record<string, Candidates | 'unread' | null>;

  constructor(parts: EvalParts) {
    const document = objectOf(parts.part.value);
    this.steps = stepOutputs(document.steps);
    const { suite, people } = parts;
    const persons =
      people === null || people === 'unread'
        ? people
        : named('persona', people.entries, people.entries.map(attributeScope));
    const arms = Object.entries(objectOf(document.arms)).map(([id, fields]) => ({ id, ...objectOf(fields) }));
    this.#candidates = {
      item: suite === 'unread' ? suite : named('item', suite.entries, suite.entries),
      persona: persons,
      other: persons,
      arm: named('arm', arms, arms),
    };
  }

  /** What is wrong with a path written as text. `lenient`: one cell with a value is enough. */
  pathFault(text: string, standing: Standing, lenient: boolean): Fault | undefined {
    const path = parsePath(text);
    if (path === undefined) return { code: 'BAD_PATH', message: `"${text}" is not a path`, hint: 'e.g. item.domain' };
    return this.fault(path, standing, lenient);
  }

  fault(path: readonly string[], standing: Standing, lenient: boolean): Fault | undefined {
    const [root, ...rest] = path as [string, ...string[]];
    if (!standing.roots.includes(root)) {
      const hint = nearestHint(root, standing.roots, 'variables');
      return { code: 'UNKNOWN_VARIABLE', message: `there is no variable "${root}" here`, hint };
    }
    if (root === 'steps') return this.#stepFault(rest, standing, lenient);
    if (root === 'loops') return this.#loopFault(rest);
    if (root === 'with') return this.#boundFault(rest, standing, lenient);
    if (!Object.hasOwn(this.#candidates, root)) {
      if (rest.length === 0) return undefined;
      return { code: 'UNKNOWN_VARIABLE', message: `${root} is a text and has no fields`, hint: `write ${root}` };
    }
    const candidates = this.#candidates[root]!;
    if (candidates === null) {
      return {
        code: 'UNKNOWN_VARIABLE',
        message: `${formatPath(path)}: this eval has no personas`,
        hint: 'add "personas:"',
      };
    }
    if (candidates === 'unread' || rest.length === 0) return undefined;
    return valueFault(candidates, path, { conditions: standing.conditions ?? [], lenient });
  }

  /** Every value at a path that begins with item, persona, other or arm, with the index of what has it. */
  *values(
    path: readonly string[],
    conditions: readonly Condition[] = [],
  ): Generator<{ index: number; value: unknown }, void> {
    const [root, ...rest] = path as [string, ...string[]];
    const candidates = this.#candidates[root] ?? 'unread';
    if (candidates === 'unread') return;
    for (const [index, scope] of candidates.scopes.entries()) {
      if (conditions.every((condition) => holds(condition, root, scope)))
        yield { index, value: lookupPath(scope, rest) };
    }
  }

  /** The first such value that fits, with the name of what has it. */
  find(path: readonly string[], fits: (value: unknown) => boolean): { name: string; value: unknown } | undefined {
    for (const { index, value } of this.values(path)) {
      if (fits(value)) return { name: this.nameOf(path[0]!, index), value };
    }
    return undefined;
  }

  /** `item "x"`, for an index that `values` gave. */
  nameOf(root: string, index: number): string {
    return (this.#candidates[root] as Candidates).nameOf(index);
  }

  #stepFault(rest: string[], standing: Standing, lenient: boolean): Fault | undefined {
    const [id, field] = rest;
    if (id === undefined)
      return { code: 'UNKNOWN_VARIABLE', message: 'steps needs the id of a step', hint: 'e.g. steps.reply.text' };
    const here = standing.steps.some((step) => isNamed(step, id));
    const later = !here && this.steps.some((step) => isNamed(step, id));
    // In the first round a looped step may ask whether an earlier round has given something.
    const inLoop =
      standing.loop !== undefined && this.steps.some((step) => step.loop === standing.loop && step.written === id);
    if (lenient && inLoop) return field === undefined ? undefined : outputFault(this.steps, id, field);
    if (later)
      return { code: 'UNKNOWN_STEP', message: `step "${id}" has not run yet here`, hint: 'name an earlier step' };
    if (field === undefined) {
      return { code: 'UNKNOWN_VARIABLE', message: `steps.${id} is no text`, hint: `write steps.${id}.text` };
    }
    return outputFault(standing.steps, id, field);
  }

  #loopFault([name, ...rest]: string[]): Fault | undefined {
    const loops = [...new Set(this.steps.flatMap(({ loop }) => loop ?? []))];
    if (name !== undefined && loops.includes(name) && rest.length === 0) return undefined;
    if (name !== undefined && loops.includes(name))
      return { code: 'UNKNOWN_VARIABLE', message: `loops.${name} is a list of turns`, hint: `write loops.${name}` };
    const hint = loops.length === 0 ? 'this eval has no loops' : nearestHint(name ?? '', loops, 'loops');
    return { code: 'UNKNOWN_VARIABLE', message: `there is no loop "${name ?? ''}"`, hint };
  }

  #boundFault(rest: string[], standing: Standing, lenient: boolean): Fault | undefined {
    const bindings = standing.bindings ?? {};
    const bound = rest[0] === undefined ? undefined : bindings[rest[0]];
    const path = typeof bound === 'string' ? parsePath(bound) : undefined;
    if (path !== undefined) return this.fault([...path, ...rest.slice(1)], standing, lenient);
    if (bound !== undefined) return undefined;
    const hint = nearestHint(rest[0] ?? '', Object.keys(bindings), 'names of with') ?? `add "with: {${rest[0]}: …}"`;
    return { code: 'UNKNOWN_VARIABLE', message: `"with" gives no value to "${rest[0] ?? ''}"`, hint };
  }
}

const named = (what: string, entries: readonly { id?: unknown }[], scopes: readonly unknown[]): Candidates => ({
  scopes,
  nameOf: (index) => `${what} "${entries[index]!.id}"`,
});

function holds(condition: Condition, root: string, scope: unknown): boolean {
  if (condition.path[0] !== root) return true;
  return isPresent(lookupPath(scope, condition.path.slice(1))) !== condition.negated;
}

function valueFault(
  { scopes, nameOf }: Candidates,
  path: readonly string[],
  how: { conditions: readonly Condition[]; lenient: boolean },
): Fault | undefined {
  const { conditions, lenient } = how;
  const [root, ...rest] = path as [string, ...string[]];
  const lacks = (scope: unknown): boolean => (lookupPath(scope, rest) ?? null) === null;
  let asked = 0;
  let missing = 0;
  let first = -1;
  for (const [index, scope] of scopes.entries()) {
    if (!conditions.every((condition) => holds(condition, root, scope))) continue;
    asked++;
    if (!lacks(scope)) continue;
    missing++;
    if (first === -1) first = index;
  }
  if (missing === 0) return undefined;
  const written = formatPath(path);
  if (missing === asked) {
    if (lenient && !scopes.every(lacks)) return undefined;
    return { code: 'UNKNOWN_VARIABLE', message: `${written} has no value`, hint: nearestPath(scopes, path) };
  }
  if (lenient) return undefined;
  return {
    code: 'MISSING_VALUE',
    message: `${nameOf(first)} has no ${written} (${missing} of ${asked} lack it)`,
    hint: `give it a value, or use the line only "when: ${written}"`,
  };
}
