import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { EvalrunError } from '../../contract/problem.js';
import { readJson } from '../../lib/read-json.js';
import { findAll, safeRegex } from '../../lib/safe-regex.js';
import type { Test } from './match-text.js';

/** ajv's `pattern` in linear time too. `code` is for stand-alone code, which nobody generates. */
const linearRegex = Object.assign(
  (pattern: string) => {
    const regex = safeRegex(pattern);
    // ajv tells patterns apart by their text.
    return { test: (text: string) => findAll(regex, text, 1).found, toString: () => pattern };
  },
  { code: 'undefined' },
);

/**
 * A test for "the text is one JSON object (or array) that fits the schema".
 * @throws EvalrunError BAD_SCHEMA
 */
export const compileSchema = (schema: boolean | Record<string, unknown>): Test => {
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
    strictTypes: false,
    logger: false,
    code: { regExp: linearRegex as never },
  });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  let validate: ReturnType<typeof ajv.compile>;
  try {
    validate = ajv.compile(schema);
  } catch (cause) {
    throw new EvalrunError('BAD_SCHEMA', cause instanceof Error ? cause.message : String(cause), {
      hint: 'The schema must be valid JSON Schema 2020-12 and refer to nothing outside itself.',
      cause,
    });
  }
  return (text) => {
    const read = readJson(text);
    if (!read.ok) return { found: false, evidence: [], rationale: read.error };
    if (validate(read.value)) return { found: true, evidence: [] };
    return { found: false, evidence: [], rationale: ajv.errorsText(validate.errors, { dataVar: 'reply' }) };
  };
};
