import type { KeyedRandom } from '../../../lib/rng.js';
import { type Attributes, type Condition, firstNumber, readCondition } from './condition.js';
import type { DataNode } from './data-node.js';
import { PROVENANCE_KEYS, type Provenance, readProvenance } from './rate-table.js';

const KEYS = ['traits', 'correlations', 'sex', 'age', 'levels', 'among', 'otherwise', ...PROVENANCE_KEYS];

/**
 * Five traits as standard normal scores with published correlations, shifted by sex and age, then cut into levels.
 *
 * The score of a trait is z = μ(sex, age) + noise, where μ takes up the published difference of the sexes (in standard
 * deviations) and the correlation with age, and the noise has the published correlations. Levels are cut at the
 * stated points of the score, which has mean about 0 over adults.
 */
export class BigFive {
  readonly traits: string[];
  readonly provenance: Provenance;
  /** Traits × traits. */
  readonly correlations: number[][];
  readonly #factor: number[][];
  readonly #levels: { name: string; below: number }[];
  readonly #sexes: { meets: Condition; shifts: number[] }[];
  readonly #age: { mean: number; sd: number; correlations: number[] };
  readonly #among: Condition | undefined;
  readonly #otherwise: string | undefined;

  constructor(node: DataNode) {
    node.entries(KEYS);
    this.provenance = readProvenance(node);
    this.traits = node.required('traits')?.texts() ?? [];
    const rows = node.required('correlations')?.items() ?? [];
    this.correlations = rows.map((row) => row.items().map((cell) => cell.number(-1, 1)));
    const factor = cholesky(this.correlations, this.traits.length);
    if (factor === undefined) node.fail('WRONG_VALUE', 'the correlations are no correlation matrix of the traits');
    this.#factor = factor ?? [];
    this.#sexes = (node.required('sex')?.items() ?? []).map((one) => this.#readShift(one));
    const age = node.required('age');
    age?.entries(['mean', 'sd', 'correlations']);
    this.#age = {
      mean: age?.required('mean')?.number() ?? 0,
      sd: age?.required('sd')?.number(1) ?? 1,
      correlations: this.#perTrait(age?.required('correlations')),
    };
    this.#levels = (node.required('levels')?.items() ?? []).map((level) => {
      level.entries(['level', 'below']);
      return { name: level.required('level')?.text() ?? '', below: level.optional('below')?.number() ?? Infinity };
    });
    if (this.#levels.at(-1)?.below !== Infinity) node.fail('WRONG_VALUE', 'the last level must have no upper end');
    const among = node.optional('among');
    this.#among = among && readCondition(among);
    this.#otherwise = node.optional('otherwise')?.text();
  }

  /** Scores in standard deviations, in the order of `traits`. */
  scores(person: Attributes, random: KeyedRandom): number[] {
    const shifts = this.#sexes.find(({ meets }) => meets(person))?.shifts;
    const age = ((firstNumber(person.age) ?? this.#age.mean) - this.#age.mean) / this.#age.sd;
    const noise = this.traits.map(() => random.normal());
    return this.traits.map((_, t) => {
      const correlated = noise.reduce((sum, one, k) => sum + one * (this.#factor[t]![k] ?? 0), 0);
      return correlated + (shifts?.[t] ?? 0) + age * (this.#age.correlations[t] ?? 0);
    });
  }

  /** The line `Openness: Average, Conscientiousness: High, …`. */
  draw(person: Attributes, random: KeyedRandom): string | undefined {
    if (this.#among?.(person) === false) return this.#otherwise;
    const scores = this.scores(person, random);
    return this.traits.map((trait, t) => `${trait}: ${this.#levelOf(scores[t]!)}`).join(', ');
  }

  #levelOf(score: number): string {
    return this.#levels.find(({ below }) => score < below)!.name;
  }

  #readShift(node: DataNode): { meets: Condition; shifts: number[] } {
    node.entries(['when', 'shifts']);
    const when = node.required('when');
    return {
      meets: when === undefined ? () => false : readCondition(when),
      shifts: this.#perTrait(node.required('shifts')),
    };
  }

  #perTrait(node: DataNode | undefined): number[] {
    const numbers = node?.items().map((item) => item.number(-3, 3)) ?? [];
    if (numbers.length !== this.traits.length) node?.fail('WRONG_VALUE', 'give one number a trait');
    return numbers;
  }
}

/** Lower triangular L with L·Lᵀ = matrix; undefined if it is not a positive definite correlation matrix of this size. */
function cholesky(matrix: number[][], size: number): number[][] | undefined {
  const lower: number[][] = [];
  for (let i = 0; i < size; i++) {
    const row: number[] = [];
    for (let j = 0; j <= i; j++) {
      const value = matrix[i]?.[j];
      if (value === undefined || value !== matrix[j]?.[i] || (i === j && value !== 1)) return undefined;
      const rest = value - row.reduce((sum, one, k) => sum + one * (k < j ? (lower[j]?.[k] ?? 0) : 0), 0);
      if (i > j) row.push(rest / lower[j]![j]!);
      else if (1 - row.reduce((sum, one) => sum + one * one, 0) > 0) {
        row.push(Math.sqrt(1 - row.reduce((sum, one) => sum + one * one, 0)));
      } else return undefined;
    }
    lower.push(row);
  }
  return lower;
}
