import type { EvalSpec, MetricSpec } from '../../../src/contract/eval-spec.js';
import type { Persona } from '../../../src/contract/persona.js';
import type { FrozenProvider, Matrix, Plan } from '../../../src/contract/plan.js';
import type { Item } from '../../../src/contract/prompt-suite.js';
import type { CellEntry, StoredScore } from '../../../src/contract/record.js';
import type { Scale } from '../../../src/contract/score.js';
import { mean } from '../../../src/kinds/metrics/mean.js';
import { rate } from '../../../src/kinds/metrics/rate.js';
import { difficultySlope } from '../../../src/kinds/relations/difficulty-slope.js';
import { rebound } from '../../../src/kinds/relations/rebound.js';
import { relativeReduction } from '../../../src/kinds/relations/relative-reduction.js';
import { measure } from '../../../src/stages/measure/measure.js';
import type { MeasureInput } from '../../../src/stages/measure/measure-input.js';

/** What a test states of an eval; the rest is filled in. */
export interface World {
  items: Item[];
  people?: Persona[];
  arms?: string[];
  providers?: string[];
  repeats?: number;
  graders?: { id: string; scale: Scale; judge?: boolean; rule?: string }[];
  metrics: (Pick<MetricSpec, 'id'> & Partial<MetricSpec>)[];
  contrasts?: EvalSpec['contrasts'];
  controls?: EvalSpec['controls'];
  relations?: NonNullable<EvalSpec['relations']>;
  gates?: Plan['policy']['gates'];
}

/** Everybody is asked everything: pair = persona × items + item. */
export function crossed(world: World): Matrix {
  const [arms, providers] = [world.arms ?? ['base'], world.providers ?? ['p']];
  const { items, people, repeats = 1 } = world;
  const pairs = items.length * (people?.length ?? 1);
  const perPair = providers.length * arms.length * repeats;
  const positionAt = (ordinal: number) => {
    const pair = Math.floor(ordinal / perPair);
    const within = ordinal % perPair;
    return {
      pair,
      item: pair % items.length,
      persona: people ? Math.floor(pair / items.length) : -1,
      provider: Math.floor(within / (arms.length * repeats)),
      arm: Math.floor(within / repeats) % arms.length,
      repeat: within % repeats,
    };
  };
  return {
    cells: pairs * perPair,
    pairs,
    arms: arms.length,
    providers: providers.length,
    repeats,
    positionAt,
    ordinalOf: (at) => at.pair * perPair + (at.provider * arms.length + at.arm) * repeats + at.repeat,
    cellAt() {
      throw new Error('measuring never looks a whole cell up');
    },
  };
}

export function inputOf(world: World, entries: MeasureInput['entries']): MeasureInput {
  const graders = world.graders ?? [{ id: 'hit', scale: { kind: 'binary' as const } }];
  const providers = (world.providers ?? ['p']).map(
    (id): FrozenProvider => ({ id, kind: 'simulated', identity: null, sampling: {}, options: {}, simulated: true }),
  );
  const spec: EvalSpec = {
    id: 'test',
    title: 'Test',
    version: 1,
    items: { id: 'items', items: world.items },
    personas: world.people ? { id: 'people', people: world.people } : null,
    design: { kind: 'crossed' },
    arms: (world.arms ?? ['base']).map((id) => ({ id, fields: {} })),
    steps: [],
    graders: graders.map(({ id }) => ({ id, kind: 'test', of: 'reply', options: {} })),
    metrics: world.metrics.map((metric) => ({
      kind: 'rate',
      of: 'hit',
      better: 'lower',
      clusters: [],
      by: [],
      options: {},
      ...metric,
    })),
    contrasts: world.contrasts ?? [],
    controls: world.controls ?? [],
    ...(world.relations && { relations: world.relations }),
  };
  return {
    plan: {
      matrix: {
        format: 'evalrun.matrix/1',
        eval: spec,
        providers,
        roles: {},
        sample: { where: {} },
        repeats: world.repeats ?? 1,
        seed: 1,
      },
      policy: {
        limits: { cellDeadlineMs: 1 },
        providerLimits: {},
        prices: {},
        tolerateFailed: 0,
        gates: world.gates ?? [],
        reports: [],
      },
    },
    matrix: crossed(world),
    entries,
    metricKinds: [rate, mean],
    relationKinds: [relativeReduction, rebound, difficultySlope],
    graderScales: graders.map(({ scale }) => scale),
    isJudge: ({ id }) => graders.find((grader) => grader.id === id)?.judge === true,
    ruleOf: ({ id }) => graders.find((grader) => grader.id === id)?.rule,
  };
}

/** An answered cell; a number is a score, null an unparseable reply. */
export function answered(cell: number, ...scores: (number | null | StoredScore)[]): CellEntry {
  const stored = scores.map((score): StoredScore => {
    if (score === null) return { unscored: 'unparseable' };
    return typeof score === 'number' ? { value: score } : score;
  });
  return { cell, outcome: { kind: 'answered' }, scores: stored, calls: 1 };
}

/** One entry per cell, scores by position. */
export function fill(
  world: World,
  score: (at: ReturnType<Matrix['positionAt']>) => number | null | StoredScore,
): CellEntry[] {
  const matrix = crossed(world);
  return Array.from({ length: matrix.cells }, (_, cell) => answered(cell, score(matrix.positionAt(cell))));
}

export const measureWorld = (world: World, entries: MeasureInput['entries']) => measure(inputOf(world, entries));

export const items = (count: number, fields: (i: number) => Omit<Item, 'id'> = () => ({})): Item[] =>
  Array.from({ length: count }, (_, i) => ({ ...fields(i), id: `i${i}` }));

export const people = (
  count: number,
  attributes: (i: number) => Persona['attributes'] = () => ({}),
  weight?: (i: number) => number,
): Persona[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `q${i}`,
    attributes: attributes(i),
    ...(weight && { weight: weight(i) }),
  }));
