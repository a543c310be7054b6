import { describe, expect, test } from '@jest/globals';
import { chanceRange, isOutside } from '../../../src/kinds/reporters/html/fidelity/chance-range.js';
import { fidelityPage } from '../../../src/kinds/reporters/html/fidelity/fidelity-page.js';
import { fidelityOf } from '../../../src/lib/fidelity.js';
import { fidelityVerdict, rejections } from '../../../src/lib/fidelity-words.js';
import { draw, population } from '../../fixtures/fidelity-fixture.js';

const about = { id: 'town', kind: 'census', evalrunVersion: '1.2.3' };

describe('the page of drawn personas', () => {
  const page = fidelityPage({ about, draw, fidelity: fidelityOf(draw.people, population) });
  const text = page
    .slice(page.indexOf('<body>'), page.lastIndexOf('<script>'))
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

  test('says what was drawn, how far it lies from the population, and what is beyond noise', () => {
    expect(text).toContain('1 of 2 attributes within the noise of the draw');
    expect(text).toContain('sex 200 30.0% 9.5% beyond noise Female: 50.0% → 80.0%');
    expect(text).toContain('7 others 35.0% → 35.0%');
    expect(text).toContain('largest difference: Female, Trade 0: 2.5% → 0.0%');
    expect(text).toContain('child with a doctorate 3');
    expect(text).toContain('1 more rule rejected none.');
    expect(text).toContain('ancestry no rate was found');
    expect(text).toContain('files 1: file a.csv');
    expect(text).toContain('planted table planted pairs');
  });

  test('is one file without the network, and only escapes what it is given', () => {
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/(?:src|href)="(?!#)/);
    expect(page).not.toContain('<planted>');
    expect(text).toContain('a &lt;planted> town');
  });

  test('the same draw gives the same bytes', () => {
    expect(fidelityPage({ about, draw, fidelity: fidelityOf(draw.people, population) })).toBe(page);
  });

  test('where nothing is known of the population it says so, and shows no distance', () => {
    const bare = fidelityPage({ about, draw: { ...draw, population: null }, fidelity: null });
    expect(bare).toContain('nothing is known of it');
    expect(bare).not.toContain('id="attributes"');
  });
});

test('the range of chance holds about 99 of 100 draws, and one person more is no finding', () => {
  const [low, high] = chanceRange(0.5, 400);
  expect([low, high].map((end) => end.toFixed(4))).toEqual(['0.4356', '0.5644']);
  expect(chanceRange(0, 400)).toEqual([0, 0]);
  expect(isOutside(0, 1 / 400, 400)).toBe(false);
  expect(isOutside(0, 3 / 400, 400)).toBe(true);
  expect(isOutside(0.5, 0.6, 400)).toBe(true);
});

test('sentences for rejections and verdicts', () => {
  expect(rejections({ a: 0, b: 2, c: 5 })).toEqual({
    rows: [
      ['c', 5],
      ['b', 2],
    ],
    hint: 'A draw that breaks a rule of consistency is thrown away and drawn again. 1 more rule rejected none.',
  });
  expect(rejections({ a: 0, b: 0 }).hint).toMatch(/None of the 2 rules rejected any draw\.$/);
  expect(fidelityVerdict({ attributes: [], pairs: [] })).toBe('nobody is counted in any attribute of the population.');
});
