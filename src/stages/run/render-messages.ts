import type { MessageSpec } from '../../contract/eval-spec.js';
import type { Message, Speaker } from '../../contract/message.js';
import { EvalrunError } from '../../contract/problem.js';
import { isPresent, lookupPath, parsePath } from '../../lib/field-path.js';
import { compileTemplate } from '../../lib/template.js';
import { insertedText } from '../../lib/template-value.js';

type Line = (scope: object, add: (role: Speaker, content: string) => void) => void;

const speakers: Speaker[] = ['system', 'user', 'assistant'];

/** A condition of a line or a step, ready to be asked. */
export function compileCondition(spec: { when?: string; unless?: string }): (scope: object) => boolean {
  const when = spec.when === undefined ? null : parsePath(spec.when)!;
  const unless = spec.unless === undefined ? null : parsePath(spec.unless)!;
  if (when === null && unless === null) return () => true;
  return (scope) =>
    (when === null || isPresent(lookupPath(scope, when))) && (unless === null || !isPresent(lookupPath(scope, unless)));
}

/** A list of turns, with texts that an arm wants before turns of the user. */
function compileTurns({ turns, beforeFirst, beforeEach }: MessageSpec, applies: (scope: object) => boolean): Line {
  const path = parsePath(turns!)!;
  const [first, each] = [beforeFirst, beforeEach].map((one) => (one === undefined ? null : parsePath(one)!));
  const textAt = (scope: object, at: string[] | null | undefined): string => {
    const value = at == null ? undefined : lookupPath(scope, at);
    return isPresent(value) ? `${insertedText(value, at!.join('.'))}\n\n` : '';
  };
  return (scope, add) => {
    if (!applies(scope)) return;
    let before = textAt(scope, first);
    const always = textAt(scope, each);
    const value = lookupPath(scope, path);
    // While calls are only counted, a mark stands where a step's list will be.
    const list = typeof value === 'string' ? [{ user: value }] : value;
    if (!Array.isArray(list)) throw new EvalrunError('MISSING_VARIABLE', `${turns} has no value here`);
    for (const turn of list as { [role in Speaker]?: string }[]) {
      for (const role of speakers) {
        const text = turn[role];
        if (text === undefined) continue;
        add(role, role === 'user' ? before + always + text : text);
        if (role === 'user') before = '';
      }
    }
  };
}

function compileLine(spec: MessageSpec): Line {
  const applies = compileCondition(spec);
  if (spec.turns !== undefined) {
    return compileTurns(spec, applies);
  }
  const role = speakers.find((one) => spec[one] !== undefined)!;
  const template = compileTemplate(spec[role]!);
  return (scope, add) => {
    if (applies(scope)) add(role, template.render(scope));
  };
}

/**
 * Compiles the lines of a conversation. Neighbouring lines of the same speaker become one message with a blank line
 * between them (chat templates of many models accept one system message only); empty lines are left out.
 */
export function compileMessages(lines: MessageSpec[]): (scope: object) => Message[] {
  const compiled = lines.map(compileLine);
  return (scope) => {
    const messages: Message[] = [];
    for (const line of compiled) {
      line(scope, (role, content) => {
        if (content.trim() === '') return;
        const last = messages.at(-1);
        if (last?.role === role) last.content += `\n\n${content}`;
        else messages.push({ role, content });
      });
    }
    return messages;
  };
}
