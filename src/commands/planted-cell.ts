import type { GraderSpec } from '../contract/eval-spec.js';
import type { Message } from '../contract/message.js';
import type { FrozenProvider, Plan } from '../contract/plan.js';
import type { Cell } from '../contract/trial.js';
import { plantedReplyTo } from '../kinds/providers/simulated/planted-truth.js';
import { simulated } from '../kinds/providers/simulated.js';
import { callDigest } from '../lib/call-digest.js';
import { lookupPath, parsePath } from '../lib/field-path.js';
import type { CellProgram } from '../stages/run/cell-program.js';
import { cellScope } from '../stages/run/cell-scope.js';
import { replyMark } from '../stages/run/rehearse-cell.js';
import { type PlantedScores, plantedScores } from './planted-scores.js';

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
    const provider = role === 'subject' ? matrix.providers[cell.provider]! : matrix.roles[role]!;
    const { identity, sampling } = provider;
    const digest = callDigest({ provider: identity, sampling, messages, repeat: cell.repeat });
    asked.push({ id, provider, messages, mark: replyMark(digest) });
    return { digest, reply: null };
  });
  return asked;
}

const isSimulated = ({ kind }: FrozenProvider): boolean => kind === simulated.kind;

function scoresOf(
  grader: GraderSpec,
  answer: Asked,
  questions: Asked[],
  lookup: (path: string) => unknown,
): PlantedScores {
  if (!isSimulated(answer.provider)) return { none: `${answer.provider.id} is not simulated` };
  if (marksIn(answer.messages).length > 0) return { none: 'the reply depends on earlier replies' };
  const stranger = questions.find(({ provider }) => !isSimulated(provider));
  if (stranger !== undefined) return { none: `its judge, ${stranger.provider.id}, is not simulated` };
  if (questions.some(({ messages }) => marksIn(messages).some((mark) => mark !== answer.mark)))
    return { none: 'the judge is shown several replies' };
  const planted = plantedReplyTo(answer.provider.options, answer.messages);
  if (planted === null) return { none: 'the graded reply is itself a judgement' };
  const judging = questions.map(({ provider, messages }) => ({ options: provider.options, messages }));
  return plantedScores(grader, { planted, lookup, judging });
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
  return graders.map((grader) => {
    const answer = steps.find(({ id }) => id === grader.of.split('.')[0]);
    if (answer === undefined) return null;
    return scoresOf(
      grader,
      answer,
      questions.filter(({ id }) => id === grader.id),
      lookup,
    );
  });
}
