const quoting =
  'First quote the words of the submission that decide the matter, exactly as they stand there; none if there are none.';

/**
 * The request for a verdict that ends a judge's messages. Its last two lines are fixed, since readers of a request (a
 * simulated judge) find the labels there.
 */
export const judgeFormat = (labels: readonly string[], confidence = true, quotes = false): string => {
  const quoted = quotes ? '"quotes": ["<words of the submission>"], ' : '';
  const verdict = `${quoted}"rationale": "<reasons>", "verdict": "<one of: ${labels.join(' | ')}>"`;
  const first = quotes ? `${quoting} Then give your reasons` : 'Give your reasons first';
  const order = confidence
    ? `${first}, then your verdict, then how confident you are in it, from 0 (a guess) to 100 (certain).`
    : `${first}, then your verdict.`;
  const object = confidence ? `{${verdict}, "confidence": <0 to 100>}` : `{${verdict}}`;
  return `${order}\nReply with one JSON object and nothing else:\n${object}`;
};
