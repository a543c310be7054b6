import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function* filesIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(file);
    else if (!entry.name.includes('.generated.')) yield file;
  }
}

/** SHA-256 over everything that a build depends on, hex. */
export function digestOfSources() {
  const hash = createHash('sha256');
  const scripts = ['build', 'lazy-packages', 'prebuilt-checks'].map((name) => `scripts/${name}.mjs`);
  const others = [...scripts, 'package.json', 'package-lock.json'].map((file) => path.join(root, file));
  for (const file of [...filesIn(path.join(root, 'src')), ...others]) {
    hash.update(`${path.relative(root, file)}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
}
