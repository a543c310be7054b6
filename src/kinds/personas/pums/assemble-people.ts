import type { Json } from '../../../contract/json.js';
import type { Persona } from '../../../contract/persona.js';
import { EvalrunError } from '../../../contract/problem.js';
import { KeyedRandom } from '../../../lib/rng.js';
import { PSYCHOGRAPHICS } from '../census/attribute-order.js';
import { attributesOf, type CodeLabels } from '../census/attributes-of.js';
import type { Completer } from '../census/complete-person.js';
import type { PumsRecord } from '../census/pums-record.js';
import { brokenRule, type Rule } from '../census/rules.js';

/** What turns records into people. */
export interface Assembly {
  labels: CodeLabels;
  /** Census attributes that are left out, as they are not known of everybody. */
  leftOut: ReadonlySet<string>;
  completer: Completer;
  rules: readonly Rule[];
  psychographics: 'sampled' | 'none';
  seed: number;
  year: number;
}

/** People that are drawn beyond those asked for, in place of records that break a rule. */
export const spares = (n: number): number => 50 + Math.ceil(n / 50);

const TRIES = 200;

/**
 * The first n people of the drawn records that break no rule. A record whose census attributes break one is passed over;
 * where what was added breaks one, it is drawn again for the same record.
 *
 * @param drawn records in the order in which they were drawn
 * @throws EvalrunError TOO_MANY_REJECTED if the rules leave too few
 */
export function assemblePeople(
  drawn: readonly PumsRecord[],
  n: number,
  assembly: Assembly,
): { people: Persona[]; rejected: { [rule: string]: number } } {
  const rejected = Object.fromEntries(assembly.rules.map(({ id }) => [id, 0]));
  const people: Persona[] = [];
  const reject = (rule: string): void => {
    rejected[rule] = (rejected[rule] ?? 0) + 1;
  };
  for (const [draw, record] of drawn.entries()) {
    if (people.length === n) break;
    const census = attributesOf(record, assembly.labels).attributes;
    for (const attribute of assembly.leftOut) delete census[attribute];
    const rule = brokenRule(assembly.rules, census);
    if (rule !== null) {
      reject(rule);
      continue;
    }
    const attributes = completed(census, draw, assembly, reject);
    const number = String(people.length + 1).padStart(Math.max(5, String(n).length), '0');
    if (attributes !== null) people.push({ id: `pums-${assembly.year}-${number}`, attributes });
  }
  if (people.length < n) throw tooManyRejected(rejected, n, drawn.length);
  return { people, rejected };
}

function completed(
  census: { [attribute: string]: string },
  draw: number,
  { completer, rules, psychographics, seed }: Assembly,
  reject: (rule: string) => void,
): { [attribute: string]: Json } | null {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const random = new KeyedRandom(seed, 'pums', 'person', String(draw), String(attempt));
    const attributes = completer.complete(census, random);
    if (psychographics === 'none') for (const name of PSYCHOGRAPHICS) delete attributes[name];
    const rule = brokenRule(rules, attributes);
    if (rule === null) return attributes;
    reject(rule);
  }
  return null;
}

function tooManyRejected(rejected: { [rule: string]: number }, n: number, drawn: number): EvalrunError {
  const counts = Object.entries(rejected)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([rule, count]) => `${rule} ${count}`);
  return new EvalrunError(
    'TOO_MANY_REJECTED',
    `the consistency rules leave fewer than ${n} of ${drawn} drawn people: ${counts.slice(0, 5).join(', ')}`,
    { hint: 'real records break hardly any rule that is true: mend the rule' },
  );
}
