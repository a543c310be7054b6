/**
 * Writes `schemas/*.schema.json` and the tables of keys in `docs/config-reference.md` from the documents' schemas and the
 * registered kinds. With `--check` it writes nothing and exits 1 if one of these files is not up to date.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { importSources } from './import-sources.mjs';
import { sameButSpacing, withKeyTables } from './key-tables.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const check = process.argv.includes('--check');
const reference = path.join(root, 'docs/config-reference.md');

/** The schemas as this working tree defines them. */
async function currentSchemas() {
  const { registry, editorSchemas, reportSchema } = await importSources(`
    export { registry } from './src/registry.js';
    export { editorSchemas } from './src/stages/load/editor-schemas.js';
    export { reportSchema } from './src/contract/report.js';`);
  return { ...editorSchemas(registry), report: reportSchema };
}

const schemas = JSON.parse(JSON.stringify(await currentSchemas()));
const wanted = new Map();
for (const [name, schema] of Object.entries(schemas)) {
  const whole = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema };
  wanted.set(path.join(root, 'schemas', `${name}.schema.json`), `${JSON.stringify(whole, null, 2)}\n`);
}
const text = await readFile(reference, 'utf8').catch(() => null);
if (text !== null) wanted.set(reference, withKeyTables(text, schemas));

await mkdir(path.join(root, 'schemas'), { recursive: true });
for (const [file, content] of wanted) {
  const name = path.relative(root, file);
  const present = await readFile(file, 'utf8').catch(() => '');
  if (file === reference ? sameButSpacing(present, content) : present === content) continue;
  if (check) {
    process.stderr.write(`${name} is not up to date: npm run schemas\n`);
    process.exitCode = 1;
  } else {
    await writeFile(file, content);
    process.stdout.write(`${name}\n`);
  }
}
