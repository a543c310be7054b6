/** How an attribute's text is turned into the category that shares are given for. */
export type Category =
  /** The text itself is the category. */
  | { kind: 'value' }
  /** The first number in the text; ascending lower ends: `[18, 35]` makes `<18`, `18–34`, `35+`. */
  | { kind: 'bands'; bands: number[] }
  /** Text → category. A text that is missing here counts as `(other)`. */
  | { kind: 'map'; of: { [text: string]: string } };

/** Shares of a population by one attribute. */
export interface AttributeShares {
  attribute: string;
  category: Category;
  /** Category → share, 0–1; they add up to 1. */
  shares: { [category: string]: number };
  /** Only people who meet this count, e.g. adults for education. Absent: everyone. */
  among?: { attribute: string; from?: number; below?: number };
  /** Where the shares come from. */
  source: string;
  /**
   * How many people the shares were counted on, in units of a simple random sample; absent where their own sampling
   * error is negligible beside that of any draw.
   */
  n?: number;
}

/** Joint shares of two attributes. */
export interface PairShares {
  attributes: [string, string];
  /**
   * Categories of the two, where they are not those of their `AttributeShares`; everyone counts then, whoever the shares
   * of a single attribute are about.
   */
  categories?: [Category, Category];
  /** JSON of `[category, category]` → share, 0–1; they add up to 1. */
  shares: { [pair: string]: number };
  /** Strength of association: Cramér's V, 0–1. */
  association: number;
  source: string;
}

/** What is known of the people that personas stand for. */
export interface Population {
  title: string;
  attributes: AttributeShares[];
  /** The most associated pairs, strongest first. */
  pairs: PairShares[];
}
