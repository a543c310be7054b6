import { writeFileSync } from 'node:fs';
import { afterAll, expect, test } from '@jest/globals';
import { byteLines } from '../../src/tables/byte-lines.js';
import { scratch } from '../support/demo-eval.js';

const space = scratch();
afterAll(() => space.remove());

async function linesOf(content: string): Promise<{ lines: string[]; bytes: number }> {
  writeFileSync(space.file('x.jsonl'), content);
  let bytes = 0;
  const lines: string[] = [];
  for await (const line of byteLines(space.file('x.jsonl'), (piece) => {
    bytes += piece.length;
  }))
    lines.push(line.toString('utf8'));
  return { lines, bytes };
}

test.each([
  ['nothing', '', []],
  ['a last line without its end', 'a\nb', ['a', 'b']],
  ['a last line with its end', 'a\nb\n', ['a', 'b']],
  ['empty lines', '\n\na\n', ['', '', 'a']],
  ['separators of Unicode, which end no line of JSON', '"a\u2028b\u2029c\u0085d"\n', ['"a\u2028b\u2029c\u0085d"']],
  ['carriage returns, which stay', 'a\r\nb\r', ['a\r', 'b\r']],
])('%s', async (_name, content, lines) => {
  expect(await linesOf(content)).toEqual({ lines, bytes: Buffer.byteLength(content) });
});

test('lines longer than what is read at once, with characters that lie across two pieces', async () => {
  const lines = ['é'.repeat(1_500_000), 'b', `x${'é'.repeat(700_000)}`];
  const read = await linesOf(lines.join('\n'));
  expect(read.lines.map((line, index) => line === lines[index])).toEqual([true, true, true]);
});
