/*
 * TRL's DPO command (`trl dpo --config FILE`): writes the folder that it reads; calls nothing.
 * Data: TRL, "Dataset formats and types": preference, conversational, with an explicit prompt. Arguments: see
 * lib/trl-dpo-config. Serving: vLLM's OpenAI-compatible server. Limits: the tokenizer of the model needs a chat template.
 */
import Type, { type Static } from 'typebox';
import type { FolderTrainerKind, TuningOrder } from '../../contract/trainer-kind.js';
import { trlRowFault } from '../../lib/preference-rows.js';
import { trlDpoConfig } from '../../lib/trl-dpo-config.js';

const closed = { additionalProperties: false };
const above = (description: string) => Type.Optional(Type.Number({ exclusiveMinimum: 0, description }));
const wholeAbove = (description: string) => Type.Optional(Type.Integer({ minimum: 1, description }));

const options = Type.Object({
  hyperparameters: Type.Optional(
    Type.Object(
      {
        beta: above('Weight of staying near the reference model (beta)'),
        epochs: above('Passes over the pairs (num_train_epochs)'),
        batchSize: wholeAbove('Pairs a device and step (per_device_train_batch_size)'),
        accumulate: wholeAbove('Steps whose gradients are added up (gradient_accumulation_steps)'),
        learningRate: above('Learning rate (learning_rate)'),
        maxLength: wholeAbove('Most tokens of a prompt with an answer (max_length); what is longer is cut or dropped'),
      },
      { ...closed, description: 'What is absent is left to TRL’s defaults.' },
    ),
  ),
  seed: Type.Optional(Type.Integer({ minimum: 0, description: 'Seed of the training (seed)' })),
  lora: Type.Optional(
    Type.Object(
      {
        rank: Type.Integer({ minimum: 1, description: 'Rank (lora_r)' }),
        alpha: wholeAbove('Scale (lora_alpha)'),
      },
      { ...closed, description: 'Train a LoRA adapter (use_peft) instead of all weights' },
    ),
  ),
});

type Options = Static<typeof options>;

/** Ranks that vLLM serves are powers of two from 8 on (its engine argument max_lora_rank). */
const servedRank = (rank: number): number => Math.max(8, 2 ** Math.ceil(Math.log2(rank)));

const config = 'dpo.yaml';
const train = `trl dpo --config ${config}`;

function trainerYaml({ tune, model, options: raw, files }: TuningOrder): string {
  return trlDpoConfig({
    ...(raw as Options),
    comments: [`Written by "evalrun tune" for ${tune}; run in this folder: ${train}`],
    model,
    data: 'data',
    validates: files.some(({ split }) => split === 'validation'),
    output: 'model',
  });
}

function readme({ tune, model, options: raw, files }: TuningOrder): string {
  const { lora } = raw as Options;
  const serve =
    lora === undefined
      ? `vllm serve ./model --served-model-name ${tune}`
      : `vllm serve ${model} --enable-lora --max-lora-rank ${servedRank(lora.rank)} --lora-modules ${tune}=./model`;
  const rows = files.map(({ split, rows: count, sha256 }) => `| \`data/${split}.jsonl\` | ${count} | \`${sha256}\` |`);
  return [
    `# ${tune}: ${model}, tuned by DPO with TRL`,
    '',
    'Written by "evalrun tune". Train here, in this folder:',
    '',
    `    pip install trl${lora === undefined ? '' : ' peft'}`,
    `    ${train}`,
    '',
    'Then serve it, for the provider that evalrun wrote:',
    '',
    `    ${serve}`,
    '',
    '| data | pairs | SHA-256 of the file that it was made of |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

export const trl: FolderTrainerKind = {
  kind: 'trl',
  place: 'folder',
  options,
  pairFormat: 'trl',
  baseKinds: ['openai'],
  limits: () => ({ fileBytes: null, pairs: 1 }),
  rowFault: trlRowFault,
  row: ({ prompt, chosen, rejected }) => ({ prompt: prompt!, chosen: chosen!, rejected: rejected! }),
  folder: (order) => ({
    files: { [config]: trainerYaml(order), 'README.md': readme(order) },
    served: order.tune,
    command: train,
  }),
};
