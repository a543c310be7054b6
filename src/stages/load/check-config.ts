import type { JsonObject } from '../../contract/json.js';
import type { Registry } from '../../contract/registry.js';
import { parsePath } from '../../lib/field-path.js';
import { nearestHint } from '../../lib/nearest.js';
import { checkName, namesOf } from './check-comparisons.js';
import type { EvalParts } from './eval-parts.js';
import { listOf, objectOf, type Part, textOf } from './part.js';
import type { Problems } from './problems.js';
import { ROOTS, type Variables } from './variables.js';

/** Gates name metrics, arms and providers that exist. */
export function checkGates(part: Part, parts: EvalParts, look: { providers: string[]; problems: Problems }): void {
  const { providers, problems } = look;
  const names = namesOf(parts.part.value);
  for (const [i, value] of listOf(objectOf(part.value).gates).entries()) {
    const gate = objectOf(value);
    checkName(part, ['gates', i, 'metric'], { value: gate.metric, known: names.metrics, problems, what: 'metric' });
    checkName(part, ['gates', i, 'arm'], { value: gate.arm, known: names.arms, problems, what: 'arm' });
    const provider = textOf(gate.provider);
    if (provider === undefined || providers.includes(provider)) continue;
    const hint = nearestHint(provider, providers, 'providers under test');
    problems.add(
      'UNKNOWN_PROVIDER',
      part.place(['gates', i, 'provider']),
      `provider "${provider}" is not tested here`,
      hint,
    );
  }
}

/** The run has as many repeats as its metrics need. */
export function checkRepeats(part: Part, parts: EvalParts, look: { registry: Registry; problems: Problems }): void {
  const { registry, problems } = look;
  const given = objectOf(part.value).repeats ?? 1;
  if (!parts.sound || typeof given !== 'number') return;
  for (const [i, value] of listOf(objectOf(parts.part.value).metrics).entries()) {
    const metric = objectOf(value);
    const kind = registry.metrics.find((one) => one.kind === metric.kind);
    const least = kind?.leastRepeats?.(metric as JsonObject);
    if (least === undefined || given >= least.repeats) continue;
    problems.add(
      'TOO_FEW_REPEATS',
      parts.part.place(['metrics', i, ...least.path]),
      `metric "${metric.id}" needs ${least.repeats} repeats, the run has ${given}`,
      `raise "repeats" in the config to ${least.repeats}, or lower "${least.path.join('.')}"`,
    );
  }
}

/** The sample leaves something, and fits the eval. */
export function checkSample(part: Part, parts: EvalParts, look: { variables: Variables; problems: Problems }): void {
  const { variables, problems } = look;
  const sample = objectOf(objectOf(part.value).sample);
  for (const key of ['personas', 'perPersona', 'zip']) {
    if (parts.people !== null || sample[key] === undefined) continue;
    problems.add(
      'WRONG_VALUE',
      part.place(['sample', key], 'key'),
      `"sample.${key}" needs an eval with personas`,
      'leave it out',
    );
  }
  for (const key of ['items', 'personas', 'perPersona']) {
    if (sample.zip === undefined || sample[key] === undefined) continue;
    const message = `"sample.${key}" does not go with "sample.zip", which says how many pairs there are`;
    problems.add('BAD_OPTIONS', part.place(['sample', key], 'key'), message, 'keep one of them');
  }
  const perPersona = sample.perPersona;
  const items = parts.suite === 'unread' ? Number.POSITIVE_INFINITY : parts.suite.entries.length;
  const most = Math.min(items, typeof sample.items === 'number' ? sample.items : Number.POSITIVE_INFINITY);
  const people = parts.people === null || parts.people === 'unread' ? items : parts.people.entries.length;
  if (typeof sample.zip === 'number' && sample.zip > Math.min(items, people)) {
    const message = `there are no ${sample.zip} pairs: ${items} items and ${people} personas`;
    problems.add('WRONG_VALUE', part.place(['sample', 'zip']), message, `at most ${Math.min(items, people)}`);
  }
  if (typeof perPersona === 'number' && perPersona > most) {
    problems.add(
      'WRONG_VALUE',
      part.place(['sample', 'perPersona']),
      `each persona cannot get ${perPersona} of ${most} items`,
    );
  }
  for (const [field, allowed] of Object.entries(objectOf(sample.where))) {
    const place = () => part.place(['sample', 'where', field], 'key');
    const fault = variables.pathFault(field, { roots: ROOTS.field, steps: [] }, true);
    if (fault !== undefined) {
      problems.add(fault.code, place(), fault.message, fault.hint);
      continue;
    }
    checkWhere(part, field, { allowed: listOf(allowed), variables, problems });
  }
}

/** Each allowed value occurs: a mistyped one would silently leave its rows out. */
function checkWhere(
  part: Part,
  field: string,
  look: { allowed: unknown[]; variables: Variables; problems: Problems },
): void {
  const known = new Set<unknown>();
  for (const { value } of look.variables.values(parsePath(field)!)) known.add(value ?? null);
  if (known.size === 0) return;
  known.delete(null);
  for (const [i, wanted] of look.allowed.entries()) {
    if (known.has(wanted)) continue;
    const hint = nearestHint(String(wanted), [...known].map(String), `values of ${field}`);
    look.problems.add(
      'EMPTY_SAMPLE',
      part.place(['sample', 'where', field, i]),
      `nothing has ${field} ${JSON.stringify(wanted)}`,
      hint,
    );
  }
}

/** Every role that the eval asks is filled, and every role that the config fills is asked. */
export function checkRoles(
  part: Part,
  look: { asked: Map<string, string>; filled: string[]; spare: readonly string[]; problems: Problems },
): void {
  const { asked, filled, problems } = look;
  for (const [role, by] of asked) {
    if (filled.includes(role)) continue;
    const inConfig = Object.hasOwn(objectOf(part.value), 'roles');
    const place = part.place([inConfig ? 'roles' : 'run'], 'key');
    const hint = `add "roles: {${role}: <provider>}" to the config, or pass --role ${role}=<provider>`;
    problems.add('ROLE_UNFILLED', place, `the role "${role}", asked by ${by}, has no provider`, hint);
  }
  for (const role of Object.keys(objectOf(objectOf(part.value).roles))) {
    const place = () => part.place(['roles', role], 'key');
    if (role === 'subject') {
      problems.add('RESERVED_NAME', place(), 'the role "subject" is filled by "providers"', 'list its provider there');
    } else if (!asked.has(role) && !look.spare.includes(role)) {
      problems.add(
        'UNKNOWN_ROLE',
        place(),
        `nothing in the eval asks the role "${role}"`,
        nearestHint(role, asked.keys(), 'roles'),
      );
    }
  }
}

/** Roles that an eval asks, beside the subject, with what asks them first. */
export function rolesAsked(parts: EvalParts): Map<string, string> {
  const asked = new Map<string, string>();
  const note = (role: string, by: string) => {
    if (role !== 'subject' && !asked.has(role)) asked.set(role, by);
  };
  for (const value of listOf(objectOf(parts.part.value).steps)) {
    const step = objectOf(value);
    note(textOf(step.role) ?? 'subject', `step "${step.id}"`);
  }
  for (const grader of parts.graders) {
    if (!grader.sound || grader.kind === undefined) continue;
    for (const role of grader.kind.roles(grader.options as never)) note(role, `grader "${grader.id}"`);
  }
  return asked;
}
