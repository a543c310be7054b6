import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const CODE = "'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)'";
/** Where codes stand: in the error, in what collects problems, and in values of `code`. */
const STANDING = new RegExp(`(?:EvalrunError\\(|\\bproblem\\(|\\.add\\(|[rR]eport\\(|\\bcode:)\\s*${CODE}`, 'g');
/** Either of two codes. */
const CHOSEN = new RegExp(`\\bcode\\b[^\\n]*\\?\\s*${CODE}\\s*:\\s*${CODE}`, 'g');

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.generated.') ? [path] : [];
  });
}

function codesInSource(): Set<string> {
  const codes = new Set<string>();
  for (const path of sources(join(root, 'src'))) {
    const text = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
    for (const [, code] of text.matchAll(STANDING)) if (code!.length > 1) codes.add(code!);
    for (const [, one, other] of text.matchAll(CHOSEN)) codes.add(one!).add(other!);
  }
  return codes;
}

test('docs/errors.md has one row for every code, and no others', () => {
  const rows = [...readFileSync(join(root, 'docs/errors.md'), 'utf8').matchAll(/^\| `([A-Z0-9_]+)` +\|/gm)].map(
    ([, code]) => code!,
  );
  expect(rows.filter((code, i) => rows.indexOf(code) !== i)).toEqual([]);
  expect([...codesInSource()].sort()).toEqual([...rows].sort());
});
