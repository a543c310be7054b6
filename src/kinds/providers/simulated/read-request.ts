import type { Message } from '../../../contract/message.js';
import { type ChoiceQuestion, readChoices } from './choosing/read-choices.js';
import { type Conversation, readConversation } from './conversation/read-conversation.js';
import { readInstruction } from './conversation/read-instruction.js';
import { type PersonaProfile, readPersona } from './persona/persona-profile.js';
import { type PipelineRequest, readPipeline } from './pipeline/read-pipeline.js';
import { blockIn } from './read-block.js';
import { type Field, readFormat } from './read-format.js';

/** How a question is put: which of the four probabilities of adherence holds. */
export type Approach = 'noPersona' | 'persona' | 'chainOfThought' | 'summary';

/** What a request asks of the simulated model. */
export type Request =
  | { kind: 'question'; approach: Approach; persona: PersonaProfile | null; question: string; fields: Field[] | null }
  /** Remarks on an answer, in the voice of a persona. */
  | { kind: 'critique'; persona: PersonaProfile; question: string }
  /** A better answer, after such remarks. */
  | { kind: 'revision'; question: string; critique: string }
  /** One of the options that are listed. */
  | { kind: 'choice'; asked: ChoiceQuestion; persona: PersonaProfile | null }
  /** Which of the numbered viewpoints a submission represents. */
  | { kind: 'viewpoints'; fields: Field[]; count: number }
  /** Something for training data: pairs, plans, dialogues, critiques and revisions of a turn. */
  | { kind: 'pipeline'; asked: PipelineRequest }
  | { kind: 'conversation'; conversation: Conversation; fields: Field[] | null }
  | { kind: 'judgement'; fields: Field[]; verdicts: string[]; blocks: Blocks };

/** What a judge is shown. Absent blocks are missing. */
export interface Blocks {
  task?: string;
  persona?: string;
  submission?: string;
  critique?: string;
  entity?: string;
  first?: string;
  second?: string;
}

const blockNames = ['task', 'persona', 'submission', 'critique', 'entity', 'first', 'second'] as const;
const speaksOfPerson = /personal|tailor|for (?:this|the|each) (?:user|person|reader)|this user/i;

/** Reads a request as a model would: from its messages alone. */
export function readRequest(messages: readonly Message[]): Request {
  const pipeline = readPipeline(messages);
  if (pipeline !== null) return { kind: 'pipeline', asked: pipeline };
  const fields = readFormat(messages);
  const verdict = fields?.find((field) => field.choices !== null);
  if (fields !== null && verdict !== undefined) {
    const text = messages.map((message) => message.content).join('\n');
    return { kind: 'judgement', fields, verdicts: verdict.choices!, blocks: blocksIn(text) };
  }
  const viewpoints = fields === null ? null : viewpointsIn(messages, fields);
  if (viewpoints !== null) return viewpoints;
  const feedback = feedbackIn(messages);
  if (feedback !== null) return feedback;
  const block = messages.map((message) => blockIn(message.content, 'persona')).find((found) => found !== undefined);
  const choices = fields === null ? readChoices(messages) : null;
  if (choices !== null)
    return { kind: 'choice', asked: choices, persona: block === undefined ? null : readPersona(block) };
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

function viewpointsIn(messages: readonly Message[], fields: Field[]): Request | null {
  const listed = messages.map(({ content }) => blockIn(content, 'viewpoints')).find((found) => found !== undefined);
  if (listed === undefined || !fields.some(({ name }) => name === 'represented')) return null;
  return { kind: 'viewpoints', fields, count: listed.match(/^\s*\d+\.\s/gm)?.length ?? 0 };
}

/** A submission to be criticised for somebody, or to be revised after a critique; null for any other request. */
function feedbackIn(messages: readonly Message[]): Request | null {
  const { submission, critique, persona, task = '' } = blocksIn(messages.map(({ content }) => content).join('\n'));
  if (submission === undefined) return null;
  if (critique !== undefined) return { kind: 'revision', question: task, critique };
  return persona === undefined ? null : { kind: 'critique', persona: readPersona(persona), question: task };
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
