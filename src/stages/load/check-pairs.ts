import type { JsonObject } from '../../contract/json.js';
import { nearestHint } from '../../lib/nearest.js';
import { checkPairPaths } from './check-pair-paths.js';
import { checkTemplate } from './check-templates.js';
import type { EvalParts, GraderPart } from './eval-parts.js';
import { objectOf, type Part, textOf, within } from './part.js';
import type { Problems } from './problems.js';
import { outputFault } from './step-outputs.js';
import type { Variables } from './variables.js';

/** What is looked at together: the key `pairs`, and what it may name. */
interface PairsCheck {
  pairs: Part;
  graders: readonly GraderPart[];
  variables: Variables;
  problems: Problems;
}

const templates = ['instruction', 'persona', 'system'];
const sides = ['rejected', 'chosen'] as const;

/** Preference pairs: both texts exist and differ, templates have values, graders judge these two texts from 0 to 1. */
export function checkPairs(parts: EvalParts, variables: Variables, problems: Problems): void {
  const { part, graders } = parts;
  if (objectOf(part.value).pairs === undefined) return;
  const check = { pairs: within(part, ['pairs']), graders, variables, problems };
  const { pairs } = check;
  const given = objectOf(pairs.value);
  const standing = { roots: ['item', 'persona', 'other', 'arm'], steps: [] };
  for (const key of templates) {
    const source = textOf(given[key]);
    if (source !== undefined) checkTemplate(pairs, [key], source, { variables, standing, problems });
  }
  checkPairPaths(parts, check);
  checkSides(check);
  checkGrader(check, ['preferred'], textOf(given.preferred));
  for (const [name, grader] of Object.entries(objectOf(given.controls)))
    checkGrader(check, ['controls', name], textOf(grader));
}

function checkSides({ pairs, variables, problems }: PairsCheck): void {
  const given = objectOf(pairs.value);
  for (const side of sides) {
    const [step = '', ...field] = (textOf(given[side]) ?? '').split('.');
    // A step of this name goes before the item.
    const isStep = step !== 'item' || variables.steps.some(({ id }) => id === step);
    if (step === '' || !isStep) continue;
    const fault = outputFault(variables.steps, step, field.length === 0 ? undefined : field.join('.'));
    if (fault !== undefined) problems.add(fault.code, pairs.place([side]), fault.message, fault.hint);
  }
  if (given.chosen === undefined || given.chosen !== given.rejected) return;
  const message = 'the chosen text is the rejected one';
  problems.add('SAME_SIDES', pairs.place(['chosen']), message, 'name another step, or a field of one');
}

function checkGrader({ pairs, graders, problems }: PairsCheck, at: string[], id: string | undefined): void {
  if (id === undefined) return;
  const grader = graders.find((one) => one.id === id);
  if (grader === undefined) {
    const ids = graders.map((one) => one.id);
    problems.add('UNKNOWN_GRADER', pairs.place(at), `there is no grader "${id}"`, nearestHint(id, ids, 'graders'));
    return;
  }
  if (!grader.sound || grader.kind === undefined) return;
  const scale = grader.kind.scale(grader.options as JsonObject);
  if (scale.kind === 'label' || (scale.kind === 'number' && (scale.min !== 0 || scale.max !== 1))) {
    const message = `the scores of grader "${id}" do not go from 0 to 1`;
    problems.add(
      'SCALE_MISMATCH',
      pairs.place(at),
      message,
      'name a judge in pairwise mode, or one that says yes or no',
    );
    return;
  }
  checkCompared({ pairs, problems }, at, grader);
}

/** A grader that compares must compare the two texts of the pair, the chosen one as what it grades. */
function checkCompared({ pairs, problems }: Pick<PairsCheck, 'pairs' | 'problems'>, at: string[], grader: GraderPart) {
  const { chosen, rejected } = objectOf(pairs.value);
  const of = objectOf(grader.part.value).of;
  const { against } = grader.options;
  if (of === chosen && (against === undefined || against === rejected)) return;
  const compared = against === undefined ? `grades ${of}` : `compares ${of} with ${against}`;
  const wanted = against === undefined ? `of: ${chosen}` : `of: ${chosen}, against: ${rejected}`;
  problems.add('WRONG_VALUE', pairs.place(at), `grader "${grader.id}" ${compared}`, `it must have "${wanted}"`);
}
