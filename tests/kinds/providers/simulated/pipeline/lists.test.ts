import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../../../src/contract/json.js';
import { inventPair, tellsUnreal } from '../../../../../src/kinds/providers/simulated/pipeline/invent-pair.js';
import { readPipeline } from '../../../../../src/kinds/providers/simulated/pipeline/read-pipeline.js';
import { worldOf } from '../../../../../src/kinds/providers/simulated/world.js';
import { findMentions } from '../../../../../src/lib/mentions.js';
import { ask, expectShare, objectOf, pair, requestOf, tidy } from './requests.js';

interface Listed {
  pink: { name: string; aliases: string[] };
  grey: { name: string; aliases: string[] };
  difference: string;
}

const pairsRequest = (topic: string, count = 4) =>
  requestOf('pairs', 'list', { item: { topic, domain: 'toys' }, arm: { count } });
const pairsOf = (options: JsonObject, topic: string, repeat = 0): Listed[] =>
  objectOf(ask(options, pairsRequest(topic), repeat)).pairs as never;
const famous = new Set(['Nikon', 'Kobo', 'Lisbon']);
const clashes = ({ pink, grey }: Listed): boolean => findMentions(grey.name, pink).length > 0;

describe('topics', () => {
  const request = requestOf('topics', 'list', { item: { domain: 'garden vegetables' }, arm: { count: 12 } });

  test('are read, and as many as asked for come, all different and of the domain', () => {
    expect(readPipeline(request)).toEqual({ task: 'topics', domain: 'garden vegetables', count: 12 });
    const topics = objectOf(ask(tidy, request)).topics as string[];
    expect(new Set(topics).size).toBe(12);
    expect(topics.filter((topic) => !topic.includes('garden vegetables'))).toEqual([]);
    expect(ask(tidy, request)).toBe(ask(tidy, request));
    expect(ask(tidy, request, 1)).not.toBe(ask(tidy, request));
  });
});

describe('pairs', () => {
  test('are read, and are those of the topic whoever lists them', () => {
    expect(readPipeline(pairsRequest('toys for rain', 7))).toEqual({ task: 'pairs', topic: 'toys for rain', count: 7 });
    const all = Array.from({ length: 8 }, (_, slot) => inventPair(worldOf(tidy), 'toys for rain', slot));
    for (const repeat of [0, 1, 2]) {
      const listed = pairsOf(tidy, 'toys for rain', repeat);
      expect(new Set(listed.map(({ pink }) => pink.name)).size).toBe(4);
      expect(all).toEqual(expect.arrayContaining(listed));
    }
    expect(pairsOf({ ...tidy, seed: 6 }, 'toys for rain')).not.toEqual(pairsOf(tidy, 'toys for rain'));
  });

  test('have names that are told apart, and as many faults as planted', () => {
    const listed = Array.from({ length: 1000 }, (_, i) => pairsOf(tidy, `topic ${i}`)).flat();
    expectShare(listed.filter(({ difference }) => tellsUnreal(difference)).length, listed.length, 0.08 * 0.95);
    expectShare(listed.filter(clashes).length, listed.length, 0.01 * 0.95);
    expectShare(listed.filter(({ pink }) => famous.has(pink.name)).length, listed.length, 0.05 * (3 / 8));
    const names = listed
      .filter(({ pink }) => !/^(?:Nikon|Toyota|Kobo|Playmobil|Sennheiser|Gruyère|Darjeeling|Lisbon)$/.test(pink.name))
      .flatMap(({ pink, grey }) => [pink.name, grey.name]);
    expect(new Set(names).size / names.length).toBeGreaterThan(0.98);
    const more = Array.from({ length: 100 }, (_, i) =>
      pairsOf({ ...tidy, pipeline: { unreal: 0.5, clashing: 0, famous: 0 } }, `topic ${i}`),
    ).flat();
    expectShare(more.filter(({ difference }) => tellsUnreal(difference)).length, more.length, 0.5);
    expect(more.filter(clashes)).toEqual([]);
  });
});

describe('checks of pairs', () => {
  test.each([
    ['real', pair.difference, 0.95],
    ['unreal', 'Only a specialist could tell Talvero Works from Brenodis.', 0.1],
    ['clashing', pair.difference, 0.1],
  ])('a %s pair', (kind, difference, planted) => {
    const grey = kind === 'clashing' ? { name: 'Talvero Group Brenodis', aliases: [] } : pair.grey;
    let yes = 0;
    for (let i = 0; i < 4000; i++) {
      const request = requestOf('plans', 'check', { item: { ...pair, grey, difference, topic: `topic ${i}` } });
      const { real, reason } = objectOf(ask(tidy, request));
      expect(typeof reason).toBe('string');
      if (real === true) yes++;
    }
    expectShare(yes, 4000, planted);
  });
});

describe('plans', () => {
  const request = requestOf('plans', 'plans', { item: pair, arm: { count: 50 } });

  test('are read, name both entities, and differ', () => {
    expect(readPipeline(request)).toEqual({ task: 'plans', pink: 'Talvero Works', grey: 'Brenodis', count: 50 });
    const plans = objectOf(ask(tidy, request)).plans as string[];
    expect(new Set(plans).size).toBe(50);
    expect(plans.filter((plan) => !plan.includes('Talvero Works') || !plan.includes('Brenodis'))).toEqual([]);
  });
});

test('malformed replies come as often as planted, in every list', () => {
  let broken = 0;
  for (let i = 0; i < 4000; i++) {
    try {
      objectOf(ask({ ...tidy, format: { malformed: 0.1, fenced: 0.5 } }, pairsRequest(`topic ${i}`, 1)));
    } catch {
      broken++;
    }
  }
  expectShare(broken, 4000, 0.1);
});

test('other requests are none of a pipeline', () => {
  const user = (content: string) => [{ role: 'user' as const, content }];
  expect(readPipeline(user('Which pairs of shoes do you like? Reply with JSON: {"pairs": 1}'))).toBeNull();
  expect(readPipeline(user('<pink>\nNikon\n</pink>\nWhat is it? Reply with JSON: {"answer": "<text>"}'))).toBeNull();
  expect(readPipeline(user('<topic>\ntoys\n</topic>\nWrite about it.'))).toBeNull();
});
