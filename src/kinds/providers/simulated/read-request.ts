import type { Message } from '../../../contract/message.js';
import { type Conversation, readConversation } from './conversation/read-conversation.js';
import { readInstruction } from './conversation/read-instruction.js';
import { type PersonaProfile, readPersona } from './persona/persona-profile.js';
import { type Field, readFormat } from './read-format.js';

/** How a question is put: which of the four probabilities of adherence holds. */
export type Approach = 'noPersona' | 'persona' | 'chainOfThought' | 'summary';

/** What a request asks of the simulated model. */
export type Request =
  | { kind: 'question'; approach: Approach; persona: PersonaProfile | null; question: string; fields: Field[] | null }
  | { kind: 'conversation'; conversation: Conversation; fields: Field[] | null }
  | { kind: 'judgement'; fields: Field[]; verdicts: string[]; blocks: Blocks };

/** What a judge is shown. Absent blocks are missing. */
export interface Blocks {
  task?: string;
  persona?: string;
  submission?: string;
  entity?: string;
  first?: string;
  second?: string;
}

const blockNames = ['task', 'persona', 'submission', 'entity', 'first', 'second'] as const;
const speaksOfPerson = /personal|tailor|for (?:this|the|each) (?:user|person|reader)|this user/i;

/** Reads a request as a model would: from its messages alone. */
export function readRequest(messages: readonly Message[]): Request {
  const fields = readFormat(messages);
  const verdict = fields?.find((field) => field.choices !== null);
  if (fields !== null && verdict !== undefined) {
    const text = messages.map((message) => message.content).join('\n');
    return { kind: 'judgement', fields, verdicts: verdict.choices!, blocks: blocksIn(text) };
  }
  const block = messages.map((message) => blockIn(message.content, 'persona')).find((found) => found !== undefined);
  if (block === undefined && isConversation(messages, fields))
    return { kind: 'conversation', conversation: readConversation(messages), fields };
  const persona = block === undefined ? null : readPersona(block);
  const seen = persona !== null && persona.clues.length > 0 ? persona : null;
  const question = messages.findLast((message) => message.role === 'user')?.content ?? '';
  return {
    kind: 'question',
    approach: seen === null ? 'noPersona' : approachOf(fields),
    persona: seen,
    question,
    fields,
  };
}

/** Several turns, an entity to avoid, or a turn that is not put as a question of a person to be answered personally. */
function isConversation(messages: readonly Message[], fields: readonly Field[] | null): boolean {
  if (messages.filter((message) => message.role !== 'system').length > 1) return true;
  const system = messages.flatMap((message) => (message.role === 'system' ? [message.content] : [])).join('\n');
  return fields === null ? !speaksOfPerson.test(system) || readInstruction(system).condition === 'avoid' : false;
}

function approachOf(fields: readonly Field[] | null): Approach {
  if (fields?.some((field) => /summary/i.test(field.name))) return 'summary';
  if (fields?.some((field) => /thought|reason|rationale|thinking/i.test(field.name))) return 'chainOfThought';
  return 'persona';
}

function blocksIn(text: string): Blocks {
  const blocks: Blocks = {};
  for (const name of blockNames) {
    const found = blockIn(text, name);
    if (found !== undefined) blocks[name] = found;
  }
  return blocks;
}

function blockIn(text: string, name: string): string | undefined {
  const open = text.indexOf(`<${name}>`);
  if (open < 0) return undefined;
  const start = open + name.length + 2;
  const end = text.indexOf(`</${name}>`, start);
  return end < 0 ? undefined : text.slice(start, end).trim();
}
