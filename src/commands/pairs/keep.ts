import type { PairsSpec } from '../../contract/eval-spec.js';
import { EvalrunError } from '../../contract/problem.js';
import type { Pair, Verdict } from './pair.js';

/** Which pairs are written. */
export const keeps = ['preferred', 'all', 'disagreeing'] as const;
export type Keep = (typeof keeps)[number];

/** Name of the control that `disagreeing` looks at. */
const shuffled = 'shuffled';

/**
 * Says why a pair is not kept; null if it is. `preferred`: the person's own judge prefers the chosen text in both orders.
 * `disagreeing`: and the shuffled persona's judge does not.
 * @throws EvalrunError BAD_FLAG when `disagreeing` is asked for without a control named shuffled, or any but `all` where nobody
 * ranked the pairs
 */
export function keeper(keep: Keep, { preferred, controls }: PairsSpec): (pair: Pair) => string | null {
  if (preferred === undefined && keep !== 'all')
    throw new EvalrunError('BAD_FLAG', `--keep ${keep} means nothing here: no grader ranked these pairs`, {
      hint: 'leave it out: every pair that passes the filters is kept; or give the eval "pairs: {preferred: <grader>}"',
    });
  if (keep === 'disagreeing' && !Object.hasOwn(controls, shuffled))
    throw new EvalrunError('BAD_FLAG', '--keep disagreeing needs a control named "shuffled"', {
      hint: 'give the eval "pairs: {controls: {shuffled: <grader>}}"',
    });
  return (pair) => {
    if (keep === 'all') return null;
    if (pair.preferred !== 'chosen') return said('its own judge', pair.preferred ?? null);
    if (keep === 'preferred') return null;
    const verdict = pair.controls[shuffled]!;
    return verdict === null || verdict === 'chosen' ? said('the shuffled judge', verdict) : null;
  };
}

const said = (who: string, verdict: Verdict): string =>
  verdict === null
    ? `${who} gave no verdict`
    : verdict === 'tie'
      ? `${who} saw a tie`
      : `${who} preferred the ${verdict} text`;
