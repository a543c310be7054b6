import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { pairsAbove, textLikeness } from './text-likeness.js';

interface Attributes {
  [attribute: string]: string | number;
}
interface Item {
  id: string;
  domain: string;
  /** Names of the attributes that differ, with a comma between them. */
  distinction: string;
  question: string;
  persona_a: Attributes;
  persona_b: Attributes;
  expected_a: string;
  expected_b: string;
}

const read = (file: string) => parse(readFileSync(new URL(`../../evals/${file}`, import.meta.url), 'utf8'));
const suite = read('persona-bench/comparison-items.yaml');
const items: Item[] = suite.items;
/** The attributes of the shipped personas, in their order; every one of them has all 33. */
const attributes: string[] = Object.keys(read('persona/personas.yaml').people[0].attributes);

const idsWhere = (test: (item: Item) => boolean): string[] => items.filter(test).map(({ id }) => id);
const sentences = (text: string): number => text.match(/[.?!](?=\s|$)/g)?.length ?? 0;

/** Attributes in which two personas differ, a missing one counted as different. */
const differing = (a: Attributes, b: Attributes): string[] =>
  attributes.filter((name) => Object.hasOwn(a, name) !== Object.hasOwn(b, name) || a[name] !== b[name]);

describe('the comparison items', () => {
  test('are at least 60, with unique ids, a licence and a source', () => {
    expect(suite).toMatchObject({ prompts: 'persona-comparison', licence: 'MIT', source: 'Written for evalrun' });
    expect(items.length).toBeGreaterThanOrEqual(60);
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  });

  test('stay within the domains of the prompt suite', () => {
    const domains = new Set((read('persona/prompts.yaml').items as Item[]).map(({ domain }) => domain));
    expect(idsWhere(({ domain }) => !domains.has(domain))).toEqual([]);
  });

  test('differ exactly in the attributes that they name', () => {
    for (const { id, distinction, persona_a: a, persona_b: b } of items)
      expect([id, differing(a, b)]).toEqual([id, distinction.split(', ')]);
    expect(differing({ age: 3, sex: 'Male' }, { age: 4 })).toEqual(['age', 'sex']);
  });

  test('show 8 to 14 attributes, in the names and the order of the persona files', () => {
    expect(attributes).toHaveLength(33);
    for (const { id, persona_a: a, persona_b: b } of items)
      for (const persona of [a, b]) {
        const names = Object.keys(persona);
        expect([id, names]).toEqual([id, attributes.filter((name) => names.includes(name))]);
        expect(names.length).toBeGreaterThanOrEqual(8);
        expect(names.length).toBeLessThanOrEqual(14);
      }
  });

  test('turn on many different attributes', () => {
    expect(new Set(items.flatMap(({ distinction }) => distinction.split(', '))).size).toBeGreaterThanOrEqual(25);
  });

  test('do not give the distinction away in the question', () => {
    expect(
      idsWhere(({ question, distinction, persona_a: a, persona_b: b }) =>
        distinction
          .split(', ')
          .some((name) =>
            [a[name], b[name]].some((value) => question.toLowerCase().includes(String(value).toLowerCase())),
          ),
      ),
    ).toEqual([]);
  });
});

describe('the people shown', () => {
  test('no value of race is shared by more than half of the pairs that show one', () => {
    const races = items.map(({ persona_a: a }) => a.race).filter((race) => race !== undefined);
    for (const { length } of Map.groupBy(races, (race) => race).values())
      expect(length / races.length).toBeLessThanOrEqual(0.5);
  });
});

describe('what is expected', () => {
  test('has two or three sentences, plainly typed', () => {
    const badLength = (text: string): boolean => sentences(text) < 2 || sentences(text) > 3 || text.length > 450;
    expect(idsWhere(({ expected_a: a, expected_b: b }) => badLength(a) || badLength(b))).toEqual([]);
    const untidy = /[\u2013-\u2015\u2018-\u201f\u2026\u00a0]| - |--|\s{2}/;
    expect(
      idsWhere(({ question, expected_a: a, expected_b: b }) => [question, a, b].some((text) => untidy.test(text))),
    ).toEqual([]);
  });

  test('is dissimilar for the two personas of an item', () => {
    const alike = items.map((item) => ({ id: item.id, likeness: textLikeness(item.expected_a, item.expected_b) }));
    expect(alike.filter(({ likeness }) => likeness > 0.35)).toEqual([]);
    // An expectation with one word changed would be found.
    const { expected_a: a } = items[0]!;
    expect(textLikeness(a, a.replace('brief', 'short'))).toBeGreaterThan(0.35);
  });

  test('and no question, nor expectation, stands twice', () => {
    expect(
      pairsAbove(
        0.3,
        items.map(({ id, question }) => ({ id, text: question })),
      ),
    ).toEqual([]);
    const expected = items.flatMap((item) => [
      { id: `${item.id} a`, text: item.expected_a },
      { id: `${item.id} b`, text: item.expected_b },
    ]);
    expect(pairsAbove(0.35, expected)).toEqual([]);
  });
});
