import type { Json } from '../../../contract/json.js';
import type { Persona } from '../../../contract/persona.js';
import { EvalrunError } from '../../../contract/problem.js';
import { KeyedRandom } from '../../../lib/rng.js';
import { PSYCHOGRAPHICS } from './attribute-order.js';
import { attributesOf, type CodeLabels } from './attributes-of.js';
import type { Completer } from './complete-person.js';
import type { RecordDraw } from './draw-records.js';
import { brokenRule, type Rule } from './rules.js';

/** What turns drawn records into people. */
export interface CensusAssembly {
  draw: RecordDraw;
  labels: CodeLabels;
  completer: Completer;
  rules: readonly Rule[];
  psychographics: 'sampled' | 'none';
  seed: number;
}

const TRIES = 200;
/** Draws for which the tables have no cell are counted under this name, beside the rules. */
export const noCell = 'no-cell-in-the-tables';

/**
 * People with ids `us-00001` … A draw that breaks a rule is counted and drawn anew: the whole record if what comes from the
 * tables breaks it, else only what was added.
 *
 * @throws EvalrunError TOO_MANY_REJECTED if one person is rejected 200 times
 */
export function assembleCensusPeople(
  n: number,
  assembly: CensusAssembly,
): { people: Persona[]; rejected: { [rule: string]: number } } {
  const rejected: { [rule: string]: number } = { [noCell]: 0 };
  for (const { id } of assembly.rules) rejected[id] = 0;
  const reject = (rule: string): void => {
    rejected[rule]!++;
  };
  const width = Math.max(5, String(n).length);
  const people = Array.from({ length: n }, (_, index) => ({
    id: `us-${String(index + 1).padStart(width, '0')}`,
    attributes: personOf(index, assembly, reject),
  }));
  return { people, rejected };
}

type Reject = (rule: string) => void;

function personOf(index: number, assembly: CensusAssembly, reject: Reject): { [attribute: string]: Json } {
  const { completer, rules, psychographics, seed } = assembly;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const census = censusOf(index, attempt, assembly, reject);
    const random = new KeyedRandom(seed, 'census', 'person', String(index), String(attempt));
    const attributes = completer.complete(census, random);
    if (psychographics === 'none') for (const name of PSYCHOGRAPHICS) delete attributes[name];
    const rule = brokenRule(rules, attributes);
    if (rule === null) return attributes;
    reject(rule);
  }
  throw tooMany(index);
}

/** Census attributes that break no rule by themselves. */
function censusOf(index: number, start: number, assembly: CensusAssembly, reject: Reject): { [name: string]: string } {
  const { draw, labels, rules } = assembly;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const record = draw.record(index);
    if (record === null) reject(noCell);
    else {
      const { attributes } = attributesOf(record, labels);
      const rule = brokenRule(rules, attributes);
      if (rule === null) return attributes;
      reject(rule);
    }
    draw.redraw(index, start * TRIES + attempt);
  }
  throw tooMany(index);
}

function tooMany(index: number): EvalrunError {
  const message = `the consistency rules reject ${TRIES} draws in a row of person ${index + 1}`;
  return new EvalrunError('TOO_MANY_REJECTED', message, {
    hint: 'a rule forbids what the tables say is common: mend the rule, or make the tables anew',
  });
}
