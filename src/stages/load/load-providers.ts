import { dirname, join, resolve } from 'node:path';
import type { ProviderSpec } from '../../contract/config-spec.js';
import { type ProviderDocument, providerDocument } from '../../contract/documents/provider-document.js';
import type { Json, JsonObject } from '../../contract/json.js';
import type { Place } from '../../contract/problem.js';
import { nearestHint } from '../../lib/nearest.js';
import type { LoadSession } from './load-session.js';
import { isObject, type Part, textOf } from './part.js';
import { validate } from './validate.js';

/** A provider of a config, and where it is declared. */
export interface LoadedProvider {
  spec: ProviderSpec;
  part: Part;
  /** Folder of the file that declares it. */
  folder: string;
}

/** Finds providers by id, file or in place; each is read once. */
export class Providers {
  readonly #session: LoadSession;
  readonly #folder: string;
  /** Providers that the config itself declares or names by file, by id. */
  readonly #known = new Map<string, LoadedProvider>();

  constructor(session: LoadSession, folder: string) {
    this.#session = session;
    this.#folder = folder;
  }

  /** The provider at a part of the config: an id, a file, or a provider in place. Null, with a problem, if there is none. */
  async at(part: Part): Promise<LoadedProvider | null> {
    if (isObject(part.value)) return this.#keep(part, this.#folder);
    const named = textOf(part.value);
    return named === undefined ? null : this.named(named, this.#folder, part.place([]));
  }

  /** The provider with an id, or in a file (relative to `folder`). */
  async named(name: string, folder: string, place: Place): Promise<LoadedProvider | null> {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const path = isFile(name) ? this.#session.files.resolve(folder, name) : await this.#find(name, place);
    const opened = path === null ? null : await this.#session.files.open(path, 'provider', place);
    if (opened === null || !validate(this.#session.schemas.provider, opened.part, this.#session.problems)) return null;
    const id = (opened.part.value as ProviderDocument).provider;
    if (!isFile(name) && id !== name) {
      const message = `the file of provider "${name}" declares provider "${id}"`;
      this.#session.problems.add('ID_MISMATCH', opened.part.place(['provider']), message, `write "provider: ${name}"`);
      return null;
    }
    return this.#known.get(id) ?? this.#keep(opened.part, opened.folder);
  }

  #keep(part: Part, folder: string): LoadedProvider | null {
    const document = part.value as ProviderDocument;
    if (!this.#session.deps.registry.providers.some((kind) => kind.kind === document.kind)) return null;
    if (typeof document.provider !== 'string') return null;
    const loaded = { spec: specOf(document), part, folder };
    const same = this.#known.get(document.provider);
    if (same === undefined) this.#known.set(document.provider, loaded);
    else {
      const { file, line, column } = same.part.place(['provider']);
      const message = `two providers have the id "${document.provider}"`;
      this.#session.problems.add(
        'DUPLICATE_ID',
        part.place(['provider']),
        message,
        `the first is at ${file}:${line}:${column}`,
      );
    }
    return loaded;
  }

  /** The file of a bare id: `providers/<id>.yaml` beside the config, in a folder above it, or shipped. */
  async #find(id: string, place: Place): Promise<string | null> {
    const folders = this.#folders();
    for (const folder of folders) {
      const path = join(folder, `${id}.yaml`);
      if (await this.#session.files.exists(path)) return path;
    }
    const names = (
      await Promise.all(folders.map(async (folder) => (await this.#session.deps.list?.(folder)) ?? []))
    ).flat();
    const ids = names.filter((name) => name.endsWith('.yaml')).map((name) => name.slice(0, -'.yaml'.length));
    const known = [...new Set([...this.#known.keys(), ...ids])];
    const message = `there is no provider "${id}" (no file providers/${id}.yaml here, above, or shipped)`;
    this.#session.problems.add('UNKNOWN_PROVIDER', place, message, nearestHint(id, known, 'providers'));
    return null;
  }

  #folders(): string[] {
    const folders: string[] = [];
    for (let folder = this.#folder; ; folder = dirname(folder)) {
      folders.push(join(folder, 'providers'));
      if (dirname(folder) === folder) break;
    }
    return [...folders, resolve(this.#session.deps.shippedFolder, 'providers')];
  }
}

const isFile = (name: string): boolean => /[/\\]|\.ya?ml$/.test(name);

function specOf(document: ProviderDocument): ProviderSpec {
  const options = Object.entries(document).filter(([key]) => !Object.hasOwn(providerDocument.properties, key));
  return {
    id: document.provider,
    kind: document.kind,
    ...(document.title === undefined ? {} : { title: document.title }),
    sampling: document.sampling ?? {},
    limits: document.limits ?? {},
    ...(document.prices === undefined ? {} : { prices: document.prices }),
    options: Object.fromEntries(options as [string, Json][]) as JsonObject,
  };
}
