import { closest, distance } from 'fastest-levenshtein';

/** The known name that a mistyped word most likely means; undefined if none is close (edits ≤ a third of its length, at least 1). */
export function nearest(word: string, names: Iterable<string>): string | undefined {
  const known = [...names];
  if (known.length === 0 || word === '') return undefined;
  const lower = word.toLowerCase();
  const sameButCase = known.find((name) => name.toLowerCase() === lower);
  if (sameButCase !== undefined) return sameButCase;
  const best = closest(word, known);
  const allowed = Math.max(1, Math.ceil(Math.max(word.length, best.length) / 3));
  return distance(word, best) <= allowed ? best : undefined;
}

/** A hint from the nearest name (or from those of its rounds, as loops give them), or else the list of allowed ones (at most 12 are shown). */
export function nearestHint(word: string, names: Iterable<string>, what: string): string | undefined {
  const known = [...names];
  const ofRounds = known.filter((name) => name.startsWith(`${word}_`) && /^\d+$/.test(name.slice(word.length + 1)));
  if (ofRounds.length > 0)
    return `there is one for each round: ${ofRounds.slice(0, 3).join(', ')}${ofRounds.length > 3 ? ', …' : ''}`;
  const near = nearest(word, known);
  if (near !== undefined) return `did you mean "${near}"?`;
  if (known.length === 0) return undefined;
  const shown = known.slice(0, 12).join(', ');
  return `known ${what}: ${shown}${known.length > 12 ? ` and ${known.length - 12} more` : ''}`;
}
