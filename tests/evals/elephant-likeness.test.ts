import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { pairsAbove, textLikeness } from './text-likeness.js';

interface Item {
  id: string;
  dialogue: { [speaker: string]: string }[];
}
const read = (file: string): Item[] =>
  parse(readFileSync(new URL(`../../evals/pink-elephant/${file}`, import.meta.url), 'utf8')).items;
const files = ['contexts', 'suites/long', 'suites/languages', 'suites/several', 'suites/topics'];
const all = files.flatMap((file) =>
  read(`${file}.yaml`).map(({ id, dialogue }) => ({
    id,
    text: dialogue.flatMap((turn) => Object.values(turn)).join('\n'),
  })),
);

test('no two contexts of any file are alike, or have one id', () => {
  expect(pairsAbove(0.5, all)).toEqual([]);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
});

test('a context with its names exchanged would be found', () => {
  const copy = all[0]!.text.replaceAll('Canon', 'Pentax').replaceAll('Nikon', 'Sony');
  expect(textLikeness(all[0]!.text, copy)).toBeGreaterThan(0.5);
});
