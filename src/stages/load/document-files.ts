import { basename, dirname, extname, isAbsolute, relative, resolve } from 'node:path';
import { EvalrunError, type Place } from '../../contract/problem.js';
import { sha256 } from '../../lib/canonical-json.js';
import { type JsonLines, parseJsonLines } from '../../lib/json-lines.js';
import { nearest, nearestHint } from '../../lib/nearest.js';
import { sourceBytes, sourceText } from '../../lib/source-text.js';
import { parseYaml, type YamlSource } from '../../lib/yaml-source.js';
import { readTable } from '../../tables/read-table.js';
import type { Table } from '../../tables/table.js';
import { DOCUMENT_KEYS, type DocumentType } from './document-schemas.js';
import type { LoadDeps } from './load-deps.js';
import { isObject, type Part, partOf } from './part.js';
import type { Problems } from './problems.js';

/** Most bytes of a YAML file, and of a table of JSON Lines. */
export const MOST_YAML_BYTES = 5_000_000;
export const MOST_TABLE_BYTES = 500_000_000;

/** A file that holds a document. */
export interface OpenDocument {
  /** Absolute. */
  path: string;
  folder: string;
  part: Part;
  source: YamlSource;
}

/** Opens files, YAML each once; what is wrong with them goes to the problems. */
export class DocumentFiles {
  /** File as the user would name it → SHA-256 of its text, without a byte order mark. */
  readonly digests = new Map<string, string>();
  readonly #open = new Map<string, Promise<YamlSource | null>>();

  constructor(
    readonly deps: LoadDeps,
    readonly problems: Problems,
  ) {}

  /** The name of a file that a person would use: relative to the working directory where that is shorter. */
  nameOf(path: string): string {
    const short = relative(this.deps.cwd, path);
    return short !== '' && short.length < path.length ? short : path;
  }

  /** Absolute path of a file that is named in a document of `folder`. */
  resolve(folder: string, file: string): string {
    return isAbsolute(file) ? file : resolve(folder, file);
  }

  async exists(path: string): Promise<boolean> {
    try {
      await this.deps.read(path);
      return true;
    } catch {
      return false;
    }
  }

  /** Opens a document of the expected type; null (with a problem) if there is none. */
  async open(path: string, type: DocumentType, named: Place | undefined): Promise<OpenDocument | null> {
    const opened = await this.openAny(path, named);
    if (opened === null) return null;
    const found = typeOf(opened.part.value);
    if (found !== type && !(found === undefined && isObject(opened.part.value) && mayBe(type, opened.part.value))) {
      this.#wrongDocument(opened, type, found, named);
      return null;
    }
    return opened;
  }

  /** Opens a document of whatever type; null (with a problem) if it cannot be read. */
  async openAny(path: string, named: Place | undefined): Promise<OpenDocument | null> {
    let pending = this.#open.get(path);
    if (pending === undefined) {
      pending = this.#parse(path, named);
      this.#open.set(path, pending);
    }
    const source = await pending;
    if (source === null || source.value === undefined) return null;
    return { path, folder: dirname(path), source, part: partOf(source, [], source.value) };
  }

  async #parse(path: string, named: Place | undefined): Promise<YamlSource | null> {
    const file = this.nameOf(path);
    try {
      const text = sourceText(file, await this.deps.read(path), MOST_YAML_BYTES);
      const source = parseYaml(file, text);
      this.digests.set(file, sha256(text));
      for (const problem of source.problems) this.problems.take(problem);
      return source;
    } catch (error) {
      this.problems.take(error instanceof EvalrunError ? error : await this.#unreadable(path, error, named));
      return null;
    }
  }

  /** Reads a table, its sound lines where others are not; null (with problems) if it has none. */
  async openTable(path: string, named: Place): Promise<JsonLines | null> {
    const file = this.nameOf(path);
    let table: JsonLines;
    try {
      const bytes = sourceBytes(file, await this.deps.read(path), MOST_TABLE_BYTES);
      this.digests.set(file, sha256(bytes));
      table = parseJsonLines(file, bytes);
    } catch (error) {
      this.problems.take(error instanceof EvalrunError ? error : await this.#unreadable(path, error, named));
      return null;
    }
    for (const problem of table.problems) this.problems.take(problem);
    if (table.rows.length === 0 && table.problems.length === 0) {
      this.problems.add(
        'EMPTY_DOCUMENT',
        { file, line: 1, column: 1 },
        'the table has no rows',
        'write one object a line',
      );
    }
    return table.rows.length === 0 ? null : table;
  }

  /** Reads a table of any format, to be read by its columns; null (with problems) if it is not sound. */
  async readTable(path: string, named: Place): Promise<Table | null> {
    const file = this.nameOf(path);
    try {
      const bytes = sourceBytes(file, await this.deps.read(path), MOST_TABLE_BYTES);
      this.digests.set(file, sha256(bytes));
      return await readTable(file, bytes);
    } catch (error) {
      const found = error instanceof AggregateError ? error.errors : [error];
      for (const problem of found) {
        this.problems.take(problem instanceof EvalrunError ? problem : await this.#unreadable(path, problem, named));
      }
      return null;
    }
  }

  async #unreadable(path: string, error: unknown, named: Place | undefined): Promise<EvalrunError> {
    const { code, message } = error as NodeJS.ErrnoException;
    const file = this.nameOf(path);
    const where = named ?? { file, line: 1, column: 1 };
    if (code !== 'ENOENT' && code !== 'ENOTDIR') {
      const said = code === 'EISDIR' ? 'it is a folder' : message;
      return new EvalrunError('FILE_UNREADABLE', `${file} cannot be read: ${said}`, { where, cause: error });
    }
    const names = ((await this.deps.list?.(dirname(path))) ?? []).filter((name) => isAlike(name, path));
    const hint = nearestHint(basename(path), names, 'files there');
    return new EvalrunError('FILE_NOT_FOUND', `there is no file ${file}`, {
      where,
      ...(hint === undefined ? {} : { hint }),
      cause: error,
    });
  }

  #wrongDocument(opened: OpenDocument, type: DocumentType, found: string | undefined, named: Place | undefined): void {
    const file = opened.source.file;
    const key = Object.keys(DOCUMENT_KEYS).find((one) => DOCUMENT_KEYS[one as keyof typeof DOCUMENT_KEYS] === type);
    const said = found === undefined ? 'no document of evalrun' : `of type ${found}`;
    const hint = found === undefined ? keyHint(opened.part.value) : `a document of type ${type} has the key "${key}:"`;
    const where = named ?? opened.part.place([]);
    this.problems.add('WRONG_DOCUMENT', where, `${file} is ${said}; expected type ${type}`, hint);
  }
}

/** True for names of the same sort of file. */
function isAlike(name: string, path: string): boolean {
  const yaml = /\.ya?ml$/;
  return yaml.test(path) ? yaml.test(name) : extname(name) === extname(path);
}

/** Type of a document by its telling key; undefined if it has none. */
export function typeOf(value: unknown): DocumentType | undefined {
  if (!isObject(value)) return undefined;
  // An eval may have the key `personas`, a config an eval in place, a tuning the key `provider`, and a prompt suite
  // the run that its items are made from.
  for (const key of ['tune', 'prompts', 'chain', 'run', 'eval', 'provider', 'grader', 'personas'] as const) {
    if (Object.hasOwn(value, key)) return DOCUMENT_KEYS[key];
  }
  return undefined;
}

/** True if a document without telling key has one that was meant: its own schema will say so. */
function mayBe(type: DocumentType, value: Record<string, unknown>): boolean {
  const near = nearestTypeKey(value);
  return near !== undefined && DOCUMENT_KEYS[near] === type;
}

function nearestTypeKey(value: Record<string, unknown>): keyof typeof DOCUMENT_KEYS | undefined {
  const known = Object.keys(DOCUMENT_KEYS);
  for (const key of Object.keys(value)) {
    const near = nearest(key, known);
    if (near !== undefined) return near as keyof typeof DOCUMENT_KEYS;
  }
  return undefined;
}

function keyHint(value: unknown): string {
  const near = isObject(value) ? nearestTypeKey(value) : undefined;
  if (near !== undefined) return `did you mean "${near}:"?`;
  return `the first key tells the type: ${Object.keys(DOCUMENT_KEYS)
    .map((key) => `${key}:`)
    .join(' ')}`;
}
