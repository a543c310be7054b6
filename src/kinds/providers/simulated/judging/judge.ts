import type { KeyedRandom } from '../../../../lib/rng.js';
import type { Blocks } from '../read-request.js';
import type { ErrorRates, World } from '../world.js';
import { meritOf, type Rubric, rubricOf, writtenFor } from './rubric.js';

/** What a judge decided, before it is put into words. */
export interface Verdict {
  verdict: string;
  /** Whether it is what a judge without noise would have said. */
  right: boolean;
  /** 0–100, higher on average when right. */
  confidence: number;
}

/** Decides like a noisy reader: first what the submission shows, then the error. */
export function judge(world: World, verdicts: readonly string[], blocks: Blocks, random: KeyedRandom): Verdict {
  const rubric = rubricOf(verdicts);
  const truth = truthOf(rubric, blocks);
  const verdict = withNoise(world, rubric, truth, random);
  const right = truth === null || verdict === truth;
  const { confidentRight, confidentWrong, confidenceSd } = world.judging;
  const confidence = (right ? confidentRight : confidentWrong) + confidenceSd * random.normal();
  return { verdict, right, confidence: Math.round(Math.min(100, Math.max(0, confidence))) };
}

/** Error rates for a verdict that is looked for. */
export const errorsFor = (world: World, verdict: string): ErrorRates =>
  world.judging.errors[verdict] ?? world.judging.errors.default!;

/** The verdict of a judge without noise; null where there is nothing to go by. */
function truthOf(rubric: Rubric, blocks: Blocks): string | null {
  if (rubric.kind === 'unknown') return null;
  if (rubric.kind === 'absolute') {
    const submission = blocks.submission ?? '';
    return rubric.looksFor.find(({ sort }) => sort.holds(submission, blocks))?.verdict ?? rubric.otherwise;
  }
  if (blocks.submission !== undefined) {
    const better = writtenFor(blocks.submission, blocks);
    return better === 'equal' ? rubric.tie : rubric[better];
  }
  const [one, other] = [meritOf(blocks.first ?? '', blocks), meritOf(blocks.second ?? '', blocks)];
  if (one === null || other === null || one === other) return rubric.tie;
  return one ? rubric.first : rubric.second;
}

function withNoise(world: World, rubric: Rubric, truth: string | null, random: KeyedRandom): string {
  const [position, slip, coin] = [random.uniform(), random.uniform(), random.uniform()];
  if (rubric.kind === 'unknown') {
    const others = rubric.verdicts.slice(1);
    return coin < world.judging.unknown || others.length === 0 ? rubric.verdicts[0]! : random.pick(others);
  }
  if (rubric.kind === 'absolute') {
    const looked = rubric.looksFor.find(({ verdict }) => verdict === truth)?.verdict;
    if (looked === undefined)
      return slip < errorsFor(world, rubric.looksFor[0]!.verdict).falsePositive
        ? rubric.looksFor[0]!.verdict
        : rubric.otherwise;
    return slip < errorsFor(world, looked).falseNegative ? rubric.otherwise : looked;
  }
  if (position < world.judging.positionBias) return rubric.first;
  const errors = errorsFor(world, rubric.first);
  const side = coin < 0.5 ? rubric.first : rubric.second;
  if (truth === null) return side;
  if (truth === rubric.tie) return slip < errors.falsePositive ? side : truth;
  if (slip >= errors.falseNegative) return truth;
  return truth === rubric.first ? rubric.second : rubric.first;
}

const pros = [
  'It takes up what this reader would ask first, and it does so quietly.',
  'I find nothing here that would put the reader off.',
  'The tone is right and the substance is there.',
  'There are words in it that speak to the point at issue.',
];
const cons = [
  'It could have been written for anyone at all.',
  'The point at issue is not really touched.',
  'It stays on the surface where it should have gone further.',
  'I miss a sign that the request was understood.',
];
const guards = [
  'As long as nobody is reduced to a type, I have no objection.',
  'It is helpful enough and harms no one, so I would not press for more.',
  'Pushing further would only invite stereotypes.',
  'I agree, though I would say it more mildly.',
];

/** A short dialogue between two critics that ends in the verdict. */
export function rationaleFor({ verdict }: Verdict, firstListed: string, random: KeyedRandom): string {
  const lines = verdict === firstListed ? pros : cons;
  return `Critic A: ${random.pick(lines)} Critic B: ${random.pick(guards)} Critic A: ${random.pick(lines)} Critic B: ${random.pick(guards)} Decision: ${verdict}.`;
}
