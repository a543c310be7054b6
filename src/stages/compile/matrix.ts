import type { Json } from '../../contract/json.js';
import type { Persona } from '../../contract/persona.js';
import type { FrozenMatrix, Matrix, Position } from '../../contract/plan.js';
import { EvalrunError } from '../../contract/problem.js';
import type { Item } from '../../contract/prompt-suite.js';
import { sha256 } from '../../lib/canonical-json.js';
import { lookupPath } from '../../lib/field-path.js';
import { permutation } from '../../lib/permutation.js';
import { diagonal, itemsOnly, type Pairing, zipped } from './pairing.js';

/** Indices of the rows that meet every condition of `where` for this root. */
function matching<Row>(
  rows: Row[],
  root: string,
  where: FrozenMatrix['sample']['where'],
  fields: (row: Row) => Json,
): number[] {
  const conditions = Object.entries(where)
    .filter(([path]) => path.startsWith(`${root}.`))
    .map(([path, allowed]) => ({ path: path.slice(root.length + 1), allowed }));
  const kept: number[] = [];
  rows.forEach((row, index) => {
    const data = fields(row);
    const passes = conditions.every(({ path, allowed }) => {
      const value = lookupPath(data, [path]) ?? lookupPath(data, path.split('.'));
      return allowed.some((one) => one === value);
    });
    if (passes) kept.push(index);
  });
  return kept;
}

/** The first `count` in a seeded order, or all in file order. */
function sampled(rows: number[], count: number | undefined, key: string, seed: number): number[] {
  if (count === undefined || count >= rows.length) return rows;
  return [...permutation(rows.length, key, seed).slice(0, count)].sort((a, b) => a - b).map((index) => rows[index]!);
}

function chosenItems({ eval: spec, sample, seed }: FrozenMatrix): number[] {
  const rows = matching(spec.items.items, 'item', sample.where, (item: Item) => item);
  if (rows.length === 0) throw new EvalrunError('EMPTY_SAMPLE', 'no item meets the conditions of sample.where');
  return zips(spec.design.kind, spec.personas !== null)
    ? rows.slice(0, sample.items)
    : sampled(rows, sample.items, 'sample items', seed);
}

function chosenPeople({ eval: spec, sample, seed }: FrozenMatrix): number[] {
  if (spec.personas === null) return [];
  const rows = matching(spec.personas.people, 'persona', sample.where, (person: Persona) => ({
    ...person.attributes,
    id: person.id,
  }));
  if (rows.length === 0) throw new EvalrunError('EMPTY_SAMPLE', 'no persona meets the conditions of sample.where');
  return zips(spec.design.kind, true)
    ? rows.slice(0, sample.personas)
    : sampled(rows, sample.personas, 'sample people', seed);
}

const zips = (design: string, hasPersonas: boolean): boolean => design === 'zip' && hasPersonas;

function pairingOf(matrix: FrozenMatrix, items: number, people: number): Pairing {
  const { design, personas } = matrix.eval;
  if (personas === null) return itemsOnly(items, matrix.seed);
  if (design.kind === 'zip') return zipped(items, people);
  const all = diagonal(items, people, matrix.seed);
  const perPersona = design.kind === 'balanced' ? design.promptsPerPersona : items;
  if (perPersona > items) {
    throw new EvalrunError(
      'NOT_ENOUGH_ITEMS',
      `each persona is to get ${perPersona} prompts, but only ${items} are in the sample`,
      {
        hint: `lower sample.perPersona to ${items} or less, or raise sample.items`,
      },
    );
  }
  return { ...all, pairs: people * perPersona };
}

/**
 * The evaluation matrix of a frozen plan. Cells are numbered pair by pair; within a pair by provider, arm and repeat,
 * so that a prefix of whole pairs is a balanced design with every arm.
 *
 * @throws EvalrunError when the sample is empty or a persona cannot get enough prompts.
 */
export function createMatrix(frozen: FrozenMatrix): Matrix {
  const items = chosenItems(frozen);
  const people = chosenPeople(frozen);
  const pairing = pairingOf(frozen, items.length, people.length);
  const { arms } = frozen.eval;
  const perProvider = arms.length * frozen.repeats;
  const perPair = perProvider * frozen.providers.length;
  const limit =
    frozen.sample.cells === undefined ? pairing.pairs : Math.max(1, Math.floor(frozen.sample.cells / perPair));
  const pairs = Math.min(pairing.pairs, limit);
  const cells = pairs * perPair;

  const positionAt = (ordinal: number): Position => {
    if (!(ordinal >= 0 && ordinal < cells)) throw new RangeError(`cell ${ordinal} is outside 0 … ${cells - 1}`);
    const pair = Math.floor(ordinal / perPair);
    const within = ordinal - pair * perPair;
    const provider = Math.floor(within / perProvider);
    const inArm = within - provider * perProvider;
    const { item, persona } = pairing.at(pair);
    return {
      pair,
      item: items[item]!,
      persona: persona < 0 ? -1 : people[persona]!,
      provider,
      arm: Math.floor(inArm / frozen.repeats),
      repeat: inArm % frozen.repeats,
    };
  };
  /** Another chosen person; which one depends on the item, so that every pair of people meets. */
  const shifts = frozen.eval.items.items.map((item) =>
    Number.parseInt(sha256(`other|${frozen.seed}|${item.id}`).slice(0, 8), 16),
  );
  const placeOfPerson = new Map(people.map((index, place) => [index, place]));
  const otherThan = (persona: number, item: number): Persona | null => {
    if (people.length < 2) return null;
    const place = placeOfPerson.get(persona)!;
    const other = (place + 1 + (shifts[item]! % (people.length - 1))) % people.length;
    return frozen.eval.personas!.people[people[other]!]!;
  };

  return {
    cells,
    pairs,
    arms: arms.length,
    providers: frozen.providers.length,
    repeats: frozen.repeats,
    positionAt,
    ordinalOf: (at) => at.pair * perPair + at.provider * perProvider + at.arm * frozen.repeats + at.repeat,
    cellAt(ordinal) {
      const at = positionAt(ordinal);
      return {
        ordinal,
        item: frozen.eval.items.items[at.item]!,
        persona: at.persona < 0 ? null : frozen.eval.personas!.people[at.persona]!,
        other: at.persona < 0 ? null : otherThan(at.persona, at.item),
        arm: arms[at.arm]!,
        provider: at.provider,
        repeat: at.repeat,
      };
    },
  };
}
