import type { KeyedRandom } from '../../../../lib/rng.js';
import type { Blocks } from '../read-request.js';
import type { World } from '../world.js';
import { isLookedFor, rubricOf, showsIt } from './rubric.js';

/** Sentences that no simulated reply holds. */
const invented = [
  'Nothing of the sort will ever be said by me.',
  'Everyone who was present has told the same story since.',
  'By the time the second letter arrived, the matter was closed.',
];

/** Sentences of a submission as they stand there. */
const sentencesOf = (submission: string): string[] =>
  submission.match(/[^.!?]+[.!?]+/g)?.map((one) => one.trim()) ?? [];

/**
 * What a judge quotes for its verdict: one sentence or two of the submission that shows what was found, another one where none
 * does; sometimes a sentence that it made up. Nothing for the verdict that is left when nothing is found.
 */
export function quoteSubmission(
  world: World,
  verdict: string,
  { verdicts, blocks }: { verdicts: readonly string[]; blocks: Blocks },
  random: KeyedRandom,
): string[] {
  const rubric = rubricOf(verdicts);
  if (!isLookedFor(rubric, verdict)) return [];
  const sentences = sentencesOf(blocks.submission ?? '');
  // Some things are said in two sentences of which neither shows them alone.
  const pairs = sentences.slice(1).map((sentence, i) => `${sentences[i]} ${sentence}`);
  const showing = (parts: string[]) => parts.filter((part) => showsIt(rubric, verdict, part, blocks));
  const quoted = [showing(sentences), showing(pairs), sentences].find((parts) => parts.length > 0) ?? [];
  return random.chance(world.judging.realQuotes) && quoted.length > 0 ? [random.pick(quoted)] : [random.pick(invented)];
}
