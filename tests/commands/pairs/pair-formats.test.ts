import { describe, expect, test } from '@jest/globals';
import type { Pair } from '../../../src/commands/pairs/pair.js';
import { pairFormats } from '../../../src/commands/pairs/pair-formats.js';
import type { JsonObject } from '../../../src/contract/json.js';
import { pairsSpec, somePair } from './pair-of-test.js';

const formatOf = (id: string) => pairFormats.find((format) => format.id === id)!;
const rowOf = (id: string, changes?: Partial<Pair>): JsonObject => formatOf(id).row(somePair(changes));

describe('the formats of pairs', () => {
  test('pairs: all that is known, one column each', () => {
    expect(rowOf('pairs')).toEqual({
      pair: '0123456789abcdef',
      split: 'train',
      item: 'q1',
      persona: 'p1',
      other: 'p2',
      arm: 'feedback',
      provider: 'mock',
      repeat: 0,
      cell: 7,
      instruction: 'Should towns pay for libraries?',
      rejected: 'It depends.',
      chosen: 'Yes, for you.',
      persona_text: 'age: 34\nsex: Female',
      system: null,
      preferred: 'chosen',
      control_shuffled: 'tie',
      control_none: null,
    });
  });

  test('persona: the released columns first', () => {
    expect(Object.entries(rowOf('persona')).slice(0, 4)).toEqual([
      ['instruction', 'Should towns pay for libraries?'],
      ['original', 'It depends.'],
      ['data', 'Yes, for you.'],
      ['persona', 'age: 34\nsex: Female'],
    ]);
  });

  test('trl: an explicit prompt and one message of the assistant on either side', () => {
    expect(rowOf('trl', { system: 'For her.' })).toMatchObject({
      prompt: [
        { role: 'system', content: 'For her.' },
        { role: 'user', content: 'Should towns pay for libraries?' },
      ],
      chosen: [{ role: 'assistant', content: 'Yes, for you.' }],
      rejected: [{ role: 'assistant', content: 'It depends.' }],
      preferred: 'chosen',
      control_shuffled: 'tie',
    });
    expect(rowOf('trl').prompt).toHaveLength(1);
  });

  test('openai: input, preferred_output, non_preferred_output, and no other key', () => {
    expect(rowOf('openai')).toEqual({
      input: {
        messages: [{ role: 'user', content: 'Should towns pay for libraries?' }],
        tools: [],
        parallel_tool_calls: true,
      },
      preferred_output: [{ role: 'assistant', content: 'Yes, for you.' }],
      non_preferred_output: [{ role: 'assistant', content: 'It depends.' }],
    });
  });

  test.each(['pairs', 'persona'])('%s: its columns are the keys of its rows, in their order', (id) => {
    const columns = formatOf(id).columns(pairsSpec)!;
    expect(columns.map(({ name }) => name)).toEqual(Object.keys(rowOf(id)));
  });

  test.each(['pairs', 'persona', 'trl', 'openai'])('%s: a sound row has no fault, a broken one has', (id) => {
    const { fault } = formatOf(id);
    expect(fault(rowOf(id))).toBeNull();
    expect(fault(rowOf(id, { chosen: 'It depends.' }))).toMatch(/same/);
    expect(fault(rowOf(id, { rejected: ' ' }))).not.toBeNull();
    expect(fault({})).not.toBeNull();
  });

  test('a prompt that does not end with the user is a fault', () => {
    const row = rowOf('trl');
    const prompt = [...(row.prompt as JsonObject[]), { role: 'assistant', content: 'Well' }];
    expect(formatOf('trl').fault({ ...row, prompt })).toMatch(/last message/);
    expect(formatOf('trl').fault({ ...row, chosen: [...prompt] })).toMatch(/one message/);
    expect(formatOf('openai').fault({ ...rowOf('openai'), input: 'text' })).toMatch(/input/);
  });
});
