import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EvalrunError } from '../../../src/contract/problem.js';
import { type LoadDeps, loadConfig } from '../../../src/stages/load/load-config.js';
import { fakeRegistry } from './fake-registry.js';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Files in memory, by absolute path. */
export function depsOf(files: Record<string, string | Uint8Array>, more: Partial<LoadDeps> = {}): LoadDeps {
  return {
    read: (path) => {
      const content = files[path];
      if (content === undefined) throw Object.assign(new Error(`no such file ${path}`), { code: 'ENOENT' });
      return content;
    },
    list: (folder) =>
      Object.keys(files)
        .filter((path) => dirname(path) === folder)
        .map((path) => path.slice(folder.length + 1)),
    registry: fakeRegistry,
    env: {},
    shippedFolder: '/shipped',
    cwd: '/w',
    ...more,
  };
}

/** Files on disk. */
export function diskDeps(more: Partial<LoadDeps> = {}): LoadDeps {
  return {
    ...depsOf({}),
    read: (path) => readFileSync(path),
    list: (folder) => {
      try {
        return readdirSync(folder);
      } catch {
        return [];
      }
    },
    shippedFolder: root,
    cwd: root,
    ...more,
  };
}

/** Problems that a load reports, as `file:line:col CODE`. */
export async function problemsOf(load: Promise<unknown>): Promise<EvalrunError[]> {
  try {
    await load;
  } catch (error) {
    if (!(error instanceof AggregateError)) throw error;
    return error.errors.map((one) => {
      if (one instanceof EvalrunError) return one;
      throw one;
    });
  }
  return [];
}

export const brief = ({ where, code }: EvalrunError): string =>
  `${where === undefined ? '-' : `${where.file}:${where.line}:${where.column}`} ${code}`;

export const shippedConfig = (name: string): string => join(root, 'configs', name);
export { loadConfig };
