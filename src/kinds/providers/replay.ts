/*
 * Answers from the record of an earlier run: the same messages get the same reply, without a model.
 * A call that the record does not hold fails with `not_recorded`; nothing is made up. Tokens are those of the record.
 */
import Type, { type Static } from 'typebox';
import { CallFailure } from '../../contract/call.js';
import type { JsonObject } from '../../contract/json.js';
import { EvalrunError } from '../../contract/problem.js';
import type { ProviderKind } from '../../contract/provider-kind.js';
import { callDigest } from '../../lib/call-digest.js';

const options = Type.Object({
  from: Type.String({ minLength: 1, description: 'Run folder to answer from, relative to this file' }),
  answers: Type.Optional(
    Type.String({
      description: 'Id of the provider in that run whose replies are used. Default: its first provider under test',
    }),
  ),
});

const asOptions = (value: JsonObject): Static<typeof options> => value as unknown as Static<typeof options>;

export const replay: ProviderKind = {
  kind: 'replay',
  options,
  runFolder: (raw) => asOptions(raw).from,
  envNeeds: () => [],
  identity(raw) {
    const { from, answers = null } = asOptions(raw);
    return { kind: 'replay', from, answers };
  },
  limiterKey: (raw) => `replay ${asOptions(raw).from}`,
  priceKey: () => null,
  async connect(spec, context) {
    const { from, answers } = asOptions(spec.options);
    const run = await context.openRun(from);
    const original =
      answers === undefined ? run.providers[0] : run.providers.find((provider) => provider.id === answers);
    if (original === undefined) {
      await run.close();
      throw new EvalrunError('UNKNOWN_PROVIDER', `the run in ${from} has no provider ${answers}`, {
        hint: `it has ${run.providers.map((provider) => provider.id).join(', ')}`,
      });
    }
    return {
      async ask({ messages, repeat }) {
        const digest = callDigest({ provider: original.identity, sampling: original.sampling, messages, repeat });
        const reply = await run.reply(digest);
        if (reply === null)
          throw new CallFailure('not_recorded', `the run in ${from} holds no reply of ${original.id} to this call`, {
            retryable: false,
          });
        return reply;
      },
      close: () => run.close(),
    };
  },
};
