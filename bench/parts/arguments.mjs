import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 22)) {
  process.stderr.write(
    `the benchmarks need Node 22.22 or later, this is ${process.version}; npm scripts and npx run on the project's own\n`,
  );
  process.exit(2);
}

/** `rateLimited` → `rate-limited`. */
export const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The comment that a script opens with, without its marks. */
function openingComment(file) {
  const comment = /\/\*\*([\s\S]*?)\*\//.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  return comment.replace(/^ \* ?/gm, '').trim();
}

/**
 * Reads the command line. The defaults say which options there are and of which type; booleans also come as `--no-…`.
 * `--help` prints the script's opening comment.
 * @param defaults camelCase name → number, text or boolean
 * @param url `import.meta.url` of the script
 */
export function readArguments(defaults, url) {
  const known = { ...defaults, json: false, help: false };
  const options = {};
  for (const [name, value] of Object.entries(known)) {
    options[kebab(name)] = { type: typeof value === 'boolean' ? 'boolean' : 'string' };
  }
  let values;
  try {
    ({ values } = parseArgs({ options, allowNegative: true }));
  } catch (error) {
    process.stderr.write(`${error.message}\n(see --help)\n`);
    process.exit(2);
  }
  if (values.help) {
    process.stdout.write(`${openingComment(fileURLToPath(url))}\n`);
    process.exit(0);
  }
  const read = {};
  for (const [name, fallback] of Object.entries(known)) {
    const given = values[kebab(name)];
    read[name] = given === undefined ? fallback : typeof fallback === 'number' ? Number(given) : given;
    if (Number.isNaN(read[name])) {
      process.stderr.write(`--${kebab(name)} wants a number, not ${given}\n`);
      process.exit(2);
    }
  }
  return read;
}
