import type { Reply } from '../../contract/call.js';
import type { PairsSpec } from '../../contract/eval-spec.js';
import type { Plan } from '../../contract/plan.js';
import type { Cell } from '../../contract/trial.js';
import { BoundedCache } from '../../lib/bounded-cache.js';
import { canonicalJson, digestOf } from '../../lib/canonical-json.js';
import { lookupPath, parsePath } from '../../lib/field-path.js';
import { compileTemplate } from '../../lib/template.js';
import { type CellProgram, compileProgram } from '../../stages/run/cell-program.js';
import { cellScope } from '../../stages/run/cell-scope.js';
import type { RecordReader } from '../../store/record-reader.js';
import type { FinishedRun } from '../finish.js';
import { askAgain, recordedReply } from '../recorded-reply.js';
import { CellFacts } from './cell-facts.js';
import { CellScores } from './cell-scores.js';
import type { NoPair, Pair, Provenance, Verdict } from './pair.js';
import { labelledFilters } from './pair-filters.js';
import { tellsProvenance } from './pair-formats.js';
import { promptReader } from './pair-prompt.js';
import { modelOf, sideOf, stepsNeeded, textsOf } from './pair-texts.js';
import { splitOf, splitOfGroup } from './split-of.js';

/** Characters of recorded replies that are kept at hand: answers that many personas share are read once. */
const charactersAtHand = 16_000_000;

/** The program of a cell up to the last text of a pair: no grader, no later step. */
function textProgram({ matrix }: Plan, spec: PairsSpec): CellProgram {
  const steps = matrix.eval.steps.slice(0, stepsNeeded(spec, matrix));
  return compileProgram({ ...matrix.eval, steps, graders: [] }, new Map());
}

/** Answers every call from the record. */
function recordedReplies({ matrix }: Plan, record: RecordReader) {
  const atHand = new BoundedCache<Reply>(charactersAtHand);
  return askAgain(matrix, (digest) => {
    const known = atHand.get(digest);
    if (known !== undefined) return known;
    const reply = recordedReply(record, digest);
    atHand.set(digest, reply, reply.text.length + 200);
    return reply;
  });
}

/** A value by which pairs are put together, as text: numbers and truth values differ from texts that look alike. */
const groupOf = (value: unknown): string => (typeof value === 'string' ? value : canonicalJson(value));

/** What is told beside ids and texts; null for an eval that has neither a prompt of turns, nor a split, nor filters. */
function provenanceReader(plan: Plan, spec: PairsSpec): (cell: Cell, scope: object) => Provenance | null {
  if (!tellsProvenance(spec)) return () => null;
  const filters = labelledFilters(spec).map(({ label }) => label);
  const by = spec.split === undefined ? null : parsePath(spec.split.by)!;
  const [rejected, chosen] = [sideOf(spec.rejected, plan.matrix), sideOf(spec.chosen, plan.matrix)];
  return (cell, scope) => {
    const { domain } = cell.item;
    return {
      run: plan.id,
      group: by === null ? null : groupOf(lookupPath(scope, by)),
      domain: typeof domain === 'string' ? domain : null,
      models: { rejected: modelOf(rejected, plan, cell), chosen: modelOf(chosen, plan, cell) },
      filters,
    };
  };
}

type AboutCell = Omit<Pair, 'chosen' | 'rejected' | 'preferred' | 'controls' | 'score'>;

/** Facts of a cell that do not depend on its replies. */
function cellReader(plan: Plan, spec: PairsSpec, unseen: number): (cell: Cell) => AboutCell | { reason: NoPair } {
  const promptOf = promptReader(spec);
  const provenanceOf = provenanceReader(plan, spec);
  const { seed } = plan.matrix;
  return (cell) => {
    const scope = cellScope(cell);
    const render = (source: string | undefined) =>
      source === undefined ? null : compileTemplate(source).render(scope);
    const provider = plan.matrix.providers[cell.provider]!.id;
    const persona = cell.persona?.id ?? null;
    const prompt = promptOf(scope);
    if (prompt === null) return { reason: 'the prompt is no list of turns' };
    const provenance = provenanceOf(cell, scope);
    const group = provenance?.group ?? null;
    return {
      id: digestOf([cell.item.id, persona, cell.arm.id, provider, cell.repeat]).slice(0, 16),
      cell: cell.ordinal,
      item: cell.item.id,
      persona,
      other: cell.other?.id ?? null,
      arm: cell.arm.id,
      provider,
      repeat: cell.repeat,
      ...prompt,
      personaText: render(spec.persona),
      system: render(spec.system),
      split:
        group === null || spec.split === undefined
          ? splitOf({ persona, instruction: prompt.instruction ?? canonicalJson(prompt.turns) }, seed, unseen)
          : splitOfGroup(group, seed, spec.split),
      provenance,
      lookup: (path) => lookupPath(scope, parsePath(path) ?? []),
    };
  };
}

/**
 * Every cell of a run as a pair, or as the reason why it is none, in cell order, one in memory at a time. Texts are made
 * from the record's replies; verdicts and scores are the recorded ones.
 */
export async function* readPairs(
  { plan, matrix }: FinishedRun,
  record: RecordReader,
  how: { spec: PairsSpec; unseen: number },
): AsyncGenerator<Pair | { reason: NoPair }> {
  const { spec, unseen } = how;
  const indexOf = (id: string) => plan.matrix.eval.graders.findIndex((grader) => grader.id === id);
  const judged = [...(spec.preferred === undefined ? [] : [spec.preferred]), ...Object.values(spec.controls)];
  const scored = [...new Set(labelledFilters(spec).flatMap(({ graders }) => graders))];
  const scores = new CellScores(matrix.cells, scored.map(indexOf));
  const facts = new CellFacts(scores.taken(record.cells()), matrix.cells, judged.map(indexOf));
  const program = textProgram(plan, spec);
  const askFor = recordedReplies(plan, record);
  const aboutCell = cellReader(plan, spec, unseen);
  const sides = { chosen: sideOf(spec.chosen, plan.matrix), rejected: sideOf(spec.rejected, plan.matrix) };
  const first = spec.preferred === undefined ? 0 : 1;
  for (let ordinal = 0; ordinal < matrix.cells; ordinal++) {
    const cell = matrix.cellAt(ordinal);
    const trial = await program.run(cell, askFor(cell));
    const texts = textsOf(sides, trial, facts.outcome(ordinal) === 'failed' ? 'failed' : 'other');
    const about = 'reason' in texts ? texts : aboutCell(cell);
    if ('reason' in about || 'reason' in texts) {
      yield about as { reason: NoPair };
      continue;
    }
    const verdicts: [string, Verdict][] = Object.keys(spec.controls).map((name, index) => [
      name,
      facts.verdict(ordinal, index + first),
    ]);
    yield {
      ...about,
      ...texts,
      ...(spec.preferred === undefined ? {} : { preferred: facts.verdict(ordinal, 0) }),
      controls: Object.fromEntries(verdicts),
      score: (grader) => scores.score(ordinal, scored.indexOf(grader)),
    };
  }
}
