import type { PairsSpec } from '../../contract/eval-spec.js';
import type { Message } from '../../contract/message.js';
import { lookupPath, parsePath } from '../../lib/field-path.js';
import { type CompiledTemplate, compileTemplate } from '../../lib/template.js';

/** The question of a pair. */
export interface PairPrompt {
  /** Null where the question is a conversation. */
  instruction: string | null;
  turns: Message[];
}

const speakers = ['user', 'assistant'] as const;

/** The messages of a list of turns; null if it is none, or has another speaker than user and assistant. */
function messagesOf(value: unknown): Message[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const messages: Message[] = [];
  for (const turn of value as unknown[]) {
    const keys = typeof turn === 'object' && turn !== null ? Object.keys(turn) : [];
    const role = speakers.find((one) => one === keys[0]);
    const content = role === undefined ? undefined : (turn as { [speaker: string]: unknown })[role];
    if (role === undefined || keys.length !== 1 || typeof content !== 'string') return null;
    messages.push({ role, content });
  }
  return messages;
}

/** Reads the prompt of a cell; null where the item has no list of turns at the path. */
export function promptReader({ instruction, prompt }: PairsSpec): (scope: object) => PairPrompt | null {
  if (prompt === undefined) {
    const template: CompiledTemplate = compileTemplate(instruction!);
    return (scope) => {
      const content = template.render(scope);
      return { instruction: content, turns: [{ role: 'user', content }] };
    };
  }
  const path = parsePath(prompt)!;
  return (scope) => {
    const turns = messagesOf(lookupPath(scope, path));
    return turns === null ? null : { instruction: null, turns };
  };
}
