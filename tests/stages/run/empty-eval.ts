import type { EvalSpec } from '../../../src/contract/eval-spec.js';

/** An eval that asks, grades and measures nothing. */
export const emptyEval: EvalSpec = {
  id: 'e',
  title: 't',
  version: 1,
  items: { id: 's', items: [] },
  personas: null,
  design: { kind: 'crossed' },
  arms: [],
  steps: [],
  graders: [],
  metrics: [],
  contrasts: [],
  controls: [],
};
