const { imul } = Math;

/** FNV-1a over UTF-16 units, then MurmurHash3's finalizer. */
function hashOf(words: readonly string[], from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let index = from; index < to; index++) {
    const word = words[index]!;
    for (let at = 0; at < word.length; at++) hash = imul(hash ^ word.charCodeAt(at), 0x01000193);
    hash = imul(hash ^ 0x20, 0x01000193);
  }
  hash = imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * Hashes (32 bits, unsigned) of all runs of `size` neighbouring words; of a shorter list, of the whole. Two different runs
 * have the same hash once in 2³² times.
 */
export function shinglesOf(words: readonly string[], size: number): Set<number> {
  const shingles = new Set<number>();
  if (words.length === 0) return shingles;
  const last = Math.max(0, words.length - size);
  for (let from = 0; from <= last; from++) shingles.add(hashOf(words, from, Math.min(words.length, from + size)));
  return shingles;
}

/** Jaccard similarity of two sets, 0–1; of two empty ones, 1. */
export function jaccard<Member>(one: ReadonlySet<Member>, other: ReadonlySet<Member>): number {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  if (large.size === 0) return 1;
  let shared = 0;
  for (const member of small) if (large.has(member)) shared++;
  return shared / (one.size + other.size - shared);
}
