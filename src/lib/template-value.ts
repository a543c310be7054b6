import { EvalrunError } from '../contract/problem.js';

/**
 * Text that a template inserts for a value: text as it is, numbers and booleans in digits and words, a list of those joined
 * by commas, anything else as JSON. Never parsed again.
 * @throws EvalrunError MISSING_VARIABLE for undefined and null.
 */
export function insertedText(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) {
    throw new EvalrunError('MISSING_VARIABLE', `the template variable ${name} has no value here`, {
      hint: 'send the line only where it has one, with "when:", or give it a value with | default: "…"',
    });
  }
  if (Array.isArray(value) && value.every((entry) => typeof entry !== 'object')) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
