import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { registry } from '../../../src/registry.js';
import { documentSchemas } from '../../../src/stages/load/document-schemas.js';
import { editorSchemas } from '../../../src/stages/load/editor-schemas.js';
import { fakeRegistry } from './fake-registry.js';
import { root } from './load-files.js';

const ajv = new Ajv2020({ strict: false, allErrors: true });
const schemas = editorSchemas(fakeRegistry);
const valid = (type: keyof typeof schemas, value: unknown) => ajv.validate(schemas[type], value);
const read = (file: string) => parse(readFileSync(join(root, file), 'utf8'), { merge: true });

describe('schemas for editors', () => {
  test.each([
    ['config', 'configs/persona.yaml'],
    ['config', 'configs/pink-elephant.yaml'],
    ['eval', 'evals/persona/eval.yaml'],
    ['eval', 'evals/pink-elephant/eval.yaml'],
    ['prompts', 'evals/persona/prompts.yaml'],
    ['personas', 'evals/persona/personas.yaml'],
    ['grader', 'evals/persona/rubrics/personalisation.yaml'],
    ['provider', 'providers/openai.yaml'],
  ] as const)('%s: %s is valid', (type, file) => {
    expect([valid(type, read(file)), ajv.errors]).toEqual([true, null]);
  });

  test('what breaks the form of a document also breaks its schema', () => {
    const form = /(UNKNOWN_KEY|MISSING_KEY|NOT_EXACTLY_ONE|UNKNOWN_KIND|BAD_ID|WRONG_TYPE)$/m;
    const folder = 'tests/fixtures/broken';
    let checked = 0;
    for (const name of readdirSync(join(root, folder)).filter((one) => one.endsWith('.yaml'))) {
      const own = readFileSync(join(root, folder, name), 'utf8').match(/^# expect \d\S* \S+$/gm) ?? [];
      if (!own.some((line) => form.test(line)) || /merge-of-text|bands-of-text|turns-of-unknown/.test(name)) continue;
      checked++;
      expect([name, valid('config', read(`${folder}/${name}`))]).toEqual([name, false]);
    }
    expect(checked).toBeGreaterThan(15);
  });

  test('every key has a description', () => {
    const bare: string[] = [];
    const visit = (schema: unknown, at: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [key, value] of Object.entries((schema as { properties?: object }).properties ?? {})) {
        // Schemas of kinds are the kinds' own; `const` in a condition describes nothing.
        const inner = value as { description?: string; const?: unknown };
        if (inner.description === undefined && inner.const === undefined) bare.push(`${at}.${key}`);
      }
      for (const [key, value] of Object.entries(schema)) if (key !== 'then') visit(value, `${at}/${key}`);
    };
    for (const [type, schema] of Object.entries(schemas)) visit(schema, type);
    expect(bare).toEqual([]);
  });
});

test('the schemas that loading checks by are JSON Schemas', () => {
  const all = Object.values(documentSchemas(registry)).flatMap((one) =>
    one.byKind instanceof Map ? [...one.byKind.values(), one.other] : [one],
  );
  expect(all.length).toBeGreaterThan(30);
  for (const schema of all) expect([ajv.validateSchema(schema), ajv.errors]).toEqual([true, null]);
});
