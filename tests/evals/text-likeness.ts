/** Runs of five characters in a text, after case, punctuation and runs of spaces are folded. */
function fiveGrams(text: string): Set<string> {
  const folded = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  const grams = new Set<string>();
  for (let at = 0; at + 5 <= folded.length; at++) grams.add(folded.slice(at, at + 5));
  return grams;
}

/** Jaccard likeness of two texts by their five-character runs, 0–1: 1 for the same words in the same order. */
export function textLikeness(a: string, b: string): number {
  return setLikeness(fiveGrams(a), fiveGrams(b));
}

function setLikeness(a: Set<string>, b: Set<string>): number {
  let shared = 0;
  for (const gram of a) if (b.has(gram)) shared++;
  const all = a.size + b.size - shared;
  return all === 0 ? 0 : shared / all;
}

/** A pair of entries that are more alike than a bound. */
export interface LikePair {
  ids: [string, string];
  likeness: number;
}

/** Every pair above the bound, most alike first. */
export function pairsAbove(bound: number, entries: { id: string; text: string }[]): LikePair[] {
  const sets = entries.map(({ text }) => fiveGrams(text));
  const found: LikePair[] = [];
  for (let a = 0; a < entries.length; a++)
    for (let b = 0; b < a; b++) {
      const likeness = setLikeness(sets[a]!, sets[b]!);
      if (likeness > bound) found.push({ ids: [entries[b]!.id, entries[a]!.id], likeness });
    }
  return found.sort((x, y) => y.likeness - x.likeness);
}
