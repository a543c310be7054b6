import type { TokenChoice } from '../../../../contract/call.js';
import type { PlantedChoice } from './plant-choice.js';

/** Where the letter stands in what `writeChoice` writes. */
const written = /^(\(|Answer:)?( ?)([A-Z])(?=$|[).])/;

/** Of an option's probability, the part of the letter with a space before it. */
const spaced = 0.1;
/** First token of a reply that picks none. */
const declined = 'Sorry';

const certain = (token: string): TokenChoice => ({ token, top: [[token, 0]] });
const logarithm = (share: number): number => Math.round(Math.log(share) * 1e6) / 1e6;

/**
 * The first tokens of a written choice with the planted probabilities of the letters, as a model would report them:
 * each letter in two forms, and what the refusal has beside them.
 */
export function choiceLogprobs(text: string, { shares, refusal }: PlantedChoice): TokenChoice[] {
  const top = Object.entries(shares).flatMap(([label, share]): TokenChoice['top'] =>
    share > 0
      ? [
          [label, logarithm(share * (1 - spaced))],
          [` ${label}`, logarithm(share * spaced)],
        ]
      : [],
  );
  if (refusal > 0) top.push([declined, logarithm(refusal)]);
  const match = written.exec(text);
  if (match === null) return [{ token: text.split(' ')[0]!, top }];
  const [, before = '', space = '', label = ''] = match;
  return [...(before === '' ? [] : [certain(before)]), { token: space + label, top }];
}
