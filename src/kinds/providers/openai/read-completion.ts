import { CallFailure, type Finish, type Reply } from '../../../contract/call.js';
import { readLogprobs } from './read-logprobs.js';

/** The parts of a chat completion that are read; everything may be missing, servers differ. */
export interface Completion {
  choices?: {
    message?: { content?: unknown; refusal?: unknown } | null;
    finish_reason?: unknown;
    logprobs?: { content?: unknown } | null;
  }[];
  usage?: { prompt_tokens?: unknown; completion_tokens?: unknown } | null;
  error?: unknown;
}

const malformed = (what: string): CallFailure => new CallFailure('malformed', what, { retryable: true });

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part: { text?: unknown }) => (typeof part?.text === 'string' ? part.text : '')).join('');
}

const finishOf = (reason: unknown): Finish =>
  reason === 'length' ? 'length' : reason === 'content_filter' ? 'refusal' : 'stop';

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;

/**
 * Reads a chat completion.
 * @throws CallFailure `malformed` without a message, `empty` for a reply without text (both may be tried again)
 */
export function readCompletion(completion: Completion): Reply {
  const choice = completion?.choices?.[0];
  if (choice?.message === undefined || choice.message === null)
    throw malformed('the reply is JSON, but not a chat completion');
  const { message, finish_reason: reason } = choice;
  const usage = completion.usage;
  const tokens =
    isCount(usage?.prompt_tokens) && isCount(usage.completion_tokens)
      ? { input: usage.prompt_tokens, output: usage.completion_tokens }
      : null;
  if (typeof message.refusal === 'string' && message.refusal !== '')
    return { text: message.refusal, finish: 'refusal', tokens };
  const text = textOf(message.content);
  const finish = finishOf(reason);
  if (text.trim() === '' && finish === 'stop')
    throw new CallFailure('empty', 'the reply has no text', { retryable: true });
  return { text, finish, tokens, ...readLogprobs(choice.logprobs?.content) };
}
