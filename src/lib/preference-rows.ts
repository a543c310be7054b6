import type { Json, JsonObject } from '../contract/json.js';

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isFilled = (value: Json | undefined): value is string => typeof value === 'string' && value.trim() !== '';

/** Text of a message: a string, or OpenAI's list of parts of type text. Null if it is neither, or empty. */
function contentOf(content: Json | undefined): string | null {
  if (typeof content === 'string') return content.trim() === '' ? null : content;
  if (!Array.isArray(content) || content.length === 0) return null;
  const texts = content.map((part) => (isObject(part) && part.type === 'text' ? part.text : null));
  return texts.every(isFilled) ? texts.join('') : null;
}

/** How one of the two formats reads messages. */
interface Form {
  roles: readonly string[];
  /** Whether `content` may be a list of parts, and an assistant may call tools instead of saying something. */
  rich: boolean;
}

const chat: Form = { roles: ['system', 'user', 'assistant'], rich: false };
const api: Form = { roles: ['system', 'developer', 'user', 'assistant', 'tool'], rich: true };

function messageFault(message: Json, at: string, { roles, rich }: Form): string | null {
  if (!isObject(message)) return `${at} is no message`;
  const { role, content, tool_calls: calls } = message;
  if (typeof role !== 'string') return `${at} has no role`;
  if (!roles.includes(role)) return `${at} has the role "${role}", allowed are ${roles.join(', ')}`;
  if (role === 'tool' && !isFilled(message.tool_call_id)) return `${at} is of a tool and has no tool_call_id`;
  if (rich && role === 'assistant' && Array.isArray(calls) && calls.length > 0) return null;
  if (content === undefined) return `${at} has no content`;
  if (!rich && typeof content !== 'string') return `the content of ${at} is no text`;
  return contentOf(content) === null ? `the content of ${at} is empty or no text` : null;
}

function listFault(messages: Json | undefined, name: string, form: Form): string | null {
  if (!Array.isArray(messages) || messages.length === 0) return `${name} is no list of messages`;
  for (const [index, message] of messages.entries()) {
    const fault = messageFault(message, `${name}[${index}]`, form);
    if (fault !== null) return fault;
  }
  return null;
}

function sidesFault(row: JsonObject, sides: readonly [string, string], form: Form): string | null {
  for (const side of sides) {
    const fault = listFault(row[side], side, form);
    if (fault !== null) return fault;
    const messages = row[side] as JsonObject[];
    if (messages.length !== 1 || messages[0]!.role !== 'assistant')
      return `${side} is not one message of the assistant`;
  }
  const [one, other] = sides.map((side) => (row[side] as JsonObject[])[0]!);
  return sameMessage(one!, other!) ? `${sides.join(' and ')} are the same` : null;
}

function sameMessage(one: JsonObject, other: JsonObject): boolean {
  if (JSON.stringify(one.tool_calls ?? []) !== JSON.stringify(other.tool_calls ?? [])) return false;
  return contentOf(one.content) === contentOf(other.content);
}

/** Chat templates refuse a system message further down, and two messages of one side in a row. */
function turnsFault(messages: readonly JsonObject[], name: string): string | null {
  const first = messages[0]!.role === 'system' ? 1 : 0;
  for (const [index, { role }] of messages.entries()) {
    if (index < first) continue;
    const expected = (index - first) % 2 === 0 ? 'user' : 'assistant';
    if (role !== expected) return `${name}[${index}] is of the ${role}: roles must alternate, beginning with the user`;
  }
  return null;
}

const endsWithUser = (messages: Json | undefined): boolean =>
  Array.isArray(messages) && isObject(messages.at(-1)) && (messages.at(-1) as JsonObject).role === 'user';

/**
 * What is wrong with a row of TRL's preference data, conversational with an explicit prompt; null if nothing is:
 * `prompt` (at most one system message first, then user and assistant in turn, the user last), `chosen` and `rejected`
 * (one message of the assistant each, which differ), every message with `role` and a text as `content`. Further columns
 * are allowed: trainers pass over them.
 *
 * Source: TRL documentation, "Dataset formats and types" (https://huggingface.co/docs/trl/dataset_formats); that the roles
 * alternate is what the chat templates of many models demand. Of tools and thoughts, which some templates know, nothing
 * is accepted.
 */
export function trlRowFault(row: JsonObject): string | null {
  const fault = listFault(row.prompt, 'prompt', chat);
  if (fault !== null) return fault;
  const prompt = row.prompt as JsonObject[];
  if (!endsWithUser(prompt)) return 'the last message of prompt is not of the user';
  return turnsFault(prompt, 'prompt') ?? sidesFault(row, ['chosen', 'rejected'], chat);
}

const openaiKeys = ['input', 'preferred_output', 'non_preferred_output'] as const;
const inputKeys = ['messages', 'tools', 'parallel_tool_calls'];

/**
 * What is wrong with a row of OpenAI's preference fine-tuning data; null if nothing is: `input` with `messages` and
 * perhaps `tools` (a list of functions) and `parallel_tool_calls`; `preferred_output` and `non_preferred_output`, one
 * message of the assistant each, which differ; texts only; no further keys, since there is no use for them.
 *
 * Source: OpenAI, "Direct preference optimization", data format
 * (https://developers.openai.com/api/docs/guides/direct-preference-optimization). Counts no tokens.
 */
export function openaiRowFault(row: JsonObject): string | null {
  const { input } = row;
  const foreign = Object.keys(row).find((key) => !openaiKeys.some((known) => known === key));
  if (foreign !== undefined) return `"${foreign}" is no key of this format`;
  if (!isObject(input)) return 'input is no object';
  const inside = Object.keys(input).find((key) => !inputKeys.includes(key));
  if (inside !== undefined) return `"${inside}" is no key of input`;
  const fault = listFault(input.messages, 'input.messages', api) ?? toolsFault(input);
  if (fault !== null) return fault;
  const last = (input.messages as JsonObject[]).at(-1)!.role;
  if (last !== 'user' && last !== 'tool') return 'the last message of input.messages is not of the user';
  return sidesFault(row, ['preferred_output', 'non_preferred_output'], api);
}

function toolsFault({ tools, parallel_tool_calls: parallel }: JsonObject): string | null {
  if (parallel !== undefined && typeof parallel !== 'boolean')
    return 'input.parallel_tool_calls is neither true nor false';
  if (tools === undefined) return null;
  if (!Array.isArray(tools)) return 'input.tools is no list';
  const index = tools.findIndex(
    (tool) => !isObject(tool) || tool.type !== 'function' || !isObject(tool.function) || !isFilled(tool.function.name),
  );
  return index === -1 ? null : `input.tools[${index}] is no function with a name`;
}

/** Bytes that OpenAI takes in one file. Source: OpenAI API reference, "Upload file": up to 512 MB a file, read as 10^6. */
export const openaiFileLimit = 512_000_000;
