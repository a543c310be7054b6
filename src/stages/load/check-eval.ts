import type { Registry } from '../../contract/registry.js';
import { checkComparisons } from './check-comparisons.js';
import { checkFilters } from './check-filters.js';
import { checkBindings, checkGraders } from './check-graders.js';
import { checkEvalIds } from './check-ids.js';
import { checkMetrics } from './check-metrics.js';
import { checkPairs } from './check-pairs.js';
import { checkRelations } from './check-relations.js';
import { checkArms, checkSteps } from './check-templates.js';
import { checkTurns } from './check-turns.js';
import type { EvalParts } from './eval-parts.js';
import { isObject, listOf, objectOf } from './part.js';
import type { Problems } from './problems.js';
import { schemaFault } from './validate.js';
import { Variables } from './variables.js';

/** Checks all that an eval's form does not show: ids, references, templates, scales. Malformed parts are passed over. */
export function checkEval(parts: EvalParts, registry: Registry, problems: Problems): Variables {
  const variables = new Variables(parts);
  checkEvalIds(parts, problems);
  checkArms(parts.part, variables, problems);
  checkSteps(parts.part, variables, problems);
  checkTurns(parts, variables, problems);
  checkParsers(parts, problems);
  checkGraders(parts, variables, problems);
  checkBindings(parts, variables, problems);
  checkMetrics(parts, variables, { registry, problems });
  checkComparisons(parts.part, registry, problems);
  checkRelations(parts, registry, problems);
  checkPairs(parts, variables, problems);
  checkFilters(parts, variables, problems);
  checkDesign(parts, problems);
  return variables;
}

function checkParsers({ part }: EvalParts, problems: Problems): void {
  for (const [i, step] of listOf(objectOf(part.value).steps).entries()) {
    for (const [field, type] of Object.entries(objectOf(objectOf(objectOf(step).parse).json))) {
      const at = ['steps', i, 'parse', 'json', field];
      if (field === 'text') {
        const message = '"text" cannot be a field: steps.<id>.text is the whole reply';
        problems.add('RESERVED_NAME', part.place(at, 'key'), message, 'choose another name');
      }
      const fault = isObject(type) ? schemaFault(type) : undefined;
      if (fault !== undefined) problems.add('BAD_SCHEMA', part.place(at), `this is no JSON Schema: ${fault}`);
    }
  }
}

function checkDesign({ part, suite, people }: EvalParts, problems: Problems): void {
  const wanted = objectOf(objectOf(objectOf(part.value).design).balanced).promptsPerPersona;
  if (people === null || suite === 'unread' || typeof wanted !== 'number' || wanted <= suite.entries.length) return;
  const place = part.place(['design', 'balanced', 'promptsPerPersona']);
  problems.add('WRONG_VALUE', place, `each persona cannot get ${wanted} of ${suite.entries.length} items`);
}
