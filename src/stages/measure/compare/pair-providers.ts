import { EvalrunError } from '../../../contract/problem.js';

/** Which provider of run A is compared with which of run B, as indices into their lists. */
export interface ProviderPair {
  a: number;
  b: number;
}

/** How providers found each other: both runs test the same ids, or one each, or the user said so. */
export type PairedBy = 'id' | 'position' | 'choice';

/**
 * Pairs the providers of two runs.
 * @param chosen texts such as `openai=tuned` (A's id, then B's); empty: found by themselves
 * @throws EvalrunError BAD_FLAG for a choice that cannot be read or names no provider of its run, PROVIDERS_UNPAIRED
 * where nothing tells which belong together
 */
export function pairProviders(
  a: readonly string[],
  b: readonly string[],
  chosen: readonly string[],
): { pairs: ProviderPair[]; by: PairedBy } {
  if (chosen.length > 0) return { pairs: chosenPairs(a, b, chosen), by: 'choice' };
  if (a.length === b.length && a.every((id) => b.includes(id)))
    return { pairs: a.map((id, place) => ({ a: place, b: b.indexOf(id) })), by: 'id' };
  if (a.length === 1 && b.length === 1) return { pairs: [{ a: 0, b: 0 }], by: 'position' };
  throw new EvalrunError(
    'PROVIDERS_UNPAIRED',
    `the runs test other providers: ${a.join(', ')} in the first, ${b.join(', ')} in the second`,
    { hint: `say which belong together, e.g. --provider ${a[0]}=${b[0]} (repeatable)` },
  );
}

function chosenPairs(a: readonly string[], b: readonly string[], chosen: readonly string[]): ProviderPair[] {
  const pairs = chosen.map((text) => {
    const cut = text.indexOf('=');
    if (cut < 0) {
      throw new EvalrunError('BAD_FLAG', `--provider ${text} does not pair two providers`, {
        hint: 'write A=B: the id in the first run, then the id in the second',
      });
    }
    return { a: placeOf(text.slice(0, cut), a, 'first'), b: placeOf(text.slice(cut + 1), b, 'second') };
  });
  return pairs.filter((pair, at) => pairs.findIndex((one) => one.a === pair.a && one.b === pair.b) === at);
}

function placeOf(id: string, ids: readonly string[], which: 'first' | 'second'): number {
  const place = ids.indexOf(id);
  if (place >= 0) return place;
  throw new EvalrunError('BAD_FLAG', `--provider: the ${which} run does not test ${id || '(nothing)'}`, {
    hint: `it tests ${ids.join(', ')}`,
  });
}
