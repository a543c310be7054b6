import type { Pair } from '../../../src/commands/pairs/pair.js';
import type { PairsSpec } from '../../../src/contract/eval-spec.js';

export const pairsSpec: PairsSpec = {
  instruction: '{{ item.text }}',
  rejected: 'base',
  chosen: 'revision',
  persona: '{{ persona.profile }}',
  preferred: 'prefers',
  controls: { shuffled: 'prefers_other', none: 'prefers_none' },
};

/** A pair like any other. */
export const somePair = (changes: Partial<Pair> = {}): Pair => ({
  id: '0123456789abcdef',
  cell: 7,
  item: 'q1',
  persona: 'p1',
  other: 'p2',
  arm: 'feedback',
  provider: 'mock',
  repeat: 0,
  instruction: 'Should towns pay for libraries?',
  chosen: 'Yes, for you.',
  rejected: 'It depends.',
  personaText: 'age: 34\nsex: Female',
  system: null,
  preferred: 'chosen',
  controls: { shuffled: 'tie', none: null },
  split: 'train',
  provenance: null,
  turns: [{ role: 'user', content: changes.instruction ?? 'Should towns pay for libraries?' }],
  lookup: () => undefined,
  score: () => null,
  ...changes,
});
