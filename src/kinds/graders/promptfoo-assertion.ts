import type { GradeInput } from '../../contract/grader-kind.js';
import type { Json } from '../../contract/json.js';
import type { Message, Speaker } from '../../contract/message.js';
import { EvalrunError } from '../../contract/problem.js';
import type { Score } from '../../contract/score.js';
import { readJson } from '../../lib/read-json.js';
import type { Promptfoo } from '../promptfoo-library.js';
import { isJudged } from './promptfoo-types.js';

/** An assertion with everything rendered. */
export interface RenderedAssertion {
  assertion: { type: string; value: Json; threshold?: number; config?: Record<string, unknown> };
  vars: { [name: string]: string };
  /** What was asked. */
  asked: string | undefined;
  role: string | undefined;
  /** Its score instead of pass or fail. */
  score: boolean;
}

interface Result {
  pass: boolean;
  score: number;
  reason: string;
  metadata?: { graderError?: boolean };
}

const failed = (detail: string): Score => ({ kind: 'unscored', reason: 'judge_failed', detail: detail.slice(0, 500) });

/**
 * The value as promptfoo may render it without reading it: each text is the name of a variable that holds it. Objects
 * are not rendered by promptfoo and go as they are.
 */
const asVariables = (value: Json): { value: Json; vars: { [name: string]: string } } => {
  const vars: { [name: string]: string } = {};
  const hide = (text: string): string => {
    const name = `evalrun_value_${Object.keys(vars).length}`;
    vars[name] = text;
    return `{{ ${name} }}`;
  };
  if (typeof value === 'string') return { value: hide(value), vars };
  if (Array.isArray(value)) return { value: value.map((part) => (typeof part === 'string' ? hide(part) : part)), vars };
  return { value, vars };
};

/** promptfoo's prompt, which is a list of chat messages as JSON or plain text. */
const messagesOf = (prompt: string): Message[] => {
  try {
    const parsed: unknown = JSON.parse(prompt);
    const isMessage = (one: unknown): one is { role: Speaker; content: string } =>
      typeof one === 'object' &&
      one !== null &&
      'content' in one &&
      typeof one.content === 'string' &&
      'role' in one &&
      ['system', 'user', 'assistant'].includes(one.role as string);
    if (Array.isArray(parsed) && parsed.length > 0 && parsed.every(isMessage)) {
      return parsed.map(({ role, content }) => ({ role, content }));
    }
  } catch {
    // Plain text.
  }
  return [{ role: 'user', content: prompt }];
};

/** A provider of promptfoo that asks through a role and remembers what went wrong. */
const throughRole = (role: string, input: GradeInput) => {
  const seen: { error?: unknown; cut?: string; replies: string[] } = { replies: [] };
  const provider = {
    id: () => `evalrun:${role}`,
    callApi: async (prompt: string) => {
      try {
        const reply = await input.ask(role, messagesOf(prompt));
        seen.replies.push(reply.text);
        if (reply.finish !== 'stop')
          seen.cut =
            reply.finish === 'length' ? 'the judge’s reply was cut at the token limit' : 'the judge declined to answer';
        return { output: reply.text };
      } catch (error) {
        seen.error = error;
        return { error: error instanceof Error ? error.message : String(error) };
      }
    },
  };
  return { provider, seen };
};

/** promptfoo lets a rubric pass that gives a score but no verdict. */
const lacksVerdict = (type: string, threshold: number | undefined, replies: string[]): boolean => {
  if (!type.endsWith('llm-rubric') || threshold !== undefined) return false;
  const read = readJson(replies.at(-1) ?? '');
  return read.ok && !Array.isArray(read.value) && !Object.hasOwn(read.value, 'pass');
};

/** Results that promptfoo calls failed though the assertion was never decided. */
const undecided =
  /^(?:Custom function threw error|Invalid regex pattern|Invalid category value|Factuality checker output did not match|Model grader produced a malformed response|No output|METEOR assertion requires)/;

const toScore = ({ pass, score, reason, metadata }: Result, wanted: RenderedAssertion): Score => {
  if (metadata?.graderError === true || undecided.test(reason)) return failed(reason);
  if (!wanted.score) return { kind: 'scored', value: pass ? 1 : 0, rationale: reason };
  if (!Number.isFinite(score) || score < 0 || score > 1) return failed(`its score is ${score}, not from 0 to 1`);
  return { kind: 'scored', value: score, rationale: reason };
};

/**
 * Runs one assertion on the graded text.
 * @throws CallFailure when the judge could not be asked; EvalrunError PROMPTFOO_ASSERTION when promptfoo refuses the
 *   assertion itself
 */
export const runPromptfooAssertion = async (
  library: Promptfoo,
  input: GradeInput,
  wanted: RenderedAssertion,
): Promise<Score> => {
  const { type, threshold } = wanted.assertion;
  const { value, vars: hidden } = asVariables(wanted.assertion.value);
  const judge = isJudged(type) ? throughRole(wanted.role ?? '', input) : undefined;
  const vars = { ...wanted.vars, ...hidden };
  let result: Result;
  try {
    result = (await library.assertions.runAssertion({
      assertion: { ...wanted.assertion, value, ...(judge === undefined ? {} : { provider: judge.provider }) },
      test: { vars },
      vars,
      ...(wanted.asked === undefined ? {} : { prompt: wanted.asked }),
      providerResponse: { output: input.text },
    } as never)) as Result;
  } catch (cause) {
    if (judge?.seen.error !== undefined) throw judge.seen.error;
    throw new EvalrunError(
      'PROMPTFOO_ASSERTION',
      `promptfoo refuses "${type}": ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        hint: 'See https://www.promptfoo.dev/docs/configuration/expected-outputs/ for what the type takes.',
        cause,
      },
    );
  }
  if (judge?.seen.error !== undefined) throw judge.seen.error;
  if (judge?.seen.cut !== undefined) return failed(judge.seen.cut);
  if (!wanted.score && lacksVerdict(type, threshold, judge?.seen.replies ?? []))
    return failed('the judge gave a score, but no verdict');
  return toScore(result, wanted);
};
