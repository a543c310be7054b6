import type { Place } from '../../contract/problem.js';
import type { EvalParts } from './eval-parts.js';
import { isObject, listOf, objectOf, type Part, textOf } from './part.js';
import type { Problems } from './problems.js';

/** A stage of a chain as far as the other stages and the exports depend on it. */
export interface ReadStage {
  name: string;
  /** Its eval; null if it could not be opened. */
  parts: EvalParts | null;
  /** Runs that its items are made from, as they are named, and where. */
  sources: { named: string; place: Place }[];
}

/** No stage takes its items from a run that the chain makes only then, or later. */
export function checkStageOrder(stages: readonly ReadStage[], problems: Problems): void {
  const ids = stages.map(({ parts }) => (parts === null ? undefined : textOf(objectOf(parts.part.value).eval)));
  for (const [at, { name, sources }] of stages.entries()) {
    for (const { named, place } of sources) {
      const maker = ids.indexOf(named);
      if (maker < at) continue;
      const when = maker === at ? 'which this stage itself runs' : `which stage "${stages[maker]!.name}" runs later`;
      const hint = maker === at ? 'name the eval of an earlier stage' : `put "${stages[maker]!.name}" above "${name}"`;
      problems.add('NO_SOURCE_RUN', place, `items are made from a run of "${named}", ${when}`, hint);
    }
  }
}

/** Exports that could not be written, whatever the stages bring; their form is checked already. */
export function checkExports(chain: Part, stages: readonly ReadStage[], problems: Problems): void {
  const seen = new Set<string>();
  for (const [i, value] of listOf(objectOf(chain.value).exports).entries()) {
    const one = objectOf(value);
    const { stage, format, fileType, keep } = one;
    const add = (code: string, key: string, message: string, hint: string): void =>
      problems.add(code, chain.place(['exports', i, key]), message, hint);
    const folder = `${stage}/${format}`;
    if (seen.has(folder))
      add('DUPLICATE_ID', 'format', `two exports of stage "${stage}" as ${format} go to one folder`, 'keep one');
    seen.add(folder);
    if (['trl', 'openai'].includes(String(format)) && ['csv', 'parquet'].includes(String(fileType)))
      add('BAD_OPTIONS', 'fileType', `format ${format} holds lists of messages: only jsonl can`, 'leave it out');
    const parts = stages.find(({ name }) => name === stage)?.parts ?? null;
    if (parts === null) continue;
    const { pairs } = objectOf(parts.part.value);
    if (!isObject(pairs)) {
      if (pairs !== undefined) continue;
      add('NO_PAIRS', 'stage', `the eval of stage "${stage}" says nothing of pairs`, 'give it the key "pairs"');
      continue;
    }
    if (format === 'persona' && pairs.prompt !== undefined)
      add('BAD_OPTIONS', 'format', 'format persona has no place for a conversation', 'use pairs, trl or openai');
    if (keep === undefined || keep === 'all') continue;
    if (pairs.preferred === undefined)
      add('BAD_OPTIONS', 'keep', `"keep: ${keep}" means nothing here: no grader ranks these pairs`, 'leave it out');
    else if (keep === 'disagreeing' && !Object.hasOwn(objectOf(pairs.controls), 'shuffled'))
      add('BAD_OPTIONS', 'keep', '"keep: disagreeing" needs a control named "shuffled"', 'name it under "controls"');
  }
}
