/**
 * An esbuild plugin that fills `src/stages/load/prebuilt-checks.ts`: the schemas by which loading checks, compiled by ajv
 * beforehand. They only say whether a value fits; where it does not, the schema is compiled again to explain why.
 */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { transform } from 'esbuild';
import { importSources } from './import-sources.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The schemas of this working tree, whole documents and kinds alike. */
async function currentSchemas() {
  const { schemas } = await importSources(`
    import { registry } from './src/registry.js';
    import { documentSchemas } from './src/stages/load/document-schemas.js';
    export const schemas = documentSchemas(registry);`);
  return Object.values(schemas).flatMap((one) => (one.byKind instanceof Map ? [...one.byKind.values()] : [one]));
}

/** Descriptions explain problems; whether there is one does not depend on them. */
function withoutWords(schema) {
  return JSON.parse(
    JSON.stringify(schema, (key, value) => (key === 'description' && typeof value === 'string' ? undefined : value)),
  );
}

/** The module: each schema's digest with its check. */
async function checksModule() {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, messages: false, code: { source: true, esm: true } });
  const names = {};
  const digests = {};
  for (const schema of await currentSchemas()) {
    const digest = createHash('sha256').update(JSON.stringify(schema)).digest('hex');
    if (Object.hasOwn(digests, digest)) continue;
    const name = `check${Object.keys(names).length}`;
    digests[digest] = name;
    names[name] = name;
    ajv.addSchema(withoutWords(schema), name);
  }
  const table = Object.entries(digests).map(([digest, name]) => `'${digest}': ${name}`);
  const text = `${standalone.default(ajv, names)}\nexport const prebuiltChecks = { ${table.join(',\n')} };`;
  return (await transform(text, { minify: true, treeShaking: true, format: 'esm' })).code;
}

export const prebuiltChecks = {
  name: 'prebuilt-checks',
  setup({ onLoad }) {
    onLoad({ filter: /\/stages\/load\/prebuilt-checks\.ts$/ }, async () => ({
      contents: await checksModule(),
      resolveDir: root,
    }));
  },
};
