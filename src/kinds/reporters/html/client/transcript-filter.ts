import type { PackedRow, Ref } from '../transcripts/packed.js';
import { groupOfValue } from './group-of-value.js';
import type { TranscriptStore } from './transcript-store.js';

/** What the reader wants to see. Empty strings and null leave everything in. */
export interface TranscriptFilter {
  query: string;
  /** `replies`: replies, graded texts and rationales; `all`: messages, items and personas too. */
  scope: 'replies' | 'all';
  provider: string;
  arm: string;
  outcome: string;
  /** `grader\nscore text`, as `scoreChoices` makes them. */
  score: string;
  group: { field: string; group: string; bands: number[] | null } | null;
}

export const everything: TranscriptFilter = {
  query: '',
  scope: 'replies',
  provider: '',
  arm: '',
  outcome: '',
  score: '',
  group: null,
};

/** Indices of the rows that pass, in the order of the page. Each distinct string is searched once. */
export function filterTranscripts(store: TranscriptStore, filter: TranscriptFilter): number[] {
  const query = filter.query.trim().toLowerCase();
  const hits = query === '' ? null : store.strings.map((text) => text.toLowerCase().includes(query));
  const groups = new Map<Ref, boolean>();
  const passing: number[] = [];
  store.rows.forEach((row, index) => {
    if (filter.provider !== '' && store.text(row.provider) !== filter.provider) return;
    if (filter.arm !== '' && store.text(row.arm) !== filter.arm) return;
    if (filter.outcome !== '' && row.outcome.kind !== filter.outcome) return;
    if (filter.score !== '' && !hasScore(store, row, filter.score)) return;
    if (filter.group && !inGroup(store, row, filter.group, groups)) return;
    if (hits && !searchedIn(row, filter.scope).some((ref) => hits[ref]) && !outcomeHas(row, query)) return;
    passing.push(index);
  });
  return passing;
}

function hasScore(store: TranscriptStore, row: PackedRow, wanted: string): boolean {
  return row.scores.some((score) => `${store.text(score.grader)}\n${store.scoreText(score)}` === wanted);
}

function inGroup(
  store: TranscriptStore,
  row: PackedRow,
  wanted: NonNullable<TranscriptFilter['group']>,
  known: Map<Ref, boolean>,
): boolean {
  const [root] = wanted.field.split('.');
  const key = root === 'persona' ? (row.persona?.[1] ?? -1) : root === 'provider' ? row.provider : row.item[1];
  let answer = known.get(key);
  if (answer === undefined) {
    answer = groupOfValue(store.field(row, wanted.field), wanted.bands) === wanted.group;
    known.set(key, answer);
  }
  return answer;
}

function searchedIn(row: PackedRow, scope: TranscriptFilter['scope']): Ref[] {
  const refs = [
    ...row.steps.flatMap((step) => [step.reply, step.parseError]),
    ...row.scores.flatMap((score) => [score.graded, score.words]),
  ];
  if (scope === 'replies') return refs;
  const messages = row.steps.flatMap((step) => step.messages.map(([, content]) => content));
  return [...refs, ...messages, ...row.item, ...(row.persona ?? [])];
}

function outcomeHas(row: PackedRow, query: string): boolean {
  const { outcome } = row;
  const text = outcome.kind === 'refused' ? outcome.text : outcome.kind === 'answered' ? '' : outcome.message;
  return text.toLowerCase().includes(query);
}

/** Every grader with each of its scores, most frequent first; graders with very many different scores are left out. */
export function scoreChoices(store: TranscriptStore): { value: string; text: string }[] {
  const counts = new Map<string, Map<string, number>>();
  for (const row of store.rows) {
    for (const score of row.scores) {
      const grader = store.text(score.grader);
      const own = counts.get(grader) ?? new Map<string, number>();
      counts.set(grader, own);
      const text = store.scoreText(score);
      own.set(text, (own.get(text) ?? 0) + 1);
    }
  }
  return [...counts].flatMap(([grader, own]) =>
    [...own]
      .filter(([text]) => own.size <= 24 || text.startsWith('unscored'))
      .sort((a, b) => b[1] - a[1])
      .map(([text, count]) => ({ value: `${grader}\n${text}`, text: `${grader}: ${text} (${count})` })),
  );
}
