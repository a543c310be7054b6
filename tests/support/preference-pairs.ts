import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A pair in the format of OpenAI's preference fine-tuning. */
export const openaiPair = (index: number): object => ({
  input: { messages: [{ role: 'user', content: `Question ${index}?` }], tools: [], parallel_tool_calls: true },
  preferred_output: [{ role: 'assistant', content: `Good answer ${index}` }],
  non_preferred_output: [{ role: 'assistant', content: `Bad answer ${index}` }],
});

/** A pair in TRL's format, with a column of evalrun's. */
export const trlPair = (index: number): object => ({
  prompt: [
    { role: 'system', content: 'Speak with this person.' },
    { role: 'user', content: `Question ${index}?` },
  ],
  chosen: [{ role: 'assistant', content: `Good answer ${index}` }],
  rejected: [{ role: 'assistant', content: `Bad answer ${index}` }],
  pair: `id-${index}`,
});

/** So many pairs as lines. */
export const pairLines = (count: number, pair: (index: number) => object): string =>
  Array.from({ length: count }, (_unused, index) => `${JSON.stringify(pair(index))}\n`).join('');

/** Writes a folder of pairs as `evalrun export` does: name of the file → content. */
export function writePairs(folder: string, files: { [name: string]: string }): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
}
