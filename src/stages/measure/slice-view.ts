import type { Slice } from '../../contract/metric-kind.js';
import type { FrozenMatrix, Matrix } from '../../contract/plan.js';
import type { StoredScore } from '../../contract/record.js';
import type { Scale } from '../../contract/score.js';
import { attributeScope } from '../../lib/attribute-scope.js';
import { fieldReader } from './field-values.js';
import type { PairAxes } from './pair-axes.js';
import type { ScoreColumns } from './score-columns.js';

/** Where a slice's scores and fields are. */
export interface SliceSource {
  frozen: FrozenMatrix;
  matrix: Matrix;
  scores: ScoreColumns;
  axes: PairAxes;
  graderScales: readonly Scale[];
}

type Row = Parameters<ReturnType<typeof fieldReader>['valueIn']>[0];

/** Pairs of one provider and arm as a metric of whole slices sees them. Fields are looked up once a row. */
export class SliceView implements Slice {
  readonly pairs: number;
  readonly repeats: number;
  readonly items: Int32Array;
  readonly personas: Int32Array;
  readonly #source: SliceSource;
  readonly #at: { provider: number; arm: number };
  readonly #numbers: Int32Array;
  readonly #fields = new Map<string, (pair: number) => unknown>();
  readonly #graders: Map<string, number>;
  #others: Int32Array | null = null;

  /** @param numbers of the slice's pairs in the matrix, in the order in which the metric numbers them */
  constructor(source: SliceSource, at: { provider: number; arm: number }, numbers: Int32Array) {
    this.#source = source;
    this.#at = at;
    this.#numbers = numbers;
    this.pairs = numbers.length;
    this.repeats = source.matrix.repeats;
    this.items = numbers.map((pair) => source.axes.items[pair]!);
    this.personas = numbers.map((pair) => source.axes.personas[pair]!);
    this.#graders = new Map(source.frozen.eval.graders.map(({ id }, place) => [id, place]));
  }

  get others(): Int32Array {
    this.#others ??= this.#lookUpOthers();
    return this.#others;
  }

  scaleOf(grader: string): Scale {
    return this.#source.graderScales[this.#graders.get(grader)!]!;
  }

  scoreOf(grader: string, pair: number, repeat: number): StoredScore {
    const ordinal = this.#source.matrix.ordinalOf({ ...this.#at, pair: this.#numbers[pair]!, repeat });
    return this.#source.scores.scoreOf(this.#graders.get(grader)!, ordinal);
  }

  field(path: string, pair: number): unknown {
    const known = this.#fields.get(path) ?? this.#reader(path);
    this.#fields.set(path, known);
    return known(pair);
  }

  #reader(path: string): (pair: number) => unknown {
    const { root, valueIn } = fieldReader(path);
    const { items, personas } = this.#source.frozen.eval;
    const people = (personas?.people ?? []).map(attributeScope);
    const [rows, numbers]: [readonly Row[], Int32Array] =
      root === 'item' ? [items.items, this.items] : [people, root === 'persona' ? this.personas : this.others];
    const values = new Map<number, unknown>();
    return (pair) => {
      const number = numbers[pair]!;
      if (number < 0) return undefined;
      if (!values.has(number)) values.set(number, valueIn(rows[number]!));
      return values.get(number);
    };
  }

  #lookUpOthers(): Int32Array {
    const { matrix, frozen } = this.#source;
    const places = new Map((frozen.eval.personas?.people ?? []).map(({ id }, place) => [id, place]));
    return this.#numbers.map((pair) => {
      const { other } = matrix.cellAt(matrix.ordinalOf({ ...this.#at, pair, repeat: 0 }));
      return other === null ? -1 : places.get(other.id)!;
    });
  }
}
