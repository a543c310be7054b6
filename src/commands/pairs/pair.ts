/** Which text of a pair a judge prefers; null where there is no verdict. */
export type Verdict = 'chosen' | 'rejected' | 'tie' | null;

/** Parts of a data set. Personas of the last one are in no other. */
export const splits = ['train', 'validation', 'test', 'unseen_personas'] as const;
export type Split = (typeof splits)[number];

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
  instruction: string;
  chosen: string;
  rejected: string;
  /** The person as text; null where the eval shows none. */
  personaText: string | null;
  system: string | null;
  preferred: Verdict;
  /** Name of a control → its verdict. */
  controls: { [name: string]: Verdict };
  split: Split;
}

/** Why a cell gives no pair. */
export type NoPair =
  | 'refused'
  | 'failed'
  | 'not asked yet'
  | 'a reply could not be parsed'
  | 'a reply was cut'
  | 'a text is empty or missing'
  | 'both texts are the same';
