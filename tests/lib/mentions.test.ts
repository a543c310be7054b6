import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { EvalrunError } from '../../src/contract/problem.js';
import { type CasePolicy, type Entity, findMentions } from '../../src/lib/mentions.js';

interface Labelled {
  entity: Entity;
  case?: CasePolicy;
  sentences: string[];
}

const folder = new URL('../fixtures/mentions/', import.meta.url);
const labelled = readdirSync(folder).flatMap(
  (file) => parse(readFileSync(new URL(file, folder), 'utf8')) as Labelled[],
);

const unmark = (sentence: string) => {
  const expected: string[] = [];
  const text = sentence.replace(/⟦([^⟧]*)⟧/g, (_, name: string) => {
    expected.push(name);
    return name;
  });
  return { text, expected };
};

const found = (text: string, entity: Entity, policy?: CasePolicy): string[] =>
  findMentions(text, entity, policy).map(({ start, end }) => text.slice(start, end));

describe('labelled sentences', () => {
  const counts = { right: 0, wrong: 0, missed: 0, sentences: 0 };
  const faults: string[] = [];
  for (const { entity, case: policy, sentences } of labelled) {
    for (const sentence of sentences) {
      const { text, expected } = unmark(sentence);
      const got = found(text, entity, policy);
      const right = expected.filter((name, i) => got[i] === name).length;
      counts.sentences++;
      counts.right += right;
      counts.wrong += got.length - right;
      counts.missed += expected.length - right;
      if (right < Math.max(got.length, expected.length))
        faults.push(`${entity.name}: ${sentence} → ${got.join(' | ')}`);
    }
  }

  test('are many', () => {
    expect(counts.sentences).toBeGreaterThanOrEqual(250);
  });

  test('mentions are found in their exact place with precision and recall of at least .99', () => {
    if (faults.length > 0) console.log(faults.join('\n'));
    expect(counts.right / (counts.right + counts.wrong)).toBeGreaterThanOrEqual(0.99);
    expect(counts.right / (counts.right + counts.missed)).toBeGreaterThanOrEqual(0.99);
    expect(faults).toEqual([]);
  });
});

describe('findMentions', () => {
  test('a name without a letter or digit is refused, with what to do', () => {
    for (const entity of [{ name: '' }, { name: '?!' }, { name: 'Nike', aliases: ['  '] }]) {
      let error: unknown;
      try {
        findMentions('text', entity);
      } catch (caught) {
        error = caught;
      }
      expect(error).toBeInstanceOf(EvalrunError);
      expect((error as EvalrunError).code).toBe('BAD_ENTITY');
      expect((error as EvalrunError).hint).toBeTruthy();
    }
  });

  test('the longer name wins where two overlap', () => {
    expect(found('Nike Air Max and Nike', { name: 'Nike', aliases: ['Nike Air', 'Nike Air Max'] })).toEqual([
      'Nike Air Max',
      'Nike',
    ]);
  });

  test('smart case: a name in lower case is found in any case, one with capitals only with one', () => {
    const entity = { name: 'Target', aliases: ['the red bullseye'] };
    expect(found('a target at Target, The Red Bullseye', entity, 'smart')).toEqual(['Target', 'The Red Bullseye']);
  });

  test('a name is found in any frame of punctuation and nowhere inside a word', () => {
    const name = fc.stringMatching(/^[A-Z][a-z]{3,9}$/).filter((word) => !/n$/.test(word));
    const frame = fc.constantFrom(
      ' ',
      '"',
      '(',
      ')',
      '«',
      '»',
      ',',
      '.',
      '…',
      '**',
      '_',
      '\n',
      '—',
      '/',
      ': ',
      '🎉',
      '',
    );
    fc.assert(
      fc.property(name, frame, frame, (word, left, right) => {
        expect(found(`${left}${word}${right}`, { name: word })[0]?.startsWith(word)).toBe(true);
        expect(found(`ab${word}${right}`, { name: word })).toEqual([]);
        expect(found(`${left}${word}qq`, { name: word })).toEqual([]);
      }),
    );
  });

  test('spans lie inside the text, in order, without overlap, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        (a, b) => {
          const text = `${a} Nike ${b} Straße`;
          let last = 0;
          for (const { start, end } of findMentions(text, { name: 'Nike', aliases: ['Strasse'] })) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
            last = end;
          }
          expect(last).toBeGreaterThan(0);
        },
      ),
    );
  });

  test('a long name of many words is not tried in every way to part them', () => {
    const words = 'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu';
    const text = `${words.replaceAll(' ', `***${' '.repeat(8)}\n${' '.repeat(8)}___`)}x `.repeat(300);
    const start = performance.now();
    expect(findMentions(text, { name: words })).toEqual([]);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test('time grows linearly with hostile text', () => {
    const entity = { name: 'Air Jordan', aliases: ['A.B. & C', 'x-y z', 'Nikenike'], language: 'de' };
    const hostile = [
      'air ',
      'air\n',
      'air*',
      '*',
      '_',
      'a.b. ',
      ' ',
      '\u200b',
      'а',
      'e\u0301',
      '\u0301',
      'air    ',
      '🏀',
      'air🏀',
      'n i k ',
      'n.i.k.',
      'n-i-k-',
    ];
    for (const piece of hostile) {
      const time = (repeats: number) => {
        const text = piece.repeat(repeats);
        const start = performance.now();
        findMentions(text, entity);
        return performance.now() - start;
      };
      time(1000);
      expect(time(100_000)).toBeLessThan(2000);
    }
  });
});
