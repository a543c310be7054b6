import { type Instruction, readInstruction } from './read-instruction.js';

/** Where an instruction stands. */
export type Placement = 'system' | 'first turn' | 'every turn';

/** The turns without instructions in them, and what is to be followed. */
export interface Instructed {
  turns: readonly string[];
  instruction: Instruction;
  placement: Placement;
  /** Words that the user forbids along with a single request. */
  banned: readonly string[];
}

/** A last paragraph of a request that says how to write the answer, rather than what about. */
const atEnd = /\n\n((?:Do not|Don['’]t|Never|Avoid|Keep|Write)\b[^\n]*)$/;
/** A first paragraph that forbids something, before what the user has to say. */
const atStart = /^((?:Do not|Don['’]t|Never|Avoid)\b[^\n]*)\n\n(?=\S)/;

/** An instruction that the user gives goes before that of the system. */
export function withOwnInstruction(turns: readonly string[], bySystem: Instruction): Instructed {
  const only = turns.length === 1 ? atEnd.exec(turns[0]!) : null;
  if (only !== null) {
    const instruction = readInstruction(only[1]!);
    const banned = wordsOfList(instruction.avoid);
    return { turns: [turns[0]!.slice(0, only.index)], instruction, placement: 'first turn', banned };
  }
  const found = turns.map((turn) => atStart.exec(turn));
  const first = found.find((match) => match !== null);
  if (first == null) return { turns, instruction: bySystem, placement: 'system', banned: [] };
  return {
    turns: turns.map((turn, i) => turn.slice(found[i]?.[0].length ?? 0)),
    instruction: readInstruction(first[1]!),
    placement: found.filter((match) => match !== null).length > 1 ? 'every turn' : 'first turn',
    banned: [],
  };
}

/** The words of a list without the list as a whole, which comes first. */
const wordsOfList = (avoid: readonly string[]): string[] =>
  (avoid.length > 1 ? avoid.slice(1) : avoid).map((word) => word.toLowerCase());
