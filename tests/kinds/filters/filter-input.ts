import type { FilterInput } from '../../../src/contract/filter-kind.js';
import type { Message } from '../../../src/contract/message.js';
import type { StoredScore } from '../../../src/contract/record.js';
import { lookupPath, parsePath } from '../../../src/lib/field-path.js';

export const user = (content: string): Message => ({ role: 'user', content });
export const assistant = (content: string): Message => ({ role: 'assistant', content });

/** What a filter sees: two texts, and whatever of the rest a test cares for. */
export function filterInput(
  rejected: string,
  chosen: string,
  more: { turns?: Message[]; item?: object; scores?: { [grader: string]: StoredScore } } = {},
): FilterInput {
  return {
    rejected,
    chosen,
    turns: more.turns ?? [user('Which one?')],
    lookup: (path) => lookupPath({ item: more.item }, parsePath(path)!),
    score: (grader) => more.scores?.[grader] ?? null,
  };
}
