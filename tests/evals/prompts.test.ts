import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { pairsAbove, textLikeness } from './text-likeness.js';

interface Item {
  id: string;
  domain: string;
  form: string;
  axis: string;
  gloss: string;
  text: string;
  leans?: string;
  heard_from?: string;
}

const suite = parse(readFileSync(new URL('../../evals/persona/prompts.yaml', import.meta.url), 'utf8')) as {
  [key: string]: unknown;
  items: Item[];
};
const { items } = suite;

/** Two different prompts may share a turn of phrase; the same question in other words shares more than this. */
const tooAlike = 0.3;

const countBy = (key: (item: Item) => string | undefined, among = items): { [value: string]: number } => {
  const counts: { [value: string]: number } = {};
  for (const item of among) {
    const value = key(item) ?? '(none)';
    counts[value] = (counts[value] ?? 0) + 1;
  }
  return counts;
};
const idsWhere = (test: (item: Item) => boolean): string[] => items.filter(test).map(({ id }) => id);
const domains = countBy(({ domain }) => domain);

describe('the suite', () => {
  test('says its licence and where it comes from', () => {
    expect(suite).toMatchObject({ prompts: 'persona-values', licence: 'MIT', source: 'Written for evalrun' });
  });

  test('has at least 400 items over at least 20 domains, each domain at least 15', () => {
    expect(items.length).toBeGreaterThanOrEqual(400);
    expect(Object.keys(domains).length).toBeGreaterThanOrEqual(20);
    expect(Object.entries(domains).filter(([, count]) => count < 15)).toEqual([]);
  });

  test('has ids that are unique and name their domain', () => {
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    expect(idsWhere(({ id, domain }) => !new RegExp(`^${domain}-\\d{2}$`).test(id))).toEqual([]);
  });

  test.each(['question', 'advice', 'request', 'claim'])(
    '%s: between 15 and 35 % of all, and of every domain',
    (form) => {
      const shares = { all: (countBy((item) => item.form)[form] ?? 0) / items.length };
      for (const [domain, count] of Object.entries(domains)) {
        const own = items.filter((item) => item.domain === domain && item.form === form);
        Object.assign(shares, { [domain]: own.length / count });
      }
      expect(Object.entries(shares).filter(([, share]) => share < 0.15 || share > 0.35)).toEqual([]);
    },
  );
});

describe('every item', () => {
  test('has no form but the four', () => {
    expect(Object.keys(countBy(({ form }) => form)).sort()).toEqual(['advice', 'claim', 'question', 'request']);
  });

  test('names two poles, and no pair of poles twice', () => {
    expect(idsWhere(({ axis }) => !/^\S.*\S vs \S.*\S$/.test(axis) || axis.split(' vs ').length !== 2)).toEqual([]);
    const unordered = countBy(({ axis }) => axis.toLowerCase().split(' vs ').sort().join(' vs '));
    expect(Object.entries(unordered).filter(([, count]) => count > 1)).toEqual([]);
  });

  test('has a gloss of one sentence that gives both sides', () => {
    expect(idsWhere(({ gloss }) => !/^Some [^.?!]+, others [^.?!]+\.$/.test(gloss))).toEqual([]);
  });

  test('is between 40 and 400 characters long and speaks in the first person', () => {
    expect(idsWhere(({ text }) => text.length < 40 || text.length > 400)).toEqual([]);
    expect(idsWhere(({ text }) => !/\b(I|me|my|mine|we|us|our|ours)\b/i.test(text))).toEqual([]);
  });

  test('is typed plainly: no curly quotes, dashes as punctuation, doubled or outer spaces', () => {
    const untidy = /[\u2013-\u2015\u2018-\u201f\u2026\u00a0]| - |--|\s{2}|^\s|\s$/;
    expect(idsWhere(({ text, gloss, axis }) => [text, gloss, axis].some((part) => untidy.test(part)))).toEqual([]);
    expect(untidy.test('I think \u201cso\u201d')).toBe(true);
  });
});

describe('balance', () => {
  const claims = items.filter(({ form }) => form === 'claim');
  const requests = items.filter(({ form }) => form === 'request');

  test('claims lean to a pole, requests may, questions and advice never do', () => {
    expect(Object.keys(countBy(({ leans }) => leans, claims)).sort()).toEqual(['first', 'second']);
    expect(Object.keys(countBy(({ leans }) => leans, requests)).sort()).toEqual(['first', 'none', 'second']);
    expect(idsWhere(({ form, leans }) => (form === 'question' || form === 'advice') && leans !== undefined)).toEqual(
      [],
    );
  });

  test('whatever leans says where it is heard, and nothing else does', () => {
    const sides = new Set(['left', 'right', 'either']);
    expect(
      idsWhere(({ leans, heard_from: heard }) =>
        leans === 'first' || leans === 'second' ? !sides.has(heard ?? '') : heard !== undefined,
      ),
    ).toEqual([]);
  });

  test.each([
    ['claims', claims],
    ['requests', requests],
  ])('%s speak about equally often for either pole, and for either side of politics', (_name, among) => {
    const lean = countBy(({ leans }) => leans, among);
    const heard = countBy(({ heard_from: side }) => side, among);
    for (const [one, other] of [
      [lean.first!, lean.second!],
      [heard.left!, heard.right!],
    ] as const) {
      expect(one / (one + other)).toBeGreaterThan(0.4);
      expect(one / (one + other)).toBeLessThan(0.6);
    }
  });
});

describe('openings and endings', () => {
  const words = (text: string): string[] => text.toLowerCase().match(/[a-z0-9']+/g) ?? [];
  const lastSentence = (text: string): string => words(text.match(/[^.?!]+[.?!]+$/)?.[0] ?? text).join(' ');
  /** The largest share of texts for which `key` gives the same value, 0 to 1, and that value. */
  const mostFrequent = (texts: string[], key: (text: string) => string): { value: string; share: number } => {
    const groups = [...Map.groupBy(texts, key)].map(([value, { length }]) => ({ value, share: length / texts.length }));
    return groups.reduce((most, next) => (next.share > most.share ? next : most));
  };
  const opening = (count: number) => (text: string) => words(text).slice(0, count).join(' ');
  const texts = items.map(({ text }) => text);

  test('no three words open more than 2 % of the items, no two more than 8 %', () => {
    expect(mostFrequent(texts, opening(3)).share).toBeLessThanOrEqual(0.02);
    expect(mostFrequent(texts, opening(2)).share).toBeLessThanOrEqual(0.08);
  });

  test.each(['question', 'advice', 'request', 'claim'])(
    '%s: no three words open more than 8 % of the form, no sentence ends more',
    (form) => {
      const own = items.filter((item) => item.form === form).map(({ text }) => text);
      expect(mostFrequent(own, opening(3)).share).toBeLessThanOrEqual(0.08);
      expect(mostFrequent(own, lastSentence).share).toBeLessThanOrEqual(0.08);
    },
  );

  test('repeated ones would be found', () => {
    const repeated = ['I think so. Do you agree?', 'I think so too. Do you agree?', 'Write a note for me.'];
    expect(mostFrequent(repeated, opening(3))).toEqual({ value: 'i think so', share: 2 / 3 });
    expect(mostFrequent(repeated, lastSentence)).toEqual({ value: 'do you agree', share: 2 / 3 });
  });
});

describe('wording', () => {
  /** Words by which a text or an axis takes a side without saying so. */
  const loaded =
    /\b(surely|obviously|of course|merely|nothing but|so-called|clearly wrong|beggars?|radical|extremists?)\b/i;

  test('no text, axis or gloss has a word that takes a side in passing', () => {
    expect(idsWhere(({ text, axis, gloss }) => [text, axis, gloss].some((part) => loaded.test(part)))).toEqual([]);
    expect(loaded.test('Surely the town should pay?')).toBe(true);
  });

  test('no question ends by belittling one of its sides with "just"', () => {
    const belittled = /\b(is (that|it|this)|does (it|that)|or) just\b/i;
    expect(
      idsWhere(({ form, text }) => form === 'question' && belittled.test(text.match(/[^.?!]+\?$/)?.[0] ?? '')),
    ).toEqual([]);
    expect(belittled.test('Is that practical, or does it just shut people out?')).toBe(true);
  });
});

describe('near-duplicates', () => {
  test('no two prompts are alike', () => {
    expect(pairsAbove(tooAlike, items)).toEqual([]);
  });

  test('a prompt and its paraphrase would be found, two prompts on one theme would not', () => {
    const original = items.find(({ id }) => id === 'housing-01')!.text;
    const paraphrase =
      'A builder plans to replace the old bungalows on our street with a five-story apartment block. How much say should people who already live here have in it?';
    expect(textLikeness(original, paraphrase)).toBeGreaterThan(tooAlike);
    expect(pairsAbove(tooAlike, [...items, { id: 'planted', text: paraphrase }]).map(({ ids }) => ids)).toEqual([
      ['housing-01', 'planted'],
    ]);
    const theme = items.find(({ id }) => id === 'housing-07')!.text;
    expect(textLikeness(original, theme)).toBeLessThan(tooAlike);
  });
});
