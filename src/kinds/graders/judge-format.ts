/**
 * The request for a verdict that ends a judge's messages. Its last two lines are fixed, since readers of a request (a
 * simulated judge) find the labels there.
 */
export const judgeFormat = (labels: readonly string[], confidence = true): string => {
  const verdict = `"rationale": "<reasons>", "verdict": "<one of: ${labels.join(' | ')}>"`;
  const order = confidence
    ? 'Give your reasons first, then your verdict, then how confident you are in it, from 0 (a guess) to 100 (certain).'
    : 'Give your reasons first, then your verdict.';
  const object = confidence ? `{${verdict}, "confidence": <0 to 100>}` : `{${verdict}}`;
  return `${order}\nReply with one JSON object and nothing else:\n${object}`;
};
