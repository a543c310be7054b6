/** Why there is no score. `failed`/`refused`/`skipped` repeat the cell's outcome. */
export type UnscoredReason =
  | 'unparseable'
  | 'truncated'
  | 'refused'
  | 'failed'
  | 'skipped'
  | 'judge_failed'
  | 'judge_unparseable'
  | 'ambiguous'
  | 'not_applicable';

/** A part of the graded text, in UTF-16 code units of it. */
export interface Span {
  start: number;
  end: number;
}

/** Quotes that a judge gave, and those of them that the quoted text holds. */
export interface QuoteCount {
  given: number;
  found: number;
}

/** Never NaN, never a stand-in 0. */
export type Score =
  | {
      kind: 'scored';
      /** On the grader's scale. */
      value: number;
      /** The verdict or option in words, where there is one. */
      label?: string;
      /** The judge's own, 0–100. */
      confidence?: number;
      /** Pairwise judges: whether both orders agreed. */
      orderConsistent?: boolean;
      /** Probability of each of the scale's labels, in their order, from the model's own logprobs; at most 1 together. */
      shares?: number[];
      /** Judges that were asked for quotes of the graded text: how many they gave, and how many stand in it. */
      quotes?: QuoteCount;
      rationale?: string;
      evidence?: Span[];
    }
  | { kind: 'unscored'; reason: UnscoredReason; detail?: string };

/** What a grader's values can be. Metrics declare which they read. */
export type Scale =
  | { kind: 'binary' }
  | { kind: 'number'; min: number; max: number }
  | { kind: 'label'; labels: string[] };
