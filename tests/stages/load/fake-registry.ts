import Type from 'typebox';
import { messageList } from '../../../src/contract/documents/message-line.js';
import type { GraderKind } from '../../../src/contract/grader-kind.js';
import type { MetricKind } from '../../../src/contract/metric-kind.js';
import type { PersonaKind } from '../../../src/contract/persona-kind.js';
import { EvalrunError } from '../../../src/contract/problem.js';
import type { ProviderKind } from '../../../src/contract/provider-kind.js';
import type { Registry } from '../../../src/contract/registry.js';
import type { ReporterKind } from '../../../src/contract/reporter-kind.js';
import type { Scale } from '../../../src/contract/score.js';
import { combine } from '../../../src/kinds/graders/combine.js';
import { rate } from '../../../src/kinds/metrics/rate.js';
import { difficultySlope } from '../../../src/kinds/relations/difficulty-slope.js';
import { rebound } from '../../../src/kinds/relations/rebound.js';
import { relativeReduction } from '../../../src/kinds/relations/relative-reduction.js';
import { registry } from '../../../src/registry.js';

const unused = () => {
  throw new Error('loading never calls this');
};

function provider(kind: string, options: ProviderKind['options']): ProviderKind {
  return {
    kind,
    options,
    envNeeds: ({ apiKeyEnv }) =>
      typeof apiKeyEnv === 'string' ? [{ name: apiKeyEnv, required: true, secret: true }] : [],
    identity: unused,
    limiterKey: unused,
    priceKey: () => null,
    connect: unused,
  };
}

type Grading = Pick<GraderKind, 'check'> & { roles?: GraderKind['roles'] };

function grader(kind: string, options: GraderKind['options'], scale: Scale, grading: Grading = {}): GraderKind {
  return {
    kind,
    version: 1,
    options,
    scale: () => scale,
    roles: () => [],
    create: unused,
    ...grading,
  };
}

function metric(kind: string, reads: MetricKind['reads'], unit: string): MetricKind {
  return {
    kind,
    version: 1,
    options: Type.Object({
      threshold: Type.Optional(Type.Number()),
      is: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
      against: Type.Optional(Type.String()),
      statistic: Type.Optional(Type.String()),
      shrink: Type.Optional(Type.Boolean()),
    }),
    reads,
    unit,
    fault: (options, scale) =>
      options.threshold !== undefined && scale.kind === 'binary'
        ? { path: ['threshold'], message: 'yes or no has no threshold' }
        : rate.fault!(options, scale),
    valueOf: () => null,
    range: () => ({ min: 0, max: 1 }),
    estimate: unused,
    difference: unused,
  };
}

const reporter = (kind: string): ReporterKind => ({
  kind,
  options: Type.Object({ transcripts: Type.Optional(Type.Integer({ minimum: 0, description: 'Most transcripts.' })) }),
  report: unused,
});

const file: PersonaKind = {
  kind: 'drawn',
  options: Type.Object({ count: Type.Integer({ minimum: 1 }) }),
  load: async ({ count }) => {
    if (Number(count) > 10) throw new EvalrunError('WRONG_VALUE', 'only 10 can be drawn');
    const people = Array.from({ length: Number(count) }, (_, i) => ({ id: `d${i}`, attributes: { age: 20 + i } }));
    return { people, facts: { count: Number(count) }, rejected: {}, absent: {}, population: null };
  },
};

/** Small kinds that need nothing: loading only looks at their schemas and declarations. */
export const fakeRegistry: Registry = {
  personas: [file],
  providers: [
    provider('simulated', Type.Object({ world: Type.Optional(Type.Any()) }, { additionalProperties: true })),
    provider(
      'openai',
      Type.Object({
        model: Type.String(),
        baseUrl: Type.Optional(Type.String()),
        baseUrlEnv: Type.Optional(Type.String()),
        apiKeyEnv: Type.Optional(Type.String()),
        api: Type.Optional(Type.Union([Type.Literal('chat'), Type.Literal('responses')])),
      }),
    ),
  ],
  graders: [
    grader(
      'mentions',
      Type.Object({
        entity: Type.String(),
        apart: Type.Optional(Type.String()),
        fresh: Type.Optional(Type.String()),
        notIn: Type.Optional(Type.String()),
        sense: Type.Optional(Type.String()),
      }),
      { kind: 'binary' },
      {
        check: ({ entity }, check) => check.path(String(entity), ['entity']),
      },
    ),
    grader(
      'matches',
      Type.Object({ regex: Type.String(), ignoreCase: Type.Optional(Type.Boolean()) }),
      { kind: 'binary' },
      {
        check({ regex }, check) {
          try {
            new RegExp(String(regex));
          } catch {
            check.problem('BAD_REGEX', ['regex'], 'this is no regular expression', 'close the bracket');
          }
        },
      },
    ),
    {
      ...grader('choice', Type.Object({ options: Type.Array(Type.String(), { minItems: 2 }) }), { kind: 'binary' }),
      scale: ({ options }) => ({ kind: 'label', labels: options as string[] }),
    },
    grader(
      'judge',
      Type.Object({
        role: Type.String(),
        verdicts: Type.Record(Type.String(), Type.Number()),
        messages: messageList,
        with: Type.Optional(Type.Record(Type.String(), Type.String())),
        quotes: Type.Optional(Type.Boolean()),
        rule: Type.Optional(Type.String()),
      }),
      { kind: 'number', min: 0, max: 1 },
      {
        roles: ({ role }) => [String(role)],
        check({ messages }, check) {
          for (const [i, line] of (messages as Record<string, string>[]).entries()) {
            for (const key of ['system', 'user']) {
              if (line[key] !== undefined) check.template(line[key], ['messages', i, key]);
            }
          }
        },
      },
    ),
    grader('combine', combine.options, { kind: 'binary' }),
  ],
  metrics: [
    metric('rate', ['binary', 'number', 'label'], 'share'),
    metric('mean', ['number'], 'points'),
    metric('tradeoff', ['binary', 'number'], 'share'),
    metric('welfare', ['binary', 'number'], 'score'),
  ],
  relations: [relativeReduction, rebound, difficultySlope],
  reporters: ['terminal', 'json', 'html', 'junit'].map(reporter),
  // Their options are checked like those of any kind; no other list is read for them.
  filters: registry.filters,
  trainers: [],
};
