/**
 * Holds the import rules of docs/architecture.md against the code: a table from folder to folders it may import.
 * Prints every breach and exits 1 if there is one.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../src/', import.meta.url));

/** Room → rooms it may import, besides itself. Stages and kinds never see each other; `commands` wires them. */
const allowed = {
  contract: [],
  lib: ['contract'],
  tables: ['contract', 'lib'],
  kinds: ['contract', 'lib', 'tables'],
  stages: ['contract', 'lib', 'tables'],
  store: ['contract', 'lib'],
  registry: ['contract', 'kinds'],
  commands: ['contract', 'lib', 'tables', 'kinds', 'stages', 'store', 'registry'],
  cli: ['contract', 'commands'],
  bin: ['cli'],
  index: ['contract', 'cli', 'registry'],
};

/** Modules of Node and packages that only some rooms may use. */
const restricted = [
  {
    pattern: /^(node:(http|https|net|tls|dgram)|undici|openai|@anthropic-ai\/sdk)$/,
    rooms: ['kinds'],
    what: 'the network',
  },
  { pattern: /^node:fs(\/promises)?$/, rooms: ['store', 'commands', 'tables'], what: 'files' },
];

/** What only cli and commands may touch. */
const globals = [
  { pattern: /\bprocess\.(env|argv|stdout|stderr|exit)\b/, rooms: ['cli', 'commands', 'bin'], what: 'process' },
  { pattern: /\bconsole\.\w+\(/, rooms: ['commands'], what: 'the console' },
];

const roomOf = (file) =>
  path
    .relative(src, file)
    .split(path.sep)[0]
    .replace(/\.(tsx?|js)$/, '');

/** A stage is a room of its own: stages hand each other data, by way of `commands`. */
const stageOf = (file) => (roomOf(file) === 'stages' ? path.relative(src, file).split(path.sep)[1] : null);

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(file);
    else if (/\.tsx?$/.test(entry.name) && !entry.name.includes('.generated.')) yield file;
  }
}

const breaches = [];
for (const file of sources(src)) {
  const text = readFileSync(file, 'utf8');
  const room = roomOf(file);
  const name = path.relative(src, file);
  for (const [, from] of text.matchAll(/(?:from\s+|import\s*\(\s*|import\s+)'([^']+)'/g)) {
    if (from.startsWith('.')) {
      const target = path.resolve(path.dirname(file), from);
      const other = roomOf(target);
      if (other !== room && !(allowed[room] ?? []).includes(other))
        breaches.push(`${name}: ${room} may not import ${other} (${from})`);
      if (stageOf(file) !== null && stageOf(target) !== null && stageOf(file) !== stageOf(target))
        breaches.push(`${name}: stage ${stageOf(file)} may not import stage ${stageOf(target)}`);
    }
    for (const { pattern, rooms, what } of restricted)
      if (pattern.test(from) && !rooms.includes(room))
        breaches.push(`${name}: only ${rooms.join(', ')} may use ${what} (${from})`);
  }
  // Code that runs in the report's browser page has no process; comments do not count.
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
  for (const { pattern, rooms, what } of globals)
    if (pattern.test(code) && !rooms.includes(room))
      breaches.push(`${name}: only ${rooms.join(', ')} may touch ${what}`);
}
for (const breach of breaches) process.stderr.write(`${breach}\n`);
process.stdout.write(`${breaches.length} breaches of the import rules\n`);
process.exitCode = breaches.length > 0 ? 1 : 0;
