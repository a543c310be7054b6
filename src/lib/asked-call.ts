import type { Message } from '../contract/message.js';
import type { FrozenMatrix, FrozenProvider } from '../contract/plan.js';
import type { Cell } from '../contract/trial.js';
import { callDigest } from './call-digest.js';

/** Who answers a role in a cell, and the digest of the call that asks these messages. */
export function askedCall(
  { providers, roles }: Pick<FrozenMatrix, 'providers' | 'roles'>,
  cell: Pick<Cell, 'provider' | 'repeat'>,
  role: string,
  messages: Message[],
): { provider: FrozenProvider; digest: string } {
  const provider = role === 'subject' ? providers[cell.provider]! : roles[role]!;
  const { identity, sampling } = provider;
  return { provider, digest: callDigest({ provider: identity, sampling, messages, repeat: cell.repeat }) };
}
