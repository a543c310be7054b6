import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Reply } from '../../../src/contract/call.js';
import type { GradeInput, GraderCheck, GraderKind, NamedGrader } from '../../../src/contract/grader-kind.js';
import type { Json, JsonObject } from '../../../src/contract/json.js';
import type { Message } from '../../../src/contract/message.js';
import type { Score } from '../../../src/contract/score.js';
import type { StepOutput } from '../../../src/contract/trial.js';
import { lookupPath, parsePath } from '../../../src/lib/field-path.js';
import { compileTemplate } from '../../../src/lib/template.js';

/** What a graded cell holds in a test. */
export interface FakeCell {
  text: string;
  /** What templates and paths see. */
  scope?: JsonObject;
  outputs?: { [step: string]: StepOutput };
  /** The judge. */
  answer?: (messages: Message[], role: string) => Reply | Promise<Reply>;
  /** Scores of the graders before it. */
  scores?: { [grader: string]: Score };
}

export const answered = (text: string): Reply => ({ text, finish: 'stop', tokens: null });

export const fakeInput = ({ text, scope = {}, outputs = {}, answer, scores = {} }: FakeCell): GradeInput => ({
  trial: {
    cell: {
      ordinal: 0,
      item: { id: 'one' },
      persona: null,
      other: null,
      arm: { id: 'base', fields: {} },
      provider: 0,
      repeat: 0,
    },
    outcome: { kind: 'answered' },
    outputs,
    scores,
  } as GradeInput['trial'],
  text,
  lookup: (path) => lookupPath(scope, parsePath(path) ?? []),
  render: (template, extra = {}) => compileTemplate(template).render({ ...scope, ...extra }),
  ask: async (role, messages) => {
    if (answer === undefined) throw new Error('this grader asks nobody');
    return answer(messages, role);
  },
});

/** The score of one cell by a kind with these options, which must fit its schema. */
export const gradeWith = async (kind: GraderKind, options: JsonObject, cell: FakeCell): Promise<Score> => {
  expectValid(kind, options);
  const grader = await kind.create({ id: 'g', kind: kind.kind, of: 'reply', options });
  return grader.grade(fakeInput(cell));
};

export const isValid = (kind: GraderKind, options: Json): boolean =>
  new Ajv2020({ strict: false }).compile(kind.options)(options);

const expectValid = (kind: GraderKind, options: JsonObject): void => {
  if (!isValid(kind, options)) throw new Error(`options of ${kind.kind} do not fit: ${JSON.stringify(options)}`);
};

export interface Asked {
  problems: { code: string; path: string }[];
  paths: string[];
  templates: { value: string; extra: readonly string[] | undefined }[];
  outputs: string[];
  roles: string[];
}

/** Everything that a kind's `check` asks and reports. `others`: the graders that it may name. */
export const checkWith = (kind: GraderKind, options: JsonObject, others: { [id: string]: NamedGrader } = {}): Asked => {
  expectValid(kind, options);
  const asked: Asked = { problems: [], paths: [], templates: [], outputs: [], roles: [] };
  const check: GraderCheck = {
    problem: (code, path) => asked.problems.push({ code, path: path.join('.') }),
    path: (value) => asked.paths.push(value),
    values: () => [],
    template: (value, _at, extra) => asked.templates.push({ value, extra }),
    output: (value) => asked.outputs.push(value),
    role: (value) => asked.roles.push(value),
    of: 'reply',
    grader: (id) => others[id],
  };
  kind.check?.(options, check);
  return asked;
};
