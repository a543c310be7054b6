import type { KeyedRandom } from '../../../lib/rng.js';
import { type Attributes, type Condition, readCondition } from './condition.js';
import type { DataNode } from './data-node.js';

interface Entry {
  text: string;
  meets: Condition | undefined;
}

/** Draws before all entries are looked at one by one. */
const TRIES = 24;

/** Texts of our own, some of them only for people who meet a condition; each suitable one is equally likely. */
export class TextList {
  readonly texts: string[];
  readonly #entries: Entry[];

  /** Items are texts, or `{text, when}`. */
  constructor(node: DataNode | undefined) {
    this.#entries = (node?.items() ?? []).map(readEntry);
    this.texts = this.#entries.map(({ text }) => text);
    const seen = new Set<string>();
    for (const [index, item] of (node?.items() ?? []).entries()) {
      const { text } = this.#entries[index]!;
      if (seen.has(text)) item.fail('DUPLICATE_ID', `this text is there twice: ${text}`);
      seen.add(text);
    }
  }

  /** Every text that suits a person. */
  suitable(person: Attributes): string[] {
    return this.#entries.filter(({ meets }) => meets?.(person) ?? true).map(({ text }) => text);
  }

  /** One of the suitable texts; undefined if there is none. */
  draw(person: Attributes, random: KeyedRandom): string | undefined {
    if (this.#entries.length === 0) return undefined;
    for (let i = 0; i < TRIES; i++) {
      const { text, meets } = random.pick(this.#entries);
      if (meets?.(person) ?? true) return text;
    }
    const suitable = this.suitable(person);
    return suitable.length === 0 ? undefined : random.pick(suitable);
  }
}

function readEntry(node: DataNode): Entry {
  if (typeof node.value !== 'object') return { text: node.text(), meets: undefined };
  node.entries(['text', 'when']);
  const when = node.optional('when');
  return { text: node.required('text')?.text() ?? '', meets: when && readCondition(when) };
}
