/*
 * OpenAI's preference fine-tuning (DPO): files and fine_tuning/jobs, by the official SDK.
 * Sources: "Direct preference optimization" and "Supervised fine-tuning" (fewest examples) at developers.openai.com/api/docs;
 * the API reference of files (size of a file) and of fine-tuning (suffix, metadata, hyperparameters).
 * Limits: text only, one message on each side; tokens are not counted, so that a pair may still be too long for the model.
 */
import Type, { type Static } from 'typebox';
import type { RemoteTrainerKind } from '../../contract/trainer-kind.js';
import { openaiFileLimit, openaiRowFault } from '../../lib/preference-rows.js';

const closed = { additionalProperties: false };
const auto = Type.Literal('auto');
const numberOrAuto = (description: string) =>
  Type.Optional(Type.Union([auto, Type.Number({ exclusiveMinimum: 0 })], { description }));
const wholeOrAuto = (description: string) =>
  Type.Optional(Type.Union([auto, Type.Integer({ minimum: 1 })], { description }));

const megabyte = 1_000_000;
/** Source: OpenAI, "Supervised fine-tuning": the minimum number of examples is 10. The page on preferences names none. */
const fewestPairs = 10;
const defaultPollSeconds = 10;

export const openaiTrainerOptions = Type.Object({
  hyperparameters: Type.Optional(
    Type.Object(
      {
        beta: numberOrAuto('Weight of staying near the model as it was (beta)'),
        epochs: wholeOrAuto('Passes over the pairs (n_epochs)'),
        batchSize: wholeOrAuto('Pairs a step (batch_size)'),
        learningRateMultiplier: numberOrAuto('Factor of the learning rate (learning_rate_multiplier)'),
      },
      { ...closed, description: 'What is absent, or auto, is left to the endpoint.' },
    ),
  ),
  suffix: Type.Optional(
    Type.String({ minLength: 1, maxLength: 64, description: 'Becomes part of the tuned model’s name' }),
  ),
  seed: Type.Optional(Type.Integer({ minimum: 0, description: 'Seed of the job' })),
  pollSeconds: Type.Optional(
    Type.Number({
      exclusiveMinimum: 0,
      maximum: 3600,
      description: `Between two looks at the job. Default ${defaultPollSeconds}`,
    }),
  ),
  limits: Type.Optional(
    Type.Object(
      {
        fileMegabytes: Type.Optional(
          Type.Number({
            exclusiveMinimum: 0,
            description: `Largest file, in 10^6 bytes. Default ${openaiFileLimit / megabyte}`,
          }),
        ),
        pairs: Type.Optional(
          Type.Integer({ minimum: 1, description: `Fewest pairs to train on. Default ${fewestPairs}` }),
        ),
      },
      { ...closed, description: 'What the endpoint takes, checked before anything is sent.' },
    ),
  ),
});

export type OpenaiTrainerOptions = Static<typeof openaiTrainerOptions>;

export const openai: RemoteTrainerKind = {
  kind: 'openai',
  place: 'endpoint',
  options: openaiTrainerOptions,
  pairFormat: 'openai',
  baseKinds: ['openai'],
  limits(raw) {
    const { limits: { fileMegabytes = openaiFileLimit / megabyte, pairs = fewestPairs } = {} } =
      raw as OpenaiTrainerOptions;
    return { fileBytes: fileMegabytes * megabyte, pairs };
  },
  rowFault: openaiRowFault,
  pollSeconds: (options) => (options as OpenaiTrainerOptions).pollSeconds ?? defaultPollSeconds,
  async connect(order, env) {
    const { connectOpenaiTraining } = await import('./openai/remote-training.js');
    return connectOpenaiTraining(order, env);
  },
};
