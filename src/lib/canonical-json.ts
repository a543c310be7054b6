import { hash } from 'node:crypto';
import type { Json } from '../contract/json.js';

/** JSON text that is the same for equal values: keys sorted by code unit, no white space, `undefined` members left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((member) => canonicalJson(member ?? null)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value as { [key: string]: Json | undefined })
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** SHA-256 of bytes, or of a text's UTF-8 bytes, 64 hex digits. */
export const sha256 = (content: string | Uint8Array): string => hash('sha256', content, 'hex');

/** SHA-256 of a value's canonical JSON, 64 hex digits. */
export const digestOf = (value: unknown): string => sha256(canonicalJson(value));
