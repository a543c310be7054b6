import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Reply } from '../../contract/call.js';
import type { ReplyParser } from '../../contract/eval-spec.js';
import type { JsonObject } from '../../contract/json.js';
import type { StepOutput } from '../../contract/trial.js';
import { readChoice } from '../../lib/read-choice.js';
import { readJson } from '../../lib/read-json.js';

/** Turns a reply into a step's output. A reply that cannot be parsed is an output with `parseError`, never an answer. */
export type ReplyReader = (reply: Reply) => StepOutput;

function jsonReader(fields: { [field: string]: unknown }): ReplyReader {
  const properties = Object.fromEntries(
    Object.entries(fields).map(([name, type]) => [name, typeof type === 'string' ? { type } : type]),
  );
  const validate = new Ajv2020({ strict: false }).compile({
    type: 'object',
    properties,
    required: Object.keys(fields),
  });
  return ({ text, finish }) => {
    const read = readJson(text);
    if (!read.ok) return { text, finish, parseError: read.error };
    if (validate(read.value)) return { text, finish, fields: read.value as JsonObject };
    const [problem] = validate.errors ?? [];
    return {
      text,
      finish,
      parseError:
        `the JSON does not have the fields that were asked for: ${problem?.instancePath ?? ''} ${problem?.message ?? ''}`.trim(),
    };
  };
}

/** Compiles a step's parser. JSON is repaired only by dropping code fences and surrounding prose. */
export function compileParser(parser: ReplyParser): ReplyReader {
  const read = readerFor(parser);
  return (reply) => ({ ...read(reply), ...(reply.logprobs !== undefined && { logprobs: reply.logprobs }) });
}

function readerFor(parser: ReplyParser): ReplyReader {
  if (parser.kind === 'json') return jsonReader(parser.fields);
  if (parser.kind === 'choice') {
    return ({ text, finish }) => {
      const choice = readChoice(text, parser.options);
      if (choice === null) return { text, finish, parseError: `not exactly one of: ${parser.options.join(', ')}` };
      return { text, finish, fields: { choice } };
    };
  }
  return ({ text, finish }) => ({ text, finish });
}
