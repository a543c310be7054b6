import type { GraderSpec } from '../contract/eval-spec.js';
import type { Message } from '../contract/message.js';
import type { FrozenProvider, Plan } from '../contract/plan.js';
import type { Cell } from '../contract/trial.js';
import { combine } from '../kinds/graders/combine.js';
import {
  type Planted,
  type PlantedCritique,
  plantedPreference,
  plantedReplyTo,
} from '../kinds/providers/simulated/planted-truth.js';
import { simulated } from '../kinds/providers/simulated.js';
import { askedCall } from '../lib/asked-call.js';
import { lookupPath, parsePath } from '../lib/field-path.js';
import type { CellProgram } from '../stages/run/cell-program.js';
import { cellScope } from '../stages/run/cell-scope.js';
import { replyMark } from '../stages/run/rehearse-cell.js';
import { type PlantedInput, plantedCombination } from './planted-combination.js';
import { type GradedReply, type PlantedScores, plantedScores } from './planted-scores.js';

/** A call that a cell will make. */
interface Asked {
  id: string;
  provider: FrozenProvider;
  messages: Message[];
  /** What stands for its reply in later messages. */
  mark: string;
}

const anyMark = /\u27e6[0-9a-f]{32}\u27e7/g;

/** Marks of replies that stand in messages. */
const marksIn = (messages: readonly Message[]): string[] =>
  messages.flatMap(({ content }) => content.match(anyMark) ?? []);

/** All calls of a cell, the graders' included, with marks where replies would be. */
async function callsOf(cell: Cell, { matrix }: Plan, program: CellProgram): Promise<Asked[]> {
  const asked: Asked[] = [];
  await program.rehearse(cell, (id, role, messages) => {
    const { provider, digest } = askedCall(matrix, cell, role, messages);
    asked.push({ id, provider, messages, mark: replyMark(digest) });
    return { digest, reply: null };
  });
  return asked;
}

const isSimulated = ({ kind }: FrozenProvider): boolean => kind === simulated.kind;

/** What is planted of each call, by the mark of its reply; null where nothing is. */
type PlantedByMark = Map<string, Planted | PlantedCritique | null>;

function plantedByMark(steps: Asked[]): PlantedByMark {
  const known: PlantedByMark = new Map();
  const earlier = {
    isMark: (text: string) => marksIn([{ role: 'user', content: text }]).length > 0,
    planted: (text: string) => known.get(text.trim()) ?? null,
  };
  for (const { mark, provider, messages } of steps)
    known.set(mark, isSimulated(provider) ? plantedReplyTo(provider.options, messages, earlier) : null);
  return known;
}

interface Graded {
  answer: Asked;
  /** The reply that it is compared with, for graders that compare. */
  against: Asked | undefined;
  /** What the grader asks. */
  questions: Asked[];
}

/** A choice between two sides, made in both orders by steps that were shown one reply. */
function choiceScores({ options }: GraderSpec, { answer, against }: Graded, known: PlantedByMark): PlantedScores {
  const marks = [...new Set(marksIn(answer.messages))];
  const planted = marks.length === 1 ? known.get(marks[0]!) : undefined;
  if (against === undefined || planted === undefined || planted === null || planted.kind === 'critique')
    return { none: 'the choice is not about one planted reply' };
  const stranger = [answer, against].find(({ provider }) => !isSimulated(provider));
  if (stranger !== undefined) return { none: `${stranger.provider.id}, which chooses, is not simulated` };
  const shares = plantedPreference(answer.provider.options, answer.messages, [planted, planted]);
  if (shares === null) return { none: 'the choice is between sides that the simulated world does not know' };
  return shares.map(({ value, share }) => ({ score: { value: options.right === 'first' ? value : 1 - value }, share }));
}

/** What is known of the reply that a grader reads, or why nothing is. */
function gradedReply(
  { answer, against, questions }: Graded,
  known: PlantedByMark,
  lookup: (path: string) => unknown,
): GradedReply | { none: string } {
  const shown = [answer, ...(against === undefined ? [] : [against])];
  const foreign = shown.find(({ provider }) => !isSimulated(provider));
  if (foreign !== undefined) return { none: `${foreign.provider.id} is not simulated` };
  const stranger = questions.find(({ provider }) => !isSimulated(provider));
  if (stranger !== undefined) return { none: `its judge, ${stranger.provider.id}, is not simulated` };
  if (questions.some(({ messages }) => marksIn(messages).some((mark) => !shown.some((one) => one.mark === mark))))
    return { none: 'the judge is shown several replies' };
  const [planted, other] = shown.map(({ mark }) => known.get(mark) ?? null);
  if (planted === null || planted === undefined || other === null)
    return { none: 'the reply depends on earlier replies, or nothing is planted of what it says' };
  if (planted.kind === 'critique' || other?.kind === 'critique')
    return { none: 'nothing is planted that a grader reads in a critique' };
  const judging = questions.map(({ provider, messages }) => ({ options: provider.options, messages }));
  return { planted, ...(other !== undefined && { against: other }), lookup, judging };
}

/**
 * What each grader of a cell will find, in the eval's order; null where it has nothing to grade.
 * @throws what the templates throw
 */
export async function plantedCell(cell: Cell, plan: Plan, program: CellProgram): Promise<(PlantedScores | null)[]> {
  const { steps: specs, graders } = plan.matrix.eval;
  const calls = await callsOf(cell, plan, program);
  const stepIds = new Set(specs.map(({ id }) => id));
  const steps = calls.filter(({ id }, at) => stepIds.has(id) && calls.findIndex((call) => call.id === id) === at);
  const questions = calls.filter((call) => !steps.includes(call));
  const scope = cellScope(cell);
  const lookup = (path: string): unknown => lookupPath(scope, parsePath(path) ?? []);
  const known = plantedByMark(steps);
  const named = (name: string | undefined) => {
    // A looped step's id, as written, names its latest output.
    const ids = specs.filter(({ id, round }) => id === name || round?.step === name).map(({ id }) => id);
    return steps.findLast(({ id }) => ids.includes(id));
  };
  const stepOf = (output: unknown) => (typeof output === 'string' ? named(output.split('.')[0]) : undefined);
  const gradedBy = (grader: GraderSpec): Graded | null => {
    const answer = stepOf(grader.of);
    const against = stepOf(grader.options.against ?? grader.options.swapped);
    return answer === undefined ? null : { answer, against, questions: questions.filter(({ id }) => id === grader.id) };
  };
  const inputOf = (id: string): PlantedInput | null => {
    const grader = graders.find((one) => one.id === id)!;
    const graded = gradedBy(grader);
    return graded && { grader, reply: graded.answer.mark, graded: gradedReply(graded, known, lookup) };
  };
  return graders.map((grader) => {
    const graded = gradedBy(grader);
    if (graded === null) return null;
    if (grader.kind === 'two_orders') return choiceScores(grader, graded, known);
    if (grader.kind === combine.kind) return plantedCombination(grader, inputOf);
    const reply = gradedReply(graded, known, lookup);
    return 'none' in reply ? reply : plantedScores(grader, reply);
  });
}
