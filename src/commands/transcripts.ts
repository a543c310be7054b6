import type { Matrix, Plan } from '../contract/plan.js';
import type { CellEntry } from '../contract/record.js';
import type { Cell, Outcome, Transcript } from '../contract/trial.js';
import type { CellProgram } from '../stages/run/cell-program.js';
import type { RecordReader } from '../store/record-reader.js';
import { askAgain, recordedReply } from './recorded-reply.js';

/** What transcripts are made from. */
export interface TranscriptSource {
  plan: Plan;
  matrix: Matrix;
  program: CellProgram;
  record: RecordReader;
}

/** Failed and refused cells take at most this share of a sample. */
const shareOfFailures = 0.25;

/** Recorded outcomes of the cells that were not answered. */
function outcomesBesideAnswers(entries: Iterable<CellEntry>): Map<number, Outcome> {
  const outcomes = new Map<number, Outcome>();
  for (const { cell, outcome } of entries) {
    if (outcome.kind === 'answered') outcomes.delete(cell);
    else outcomes.set(cell, outcome);
  }
  return outcomes;
}

/** Which cells are shown, in cell order. */
function* chooseCells(
  { matrix }: TranscriptSource,
  unanswered: Map<number, Outcome>,
  limit: number,
): Generator<number> {
  if (matrix.cells <= limit) {
    for (let cell = 0; cell < matrix.cells; cell++) yield cell;
    return;
  }
  const chosen = new Set([...unanswered.keys()].slice(0, Math.floor(limit * shareOfFailures)));
  const perPair = matrix.cells / matrix.pairs;
  const pairs = Math.max(1, Math.floor((limit - chosen.size) / perPair));
  for (let index = 0; index < pairs; index++) {
    const first = Math.floor((index * matrix.pairs) / pairs) * perPair;
    for (let cell = first; cell < first + perPair; cell++) chosen.add(cell);
  }
  yield* [...chosen].sort((a, b) => a - b);
}

/** Executes a cell once more, with every reply from the record. */
async function transcriptOf(
  { plan, program, record }: TranscriptSource,
  cell: Cell,
  recorded: Outcome | undefined,
): Promise<Transcript> {
  const steps: Transcript['steps'] = [];
  const graded = new Map<string, string>();
  const ask = askAgain(plan.matrix, (digest) => recordedReply(record, digest))(cell);
  const trial = await program.run(cell, ask, {
    step: (id, role, messages, reply, parseError) =>
      steps.push({
        id,
        role,
        messages,
        reply: reply?.text ?? null,
        finish: reply?.finish ?? null,
        ...(parseError !== undefined && { parseError }),
        tokens: reply?.tokens ?? null,
      }),
    graded: (grader, text) => graded.set(grader.id, text),
  });
  return {
    cell: cell.ordinal,
    provider: plan.matrix.providers[cell.provider]!.id,
    arm: cell.arm.id,
    item: cell.item,
    persona: cell.persona === null ? null : { id: cell.persona.id, attributes: cell.persona.attributes },
    repeat: cell.repeat,
    outcome:
      recorded ??
      (trial.outcome.kind === 'failed'
        ? { kind: 'skipped', reason: 'interrupted', message: 'not asked yet' }
        : trial.outcome),
    steps,
    scores: plan.matrix.eval.graders.map(({ id, of }) => ({
      grader: id,
      of,
      graded: graded.get(id) ?? '',
      score: trial.scores[id]!,
    })),
  };
}

/**
 * Up to `limit` transcripts, or all: failed and refused cells first (a quarter of a sample at most), then whole pairs
 * spread evenly over the matrix, so that every arm and provider is there for the same item. In cell order, one in
 * memory at a time.
 */
export async function* transcripts(source: TranscriptSource, limit: number): AsyncGenerator<Transcript> {
  const unanswered = outcomesBesideAnswers(source.record.cells());
  for (const ordinal of chooseCells(source, unanswered, limit)) {
    yield await transcriptOf(source, source.matrix.cellAt(ordinal), unanswered.get(ordinal));
  }
}
