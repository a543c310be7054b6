import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { groupOfValue } from '../../../../src/kinds/reporters/html/client/group-of-value.js';
import { findAll, piecesOf } from '../../../../src/kinds/reporters/html/client/highlight.js';
import { readAddress } from '../../../../src/kinds/reporters/html/client/page-address.js';
import {
  everything,
  filterTranscripts,
  scoreChoices,
  type TranscriptFilter,
} from '../../../../src/kinds/reporters/html/client/transcript-filter.js';
import { TranscriptStore } from '../../../../src/kinds/reporters/html/client/transcript-store.js';
import { packTranscript } from '../../../../src/kinds/reporters/html/transcripts/packed.js';
import { reportFixture } from '../../../fixtures/report-fixture.js';

async function filledStore(count: number): Promise<TranscriptStore> {
  const store = new TranscriptStore();
  const numbers = new Map<string, number>();
  for await (const transcript of reportFixture().transcripts(count)) {
    const strings: string[] = [];
    const ref = (text: string) => {
      if (!numbers.has(text)) {
        numbers.set(text, numbers.size);
        strings.push(text);
      }
      return numbers.get(text)!;
    };
    const row = packTranscript(transcript, ref);
    store.add({ strings, rows: [row] });
  }
  return store;
}

describe('transcript filter', () => {
  const cells = async (part: Partial<TranscriptFilter>) => {
    const store = await filledStore(200);
    return filterTranscripts(store, { ...everything, ...part }).map((index) => store.rows[index]!);
  };

  test('without a wish everything passes, in order', async () => {
    expect((await cells({})).map((row) => row.cell)).toEqual(Array.from({ length: 200 }, (_, i) => i));
  });

  test('by outcome, provider and arm', async () => {
    expect(await cells({ outcome: 'failed' })).toHaveLength(7);
    expect(await cells({ outcome: 'refused' })).toHaveLength(5);
    expect(await cells({ provider: 'openai' })).toHaveLength(100);
    expect(await cells({ provider: 'openai', arm: 'baseline' })).toHaveLength(25);
  });

  test('by words, in replies or everywhere, whatever their case', async () => {
    expect((await cells({ query: 'window.HACKED = 1' })).map((row) => row.cell)).toEqual([12]);
    expect(await cells({ query: 'age: 20' })).toHaveLength(0);
    expect(await cells({ query: 'age: 20', scope: 'all' })).toHaveLength(200);
    expect(await cells({ query: 'cannot help' })).toHaveLength(5);
    expect(await cells({ query: 'no reply' })).toHaveLength(7);
  });

  test('by a score that the choices offer', async () => {
    const store = await filledStore(200);
    const choices = scoreChoices(store);
    const unscored = choices.find((choice) => choice.text.startsWith('fits: unscored: failed'))!;
    expect(unscored.text).toBe('fits: unscored: failed (7)');
    expect(filterTranscripts(store, { ...everything, score: unscored.value })).toHaveLength(7);
    const total = choices.filter((choice) => choice.value.startsWith('fits\n'));
    const counts = total.map((choice) => filterTranscripts(store, { ...everything, score: choice.value }).length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(200);
  });

  test('by group of an item or persona field', async () => {
    const domain = await cells({ group: { field: 'item.domain', group: 'work', bands: null } });
    expect(domain.length).toBeGreaterThan(0);
    expect(domain.length).toBeLessThan(200);
    expect(await cells({ group: { field: 'persona.age', group: '18–34', bands: [18, 35] } })).toHaveLength(200);
    expect(await cells({ group: { field: 'persona.age', group: '35+', bands: [18, 35] } })).toHaveLength(0);
  });
});

describe('groups of values', () => {
  test('bands are named as in the report', () => {
    const bands = [18, 35];
    expect([3, 18, 34, 35, 90].map((age) => groupOfValue(age, bands))).toEqual(['<18', '18–34', '18–34', '35+', '35+']);
    expect(groupOfValue('Female', null)).toBe('Female');
    expect(groupOfValue(true, null)).toBe('true');
    expect(groupOfValue(undefined, null)).toBe('(none)');
    expect([20, '20', 21, 'unknown'].map((value) => groupOfValue(value, [20, 21]))).toEqual([
      '20',
      '20',
      '21+',
      '(none)',
    ]);
    expect(groupOfValue(0.7, [0.5, 1.5])).toBe('0.5–<1.5');
  });
});

describe('highlighting', () => {
  test('overlapping marks are cut at their ends', () => {
    const pieces = piecesOf('abcdef', [
      { start: 1, end: 4, grader: 'g' },
      { start: 3, end: 5, grader: 'h' },
      { start: 0, end: 1, grader: null },
    ]);
    expect(pieces.map((piece) => piece.text)).toEqual(['a', 'bc', 'd', 'e', 'f']);
    expect(pieces.map((piece) => piece.evidence)).toEqual([[], ['g'], ['g', 'h'], ['h'], []]);
    expect(pieces[0]!.found).toBe(true);
  });

  test('the pieces joined are the text, wherever the marks lie', () => {
    const mark = fc.record({
      start: fc.integer({ min: -5, max: 30 }),
      end: fc.integer({ min: -5, max: 30 }),
      grader: fc.constantFrom('g', null),
    });
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.array(mark, { maxLength: 6 }), (text, marks) => {
        expect(
          piecesOf(text, marks)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  test('a search finds every place, ignoring case', () => {
    expect(findAll('Nikon nikon NIKON', ' nikon ')).toEqual(
      [0, 6, 12].map((start) => ({ start, end: start + 5, grader: null })),
    );
    expect(findAll('anything', '')).toEqual([]);
  });
});

describe('addresses', () => {
  test('cells and slices are read, everything else is left to the browser', () => {
    expect(readAddress('#cell/12')).toEqual({ kind: 'cell', cell: 12 });
    expect(readAddress('#transcripts/open%2Fai/base')).toEqual({
      kind: 'slice',
      provider: 'open/ai',
      arm: 'base',
      field: null,
      group: null,
    });
    expect(readAddress('#transcripts/p/a/persona.age/18%E2%80%9334')).toMatchObject({
      field: 'persona.age',
      group: '18–34',
    });
    for (const other of ['', '#transcripts', '#cell/x', '#%zz']) expect(readAddress(other)).toBeNull();
  });
});
