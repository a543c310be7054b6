import { isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import type { Place } from '../contract/problem.js';
import { formatPath } from './field-path.js';
import { placeAtOffset, type YamlSource } from './yaml-source.js';
import { isMergeKey, keyName } from './yaml-value.js';

/** What of the value at a path is meant: the value, the key before it, or a part of its text. */
export type Aim = 'value' | 'key' | { text: string; offset: number };

interface Found {
  key: Node | null;
  value: Node | null;
}

/**
 * The place of a value (or key, or part of a text) of a parsed document. What came through an alias or a merge is placed
 * where it is written. A path that does not exist is placed at its deepest part that does.
 */
export function placeOf(source: YamlSource, path: readonly (string | number)[], aim: Aim = 'value'): Place {
  const overlay = source.overlays.findLast((one) => startsWith(path, one.path) || startsWith(one.path, path));
  const found = findNode(source, path);
  if (overlay !== undefined && (startsWith(path, overlay.path) || found === undefined)) {
    return { ...placeAtOffset(overlay.source, overlay.offset), path: formatPath(path) };
  }
  if (found === undefined) {
    if (path.length > 0) return { ...placeOf(source, path.slice(0, -1)), path: formatPath(path) };
    return { ...placeAtOffset(source, 0), path: '' };
  }
  return { ...placeAtOffset(source, offsetOf(source, found, aim)), path: formatPath(path) };
}

function startsWith(path: readonly unknown[], prefix: readonly unknown[]): boolean {
  return prefix.length <= path.length && prefix.every((segment, i) => segment === path[i]);
}

function offsetOf(source: YamlSource, found: Found, aim: Aim): number {
  const key = found.key?.range?.[0];
  const value = found.value?.range;
  if (aim === 'key') return key ?? value?.[0] ?? 0;
  const absent = value === undefined || value === null || value[0] === value[1];
  if (typeof aim === 'object' && !absent) return offsetInText(source, found.value!, aim);
  return (absent ? (key ?? value?.[0]) : value[0]) ?? 0;
}

/** Where a part of a scalar's value is written: its n-th occurrence in the source, when it is the n-th in the value. */
function offsetInText(source: YamlSource, node: Node, aim: { text: string; offset: number }): number {
  const [start, end] = node.range!;
  if (!isScalar(node) || typeof node.value !== 'string' || aim.text === '') return start;
  const written = source.text.slice(start, end);
  const before = node.value.slice(0, aim.offset).split(aim.text).length - 1;
  for (const text of [aim.text, JSON.stringify(aim.text).slice(1, -1), aim.text.replaceAll("'", "''")]) {
    const at = nthIndex(written, text, before);
    if (at !== -1) return start + at;
  }
  return start;
}

function nthIndex(text: string, part: string, n: number): number {
  let at = text.indexOf(part);
  for (let i = 0; i < n && at !== -1; i++) at = text.indexOf(part, at + part.length);
  return at;
}

function findNode(source: YamlSource, path: readonly (string | number)[]): Found | undefined {
  let found: Found = { key: null, value: resolve(source, source.tree().document?.contents as Node | null) };
  for (const segment of path) {
    const next = childOf(source, found.value, segment);
    if (next === undefined) return undefined;
    found = next;
  }
  return found;
}

function childOf(source: YamlSource, node: Node | null, segment: string | number): Found | undefined {
  if (isSeq(node) && typeof segment === 'number') {
    return segment < node.items.length ? { key: null, value: resolve(source, node.items[segment] as Node) } : undefined;
  }
  return isMap(node) ? entryOf(source, node, String(segment)) : undefined;
}

function entryOf(source: YamlSource, map: YAMLMap, name: string): Found | undefined {
  const own = map.items.find((pair) => keyName(pair) === name);
  if (own !== undefined) return { key: own.key as Node, value: resolve(source, own.value as Node | null) };
  for (const pair of map.items.filter(isMergeKey)) {
    const merged = resolve(source, pair.value as Node | null);
    for (const one of isSeq(merged) ? merged.items.map((item) => resolve(source, item as Node)) : [merged]) {
      const entry = isMap(one) ? entryOf(source, one, name) : undefined;
      if (entry !== undefined) return entry;
    }
  }
  return undefined;
}

function resolve(source: YamlSource, node: Node | null): Node | null {
  let target = node ?? null;
  while (isAlias(target)) target = source.tree().aliases.get(target) ?? null;
  return target;
}
