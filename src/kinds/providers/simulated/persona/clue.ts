/**
 * Something about a person that an answer can take account of without naming it: the attribute that shows it and the
 * considerations that suit whoever has it. A consideration is a noun phrase or a gerund, so that it fits every opener.
 */
export interface Clue {
  /** Unique. Two personas that share a clue are both served by its considerations. */
  id: string;
  /** Attribute as persona blocks spell it, lower case. */
  attribute: string;
  /** Values, in words, that show the clue; read case-insensitively. */
  value?: RegExp;
  /** Numbers that show the clue: at least `from`, less than `below`. */
  from?: number;
  below?: number;
  considerations: readonly string[];
}
