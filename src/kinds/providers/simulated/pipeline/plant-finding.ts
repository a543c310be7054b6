import type { World } from '../world.js';
import type { PipelineRequest } from './read-pipeline.js';
import { referencesIn } from './references.js';
import { plantFinding } from './write-critique.js';
import { plantReal } from './write-pairs.js';

/** What a check says, yes or no, of a text that is there to be read. */
export interface PlantedFinding {
  kind: 'finding';
  /** Probability of a yes (`true`), 0–1. */
  yes: number;
  refusal: 0;
}

/** The probability behind a check of a pair or of a turn; null for requests that are no checks. */
export function plantCheck(world: World, asked: PipelineRequest): PlantedFinding | null {
  if (asked.task === 'real') return { kind: 'finding', yes: plantReal(world, asked), refusal: 0 };
  if (asked.task !== 'critique') return null;
  const { references } = referencesIn(asked.reply, asked.pink);
  return { kind: 'finding', yes: plantFinding(world, references), refusal: 0 };
}
