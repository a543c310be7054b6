import type { Message } from '../../contract/message.js';
import type { StoredScore } from '../../contract/record.js';

/** Which text of a pair a judge prefers; null where there is no verdict. */
export type Verdict = 'chosen' | 'rejected' | 'tie' | null;

/** Parts of a data set. Personas of the last one are in no other. */
export const splits = ['train', 'validation', 'test', 'unseen_personas'] as const;
export type Split = (typeof splits)[number];

/** Where a pair comes from: what an eval with a prompt of turns, a split or filters tells beside its ids and texts. */
export interface Provenance {
  /** Id of the run. */
  run: string;
  /** Value by which it was put into its split; null where that is persona and question. */
  group: string | null;
  /** `item.domain`, where the item has one. */
  domain: string | null;
  /** Who wrote the two texts; null for a text that the item holds. */
  models: { rejected: string | null; chosen: string | null };
  /** Filters that it passed, in order. */
  filters: readonly string[];
}

/** Two answers to one question, of which the first is to be preferred by one person. */
export interface Pair {
  /** 16 hex digits over item, persona, arm, provider and repeat: the same in every run that has them. */
  id: string;
  /** Ordinal of the cell in its run. */
  cell: number;
  item: string;
  persona: string | null;
  /** Id of the persona that the shuffled control was judged for. */
  other: string | null;
  arm: string;
  provider: string;
  repeat: number;
  /** What was asked; null where that is a conversation. */
  instruction: string | null;
  /** The conversation without a system message; one turn of the user where there is only an instruction. */
  turns: readonly Message[];
  chosen: string;
  rejected: string;
  /** The person as text; null where the eval shows none. */
  personaText: string | null;
  system: string | null;
  /** Absent where nobody ranked the pairs. */
  preferred?: Verdict;
  /** Name of a control → its verdict. */
  controls: { [name: string]: Verdict };
  split: Split;
  provenance: Provenance | null;
  /** Value at a path of its cell such as `item.pink`; undefined if there is none. */
  lookup(path: string): unknown;
  /** What the record says of a grader that a filter names. */
  score(grader: string): StoredScore | null;
}

/** Why a pair is left out. */
export interface Dropped {
  /** A filter's label, `--keep`, or `form`. */
  by: string;
  reason: string;
}

/** Why a cell gives no pair. */
export type NoPair =
  | 'refused'
  | 'failed'
  | 'not asked yet'
  | 'a reply could not be parsed'
  | 'a reply was cut'
  | 'the rejected text is empty or missing'
  | 'the chosen text is empty or missing'
  | 'the prompt is no list of turns'
  | 'both texts are the same';
