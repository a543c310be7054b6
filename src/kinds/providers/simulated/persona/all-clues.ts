import type { Clue } from './clue.js';
import { cluesOfConviction } from './clues-of-conviction.js';
import { cluesOfHousehold } from './clues-of-household.js';
import { cluesOfTemper } from './clues-of-temper.js';
import { cluesOfWorkingLife } from './clues-of-working-life.js';

/** Every clue that a persona block can show by an attribute it knows. */
export const allClues: readonly Clue[] = [
  ...cluesOfWorkingLife,
  ...cluesOfHousehold,
  ...cluesOfConviction,
  ...cluesOfTemper,
];
