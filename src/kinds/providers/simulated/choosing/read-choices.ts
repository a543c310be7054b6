import type { Message } from '../../../../contract/message.js';

/** A multiple-choice question as it is put. */
export interface ChoiceQuestion {
  /** The text before the options. */
  question: string;
  /** In the order shown. */
  options: { label: string; text: string }[];
  /** The letter alone is asked for. */
  letterOnly: boolean;
}

const optionLine = /^\s*\(?([A-Z])[).:]\s+(\S.*)$/;

/** Reads lines such as `A) Very often` in the last user message, lettered from A without a gap; null without two of them. */
export function readChoices(messages: readonly Message[]): ChoiceQuestion | null {
  const asked = messages.findLast(({ role }) => role === 'user')?.content;
  if (asked === undefined) return null;
  const lines = asked.split('\n');
  const options: ChoiceQuestion['options'] = [];
  let first = -1;
  for (const [at, line] of lines.entries()) {
    const match = optionLine.exec(line);
    if (match === null) continue;
    if (match[1] !== String.fromCharCode(65 + options.length)) return null;
    if (first < 0) first = at;
    options.push({ label: match[1], text: match[2]!.trim() });
  }
  if (options.length < 2) return null;
  const all = messages.map(({ content }) => content).join('\n');
  return {
    question: lines.slice(0, first).join('\n').trim(),
    options,
    letterOnly: /letter (?:only|alone|and nothing)|only the letter|just the letter/i.test(all),
  };
}
