/** Numbers for words, so that comparing two of them is comparing numbers. */
function numbered(words: readonly string[], numbers: Map<string, number>): Int32Array {
  return Int32Array.from(words, (word) => {
    const known = numbers.get(word) ?? numbers.size;
    numbers.set(word, known);
    return known;
  });
}

/**
 * Levenshtein distance between two lists of words: the fewest words to insert, leave out or replace. The common beginning
 * and end are cut off first; then O(n·m) time, O(m) memory.
 */
export function editDistance(one: readonly string[], other: readonly string[]): number {
  let start = 0;
  let [endA, endB] = [one.length, other.length];
  while (start < endA && start < endB && one[start] === other[start]) start++;
  while (endA > start && endB > start && one[endA - 1] === other[endB - 1]) {
    endA--;
    endB--;
  }
  const numbers = new Map<string, number>();
  const a = numbered(one.slice(start, endA), numbers);
  const b = numbered(other.slice(start, endB), numbers);
  const row = Int32Array.from({ length: b.length + 1 }, (_unused, index) => index);
  for (let i = 0; i < a.length; i++) {
    let diagonal = i;
    row[0] = i + 1;
    for (let j = 0; j < b.length; j++) {
      const above = row[j + 1]!;
      const replaced = a[i] === b[j] ? diagonal : diagonal + 1;
      row[j + 1] = Math.min(replaced, above + 1, row[j]! + 1);
      diagonal = above;
    }
  }
  return row[b.length]!;
}
