import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('..', import.meta.url));

function pagesIn(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

/** As GitHub makes it of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

const anchorsIn = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading!));

/** Targets of links and pictures that are not there. */
function brokenLinksIn(page: string): string[] {
  const text = readFileSync(path.join(root, page), 'utf8').replace(/^```[\s\S]*?^```/gm, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target]) => {
    if (/^https?:/.test(target!)) return [];
    const [file = '', anchor] = target!.split('#');
    const full = file === '' ? path.join(root, page) : path.resolve(root, path.dirname(page), file);
    const found = existsSync(full) && (anchor === undefined || anchorsIn(full).includes(anchor));
    return found ? [] : [`${page}: ${target}`];
  });
}

test('every link between our pages leads somewhere', () => {
  const top = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
  const pages = [...top, ...['docs', 'evals', 'bench'].flatMap(pagesIn)];
  expect(pages.length).toBeGreaterThan(10);
  expect(pages.flatMap(brokenLinksIn)).toEqual([]);
});
