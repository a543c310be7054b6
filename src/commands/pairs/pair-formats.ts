import type { PairsSpec } from '../../contract/eval-spec.js';
import type { Json, JsonObject } from '../../contract/json.js';
import { openaiFileLimit, openaiRowFault, trlRowFault } from '../../lib/preference-rows.js';
import type { Pair } from './pair.js';

/** A column of a table. */
export interface PairColumn {
  name: string;
  type: 'string' | 'integer';
}

/** One way to write pairs. */
export interface PairFormat {
  id: string;
  /** What it is, for the data set card. */
  title: string;
  /** Columns of a flat table; null where a row holds lists of messages, which only JSON Lines can. */
  columns(spec: PairsSpec): PairColumn[] | null;
  row(pair: Pair): JsonObject;
  /** What is wrong with a row that was read back; null if nothing is. */
  fault(row: JsonObject): string | null;
  /** Most bytes of a file that its reader takes. Absent: any. */
  mostBytes?: number;
}

const text = (name: string): PairColumn => ({ name, type: 'string' });
const controlColumn = (name: string) => `control_${name}`;

/** Verdicts as columns. They tell what the words "chosen" and "rejected" alone do not: for whom it was judged. */
const verdictColumns = ({ preferred, controls }: PairsSpec): PairColumn[] => [
  ...(preferred === undefined ? [] : [text('preferred')]),
  ...Object.keys(controls).map((name) => text(controlColumn(name))),
];

const verdictsOf = ({ preferred, controls }: Pair): JsonObject => ({
  ...(preferred === undefined ? {} : { preferred }),
  ...Object.fromEntries(Object.entries(controls).map(([name, verdict]) => [controlColumn(name), verdict])),
});

const message = (role: string, content: string): JsonObject => ({ role, content });

const promptOf = ({ system, turns }: Pair): JsonObject[] => [
  ...(system === null ? [] : [message('system', system)]),
  ...turns.map(({ role, content }) => message(role, content)),
];

/** Whether an eval says more of its pairs than the first evals did, whose files stay as they were. */
export const tellsProvenance = ({ prompt, split, filters }: PairsSpec): boolean =>
  [prompt, split, filters].some((one) => one !== undefined);

const provenanceColumns = (spec: PairsSpec): PairColumn[] =>
  tellsProvenance(spec) ? ['run', 'group', 'domain', 'model_rejected', 'model_chosen', 'filters'].map(text) : [];

const provenanceOf = ({ provenance }: Pair): JsonObject => {
  if (provenance === null) return {};
  const { run, group, domain, models, filters } = provenance;
  return {
    run,
    group,
    domain,
    model_rejected: models.rejected,
    model_chosen: models.chosen,
    filters: filters.join(', '),
  };
};

const isText = (value: Json | undefined): value is string => typeof value === 'string' && value.trim() !== '';

function textsFault(row: JsonObject, names: string[], sides: [string, string]): string | null {
  const empty = names.find((name) => !isText(row[name]));
  if (empty !== undefined) return `${empty} is no text`;
  return row[sides[0]] === row[sides[1]] ? `${sides[0]} and ${sides[1]} are the same` : null;
}

/** A conversation in a flat cell is JSON of messages; it and the two texts must make a sound row for training. */
function promptTextFault({ prompt, rejected, chosen }: JsonObject): string | null {
  let turns: Json;
  try {
    turns = JSON.parse(prompt as string);
  } catch {
    return 'prompt is no JSON';
  }
  const side = (content: Json | undefined) => [message('assistant', content as string)];
  return trlRowFault({ prompt: turns, chosen: side(chosen), rejected: side(rejected) });
}

/** All that is known of a pair, flat. */
const pairs: PairFormat = {
  id: 'pairs',
  title: 'evalrun’s own columns',
  columns: (spec) => [
    ...['pair', 'split', 'item', 'persona', 'other', 'arm', 'provider'].map(text),
    { name: 'repeat', type: 'integer' },
    { name: 'cell', type: 'integer' },
    text(spec.prompt === undefined ? 'instruction' : 'prompt'),
    ...['rejected', 'chosen', 'persona_text', 'system'].map(text),
    ...verdictColumns(spec),
    ...provenanceColumns(spec),
  ],
  row: (pair) => ({
    pair: pair.id,
    split: pair.split,
    item: pair.item,
    persona: pair.persona,
    other: pair.other,
    arm: pair.arm,
    provider: pair.provider,
    repeat: pair.repeat,
    cell: pair.cell,
    ...(pair.instruction === null ? { prompt: JSON.stringify(pair.turns) } : { instruction: pair.instruction }),
    rejected: pair.rejected,
    chosen: pair.chosen,
    persona_text: pair.personaText,
    system: pair.system,
    ...verdictsOf(pair),
    ...provenanceOf(pair),
  }),
  fault: (row) =>
    row.prompt === undefined
      ? textsFault(row, ['pair', 'split', 'instruction', 'rejected', 'chosen'], ['rejected', 'chosen'])
      : (textsFault(row, ['pair', 'split', 'prompt', 'rejected', 'chosen'], ['rejected', 'chosen']) ??
        promptTextFault(row)),
};

/** The columns of the released PERSONA pairs first: `original` is the rejected text, `data` the chosen one. */
const persona: PairFormat = {
  id: 'persona',
  title: 'the columns of the released PERSONA pairs, then evalrun’s',
  columns: (spec) => [
    ...['instruction', 'original', 'data', 'persona', 'pair', 'split'].map(text),
    ...verdictColumns(spec),
  ],
  row: (pair) => ({
    instruction: pair.instruction,
    original: pair.rejected,
    data: pair.chosen,
    persona: pair.personaText,
    pair: pair.id,
    split: pair.split,
    ...verdictsOf(pair),
  }),
  fault: (row) => textsFault(row, ['instruction', 'original', 'data'], ['original', 'data']),
};

/** Source: TRL, "Dataset formats and types": preference, conversational, with an explicit prompt. */
const trl: PairFormat = {
  id: 'trl',
  title: 'TRL preference data: conversational, explicit prompt; trainers pass over the further columns',
  columns: () => null,
  row: (pair) => ({
    prompt: promptOf(pair),
    chosen: [message('assistant', pair.chosen)],
    rejected: [message('assistant', pair.rejected)],
    pair: pair.id,
    split: pair.split,
    ...verdictsOf(pair),
    ...(pair.provenance === null ? {} : { item: pair.item, ...provenanceOf(pair) }),
  }),
  fault: trlRowFault,
};

/** Source: OpenAI, "Direct preference optimization", data format. Takes no further keys. */
const openai: PairFormat = {
  id: 'openai',
  title: 'OpenAI preference fine-tuning (DPO); has no place for verdicts',
  columns: () => null,
  row: (pair) => ({
    input: { messages: promptOf(pair), tools: [], parallel_tool_calls: true },
    preferred_output: [message('assistant', pair.chosen)],
    non_preferred_output: [message('assistant', pair.rejected)],
  }),
  fault: openaiRowFault,
  mostBytes: openaiFileLimit,
};

/** The formats of `evalrun export` that write pairs. */
export const pairFormats: readonly PairFormat[] = [pairs, trl, openai, persona];
