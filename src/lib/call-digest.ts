import { hash } from 'node:crypto';
import type { Call } from '../contract/call.js';
import { digestOf } from './canonical-json.js';

/** Digests of providers, by the identity object: a run asks the same few providers again and again. */
const providerDigests = new WeakMap<object, { sampling: unknown; digest: string }>();

function providerDigest(call: Call): string {
  const { provider, sampling } = call;
  if (typeof provider !== 'object' || provider === null) return digestOf([provider, sampling]);
  const known = providerDigests.get(provider);
  if (known !== undefined && known.sampling === sampling) return known.digest;
  const digest = digestOf([provider, sampling]);
  providerDigests.set(provider, { sampling, digest });
  return digest;
}

/**
 * The identity of a call: 32 hex digits over everything that reaches the model and the repeat index.
 * Two calls with the same digest are the same call, and it is paid for once.
 */
export function callDigest(call: Call): string {
  const turns = call.messages.map((message) => [message.role, message.content]);
  return hash(
    'sha256',
    `evalrun.call/1\n${providerDigest(call)}\n${call.repeat}\n${JSON.stringify(turns)}`,
    'hex',
  ).slice(0, 32);
}
