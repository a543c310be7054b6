import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { isExact } from './exact-number.js';
import { nearest } from './nearest.js';
import { MOST_LEVELS } from './yaml-depth.js';

/** Most nodes that aliases may stand for, all together. */
export const MOST_ALIASED_NODES = 100_000;

type Report = (code: string, offset: number, message: string, hint?: string) => void;

/** Name of a mapping's key; undefined for the merge key and for keys that are no text. */
export function keyName(pair: Pair): string | undefined {
  const key: unknown = pair.key;
  const value: unknown = isScalar(key) ? key.value : key;
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** True for the key `<<` of a merge. */
export function isMergeKey(pair: Pair): boolean {
  const value: unknown = isScalar(pair.key) ? pair.key.value : pair.key;
  return typeof value === 'symbol' && value.description === '<<';
}

/** Reads plain data out of YAML nodes, with the limits and refusals of the YAML language. One object per document. */
export class YamlValues {
  readonly aliases = new Map<Alias, Node>();
  /** True once a limit was exceeded: nothing more is read. */
  stopped = false;
  /** True if a value is missing for want of an anchor. */
  incomplete = false;
  readonly #report: Report;
  readonly #anchors = new Map<string, Node>();
  readonly #open = new Set<Node>();
  /** The outermost alias that is being followed, and how many nodes aliases have stood for so far. */
  #alias: Alias | null = null;
  #aliased = 0;

  /** True if there were anchors, for which something else can stand. */
  get anchored(): boolean {
    return this.#anchors.size > 0;
  }

  constructor(report: Report) {
    this.#report = report;
  }

  /** Value of a node: text, number, boolean, null, list or object. */
  read(node: Node | null, depth = 0): unknown {
    if (this.stopped || node === null) return null;
    if (this.#alias !== null && ++this.#aliased > MOST_ALIASED_NODES) return this.#explode('stand for too many values');
    if (isAlias(node)) return this.#follow(node, depth);
    if (node.anchor !== undefined && this.#alias === null) this.#anchors.set(node.anchor, node);
    if (isScalar(node)) return this.#scalar(node);
    if (depth >= MOST_LEVELS) {
      this.stopped = true;
      this.#report('TOO_DEEP', node.range?.[0] ?? 0, `the document is nested more than ${MOST_LEVELS} levels deep`);
      return null;
    }
    this.#open.add(node);
    const value = isSeq(node)
      ? node.items.map((item) => this.read(item as Node, depth + 1))
      : isMap(node)
        ? this.#mapping(node, depth)
        : null;
    this.#open.delete(node);
    return value;
  }

  #follow(alias: Alias, depth: number): unknown {
    const target = this.#anchors.get(alias.source);
    if (target === undefined) {
      const near = nearest(alias.source, this.#anchors.keys());
      const hint =
        near === undefined ? 'an anchor (&name) must stand before its alias (*name)' : `did you mean *${near}?`;
      this.incomplete = true;
      this.#report(
        'UNKNOWN_ALIAS',
        alias.range?.[0] ?? 0,
        `there is no anchor &${alias.source} before this alias`,
        hint,
      );
      return null;
    }
    this.aliases.set(alias, target);
    const outer = this.#alias;
    this.#alias ??= alias;
    const value = this.#open.has(target) ? this.#explode('contain themselves') : this.read(target, depth);
    this.#alias = outer;
    return value;
  }

  #explode(how: string): null {
    this.stopped = true;
    this.#report('ALIAS_EXPLOSION', this.#alias?.range?.[0] ?? 0, `the aliases of this document ${how}`);
    return null;
  }

  #scalar(node: { value: unknown; range?: [number, number, number] | null | undefined }): unknown {
    const value = node.value;
    if (typeof value === 'number' && !isExact(value)) {
      this.#report(
        'WRONG_VALUE',
        node.range?.[0] ?? 0,
        `the number ${value} cannot be kept exactly`,
        'write it in quotes',
      );
    }
    return value;
  }

  #mapping(map: YAMLMap, depth: number): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    const merged: Record<string, unknown>[] = [];
    for (const pair of map.items) {
      if (isMergeKey(pair)) merged.push(...this.#mergeSources(pair, depth));
      else this.#entry(object, pair, depth);
    }
    for (const source of merged) {
      for (const [key, value] of Object.entries(source)) if (!Object.hasOwn(object, key)) object[key] = value;
    }
    return object;
  }

  #entry(object: Record<string, unknown>, pair: Pair, depth: number): void {
    const offset = (pair.key as Node | null)?.range?.[0] ?? 0;
    const key = keyName(pair);
    if (key === undefined) {
      this.#report('WRONG_TYPE', offset, 'a key must be text', 'put the key in quotes');
      return;
    }
    if (key === '__proto__') {
      this.#report('RESERVED_NAME', offset, 'the key __proto__ is not allowed', 'choose another name');
      return;
    }
    const value = this.read(pair.value as Node | null, depth + 1);
    if (!Object.hasOwn(object, key)) object[key] = value;
  }

  #mergeSources(pair: Pair, depth: number): Record<string, unknown>[] {
    const value = this.read(pair.value as Node | null, depth);
    const sources = Array.isArray(value) ? value : [value];
    if (sources.every((source) => typeof source === 'object' && source !== null && !Array.isArray(source)))
      return sources;
    const offset = (pair.value as Node | null)?.range?.[0] ?? (pair.key as Node).range?.[0] ?? 0;
    if (!this.stopped)
      this.#report('WRONG_TYPE', offset, '<< takes a mapping or a list of mappings', 'e.g. <<: *defaults');
    return [];
  }
}
