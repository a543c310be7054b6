import type { GradeInput, GraderKind } from '../../contract/grader-kind.js';
import type { Message, Speaker } from '../../contract/message.js';
import type { QuoteCount, Scale, Score, Span } from '../../contract/score.js';
import { findQuote } from '../../lib/find-quote.js';
import { judgeFormat } from './judge-format.js';
import {
  asJudgeOptions,
  checkJudge,
  isYesNo,
  type JudgeOptions,
  judgeOptions,
  pairwiseLabels,
} from './judge-options.js';
import { readJudgement } from './judge-reply.js';

/** The rubric's messages for one submission, the request for a verdict at their end. */
const messagesFor = (
  given: JudgeOptions,
  labels: readonly string[],
  render: (template: string) => string,
): Message[] => {
  const messages = given.messages.map((line): Message => {
    const [role, template] = Object.entries(line)[0] as [Speaker, string];
    return { role, content: render(template) };
  });
  const format = judgeFormat(labels, given.confidence ?? true, given.quotes ?? false);
  const last = messages.at(-1)!;
  if (last.role === 'assistant') return [...messages, { role: 'user', content: format }];
  return [...messages.slice(0, -1), { role: last.role, content: `${last.content.trimEnd()}\n\n${format}` }];
};

/** Values of `with`; the path of the first that is missing. */
const lookUp = (given: JudgeOptions, input: GradeInput): { values: Record<string, unknown>; missing?: string } => {
  const values: Record<string, unknown> = {};
  for (const [name, path] of Object.entries(given.with ?? {})) {
    const value = input.lookup(path);
    if (value === undefined || value === null) return { values, missing: path };
    values[name] = value;
  }
  return { values };
};

const ask = async (
  given: JudgeOptions,
  labels: readonly string[],
  input: GradeInput,
  extra: Record<string, unknown>,
) => {
  const messages = messagesFor(given, labels, (template) => input.render(template, extra));
  return readJudgement(await input.ask(given.role, messages), labels);
};

const judgeAlone = async (given: JudgeOptions, input: GradeInput, values: Record<string, unknown>): Promise<Score> => {
  const verdicts = given.verdicts ?? {};
  const judgement = await ask(given, Object.keys(verdicts), input, { with: values, submission: input.text });
  if ('reason' in judgement) return judgement;
  const { verdict, quotes, ...rest } = judgement;
  const score = { kind: 'scored' as const, value: verdicts[verdict]!, label: verdict, ...rest };
  return given.quotes === true ? { ...score, ...quoted(input.text, quotes) } : score;
};

/** Where quotes stand in the text that they are said to be of, each place once. */
const quoted = (text: string, quotes: readonly string[]): { quotes: QuoteCount; evidence: Span[] } => {
  const found = quotes.map((quote) => findQuote(text, quote)).filter((span) => span !== null);
  const places = new Map(found.map((span) => [`${span.start}-${span.end}`, span]));
  const evidence = [...places.values()].sort((a, b) => a.start - b.start || a.end - b.end);
  return { quotes: { given: quotes.length, found: found.length }, evidence };
};

/** The text that the graded one is compared with. */
const otherText = (against: string, { trial }: GradeInput): string | Score => {
  const [step, ...fields] = against.split('.');
  const output = trial.outputs[step!];
  if (output === undefined) return { kind: 'unscored', reason: 'not_applicable', detail: `step ${step} gave nothing` };
  if (output.finish === 'length') return { kind: 'unscored', reason: 'truncated', detail: `${step} was cut` };
  if (fields.length === 0 || (fields[0] === 'text' && output.fields?.text === undefined)) return output.text;
  const value = output.fields?.[fields.join('.')];
  if (typeof value === 'string') return value;
  return { kind: 'unscored', reason: 'unparseable', detail: output.parseError ?? `${against} is no text` };
};

/** 1 where the graded text is preferred, 0 where the other is, ½ for a tie. */
const preference = (verdict: string, graded: 'first' | 'second'): number =>
  verdict === 'tie' ? 0.5 : verdict === graded ? 1 : 0;

const judgePair = async (given: JudgeOptions, input: GradeInput, values: Record<string, unknown>): Promise<Score> => {
  const other = otherText(given.against!, input);
  if (typeof other !== 'string') return other;
  const [ahead, behind] = await Promise.all([
    ask(given, pairwiseLabels, input, { with: values, first: input.text, second: other }),
    ask(given, pairwiseLabels, input, { with: values, first: other, second: input.text }),
  ]);
  if ('reason' in ahead) return ahead;
  if ('reason' in behind) return behind;
  const one = preference(ahead.verdict, 'first');
  const two = preference(behind.verdict, 'second');
  const value = one === two ? one : 0.5;
  const sure = [ahead, behind].map(({ confidence }) => confidence).filter((confidence) => confidence !== undefined);
  const rationale = [`Graded text first: ${ahead.rationale ?? ''}`, `Graded text second: ${behind.rationale ?? ''}`];
  return {
    kind: 'scored',
    value,
    label: comparisonLabels[value === 1 ? 'preferred' : value === 0 ? 'other' : 'tie'],
    orderConsistent: one === two,
    ...(sure.length === 2 ? { confidence: Math.min(...sure) } : {}),
    rationale: rationale.join('\n'),
  };
};

/** What a comparison's value is called. */
const comparisonLabels = { preferred: 'preferred', other: 'other preferred', tie: 'tie' };

const scaleOf = (given: JudgeOptions): Scale => {
  if (given.mode === 'pairwise') return { kind: 'number', min: 0, max: 1 };
  if (isYesNo(given)) return { kind: 'binary' };
  const values = Object.values(given.verdicts ?? {});
  return { kind: 'number', min: Math.min(...values), max: Math.max(...values) };
};

/**
 * A model's verdict on a text after a rubric, with its rationale and its own confidence (0–100).
 *
 * `absolute`: one of the labels in `verdicts`, each with its score. `pairwise`: the text against another output, asked
 * in both orders; 1 if it is preferred in both, 0 if the other is in both, ½ otherwise; `orderConsistent` says whether
 * the orders agreed, the confidence is the lower of the two.
 * Source: the judges of PERSONA (arXiv 2407.17387) and Zheng et al. 2023 (arXiv 2306.05685) for the swapped orders.
 * `quotes` (absolute only) asks for the words that decide; those that stand in the submission, by `findQuote`, are its
 * evidence, and the score says how many were given and how many were found. They do not move the value.
 * A reply that is cut, declined, or without a known verdict is unscored (`judge_unparseable`), never a low score.
 * Errors: CallFailure when the judge could not be asked; BAD_OPTIONS, BAD_VERDICT while checking.
 */
export const judge: GraderKind = {
  kind: 'judge',
  version: 1,
  options: judgeOptions,
  scale: (raw) => scaleOf(asJudgeOptions(raw)),
  labels(raw) {
    const { mode, verdicts = {} } = asJudgeOptions(raw);
    return mode === 'pairwise' ? Object.values(comparisonLabels) : Object.keys(verdicts);
  },
  rule: (raw) => asJudgeOptions(raw).rule,
  roles: (raw) => [asJudgeOptions(raw).role],
  check: (raw, check) => checkJudge(asJudgeOptions(raw), check),
  create(spec) {
    const given = asJudgeOptions(spec.options);
    return {
      async grade(input) {
        const { values, missing } = lookUp(given, input);
        if (missing !== undefined) {
          return { kind: 'unscored', reason: 'not_applicable', detail: `there is no ${missing} to be judged with` };
        }
        return given.mode === 'pairwise' ? judgePair(given, input, values) : judgeAlone(given, input, values);
      },
    };
  },
};
