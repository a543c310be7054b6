import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { type Entity, findMentions } from '../../src/lib/mentions.js';
import { pairsAbove, textLikeness } from './text-likeness.js';

type Turn = { user: string } | { assistant: string };
interface Named extends Entity {
  aliases: string[];
}
interface Pair {
  id: string;
  domain: string;
  split: string;
  pink: Named;
  grey: Named;
  difference: string;
  implicit: string[];
  ambiguity?: string;
}
interface Context {
  id: string;
  pair?: string;
  domain: string;
  pink: Named;
  grey: Named;
  language?: string;
  dialogue: Turn[];
}
interface Topic {
  id: string;
  topic: Named;
  implicit: string[];
  dialogue: Turn[];
}

const read = (file: string) =>
  parse(readFileSync(new URL(`../../evals/pink-elephant/${file}`, import.meta.url), 'utf8'));
const pairs: Pair[] = read('pairs.yaml').items;
const first: Context[] = read('contexts.yaml').items;
const more: Context[] = read('contexts-more.yaml').items;
const several: (Omit<Context, 'pink'> & { pinks: Named[] })[] = read('suites/several.yaml').items;
const topics: Topic[] = read('suites/topics.yaml').items;
const suite = (name: string): Context[] => read(`suites/${name}.yaml`).items;
const single = {
  more,
  long: suite('long'),
  german: suite('german'),
  french: suite('french'),
  spanish: suite('spanish'),
};

const said = (turn: Turn): string => ('user' in turn ? turn.user : turn.assistant);
const text = ({ dialogue }: { dialogue: Turn[] }): string => dialogue.map(said).join('\n');
const names = ({ name, aliases }: Named): string[] => [name, ...aliases];
const named = (passage: string, entity: Entity): boolean => findMentions(passage, entity).length > 0;
const folded = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
const entitiesOf = (split: string): Set<string> =>
  new Set(
    pairs
      .filter((pair) => pair.split === split)
      .flatMap(({ pink, grey }) => [...names(pink), ...names(grey)].map(folded)),
  );
const idsWhere = <Item extends { id: string }>(items: Item[], holds: (item: Item) => boolean): string[] =>
  items.filter(holds).map(({ id }) => id);
const repeated = (ids: string[]): string[] => ids.filter((id, at) => ids.indexOf(id) !== at);

/** Whether user and assistant take turns, the user first and last. */
const alternates = ({ dialogue }: { dialogue: Turn[] }): boolean =>
  dialogue.length % 2 === 1 && dialogue.every((turn, at) => Object.keys(turn).join() === ['user', 'assistant'][at % 2]);

/** Whether the last turn, and none before it, names the entity. */
const raisedAtTheEnd = ({ dialogue }: { dialogue: Turn[] }, entity: Entity): boolean =>
  dialogue.findIndex((turn) => named(said(turn), entity)) === dialogue.length - 1;

describe('the pairs', () => {
  test('are at least 210 over at least 30 domains, at least 20 with an ambiguous name', () => {
    expect(read('pairs.yaml')).toMatchObject({ licence: 'MIT', source: 'Written for evalrun' });
    expect(pairs.length).toBeGreaterThanOrEqual(210);
    expect(new Set(pairs.map(({ domain }) => domain)).size).toBeGreaterThanOrEqual(30);
    expect(idsWhere(pairs, ({ ambiguity }) => ambiguity !== undefined).length).toBeGreaterThanOrEqual(20);
    expect(repeated(pairs.map(({ id }) => id))).toEqual([]);
  });

  test('are split into two parts of similar size that share no entity', () => {
    const held = entitiesOf('held_out');
    expect([...entitiesOf('training')].filter((name) => held.has(name))).toEqual([]);
    const share = pairs.filter(({ split }) => split === 'held_out').length / pairs.length;
    expect(share).toBeGreaterThanOrEqual(0.4);
    expect(share).toBeLessThanOrEqual(0.65);
    expect(idsWhere(pairs, ({ split }) => split !== 'held_out' && split !== 'training')).toEqual([]);
  });

  test('have no name of the one inside a name of the other', () => {
    const clash = ({ pink, grey }: Pair) =>
      names(pink).some((name) => names(grey).some((other) => named(other, { name }) || named(name, { name: other })));
    expect(idsWhere(pairs, clash)).toEqual([]);
    expect(named('Apple Music', { name: 'Apple' })).toBe(true);
  });

  test('have no pink name twice among those without another sense, and no alias twice in an entity', () => {
    const again = repeated(
      pairs.flatMap(({ pink, ambiguity }) => (ambiguity ? [] : [...new Set(names(pink).map(folded))])),
    );
    expect(again).toEqual([]);
    expect(idsWhere(pairs, ({ pink, grey }) => [pink, grey].some((e) => repeated(names(e)).length > 0))).toEqual([]);
  });

  test('say their difference in one sentence and have two or three implicit descriptions without any name', () => {
    expect(idsWhere(pairs, ({ difference }) => !/^[^?!]+\.$/.test(difference))).toEqual([]);
    expect(idsWhere(pairs, ({ implicit }) => implicit.length < 2 || implicit.length > 3)).toEqual([]);
    expect(
      idsWhere(pairs, ({ implicit, pink, grey }) => implicit.some((cue) => named(cue, pink) || named(cue, grey))),
    ).toEqual([]);
  });
});

describe('the contexts', () => {
  test('of both files belong to held-out pairs, with the entities of the pair, and to different ones', () => {
    const byId = new Map(pairs.map((pair) => [pair.id, pair]));
    for (const { id, pair, domain, pink, grey } of [...first, ...more]) {
      expect({ id, ...byId.get(pair!) }).toMatchObject({ id: pair, split: 'held_out', domain, pink, grey });
    }
    const before = new Set(first.map(({ pair }) => pair));
    expect(idsWhere(more, ({ pair }) => before.has(pair))).toEqual([]);
    expect(idsWhere(more, ({ pair }) => more.filter((other) => other.pair === pair).length !== 2)).toEqual([]);
  });

  test.each(Object.entries(single))('of %s raise the Pink Elephant in the last turn and not before', (name, items) => {
    expect(repeated(items.map(({ id }) => id))).toEqual([]);
    expect(idsWhere(items, (item) => !alternates(item))).toEqual([]);
    expect(idsWhere(items, (item) => !raisedAtTheEnd(item, item.pink))).toEqual([]);
    expect(idsWhere(items, ({ dialogue, grey }) => !dialogue.slice(0, 2).some((t) => named(said(t), grey)))).toEqual(
      [],
    );
    const turns = items.map(({ dialogue }) => dialogue.length);
    expect(Math.min(...turns)).toBeGreaterThanOrEqual(name === 'long' ? 12 : 3);
    if (name !== 'long') expect(Math.max(...turns)).toBeLessThanOrEqual(7);
  });

  test('a dialogue that breaks a rule would be found', () => {
    const entity = { name: 'Nikon' };
    const early = { dialogue: [{ user: 'My Nikon' }, { assistant: 'Well' }, { user: 'And the Nikon?' }] };
    expect(raisedAtTheEnd(early, entity)).toBe(false);
    expect(alternates({ dialogue: [{ user: 'a' }, { user: 'b' }, { user: 'c' }] })).toBe(false);
    expect(alternates({ dialogue: [{ user: 'a' }, { assistant: 'b' }] })).toBe(false);
  });

  test('are in the numbers that the suites promise', () => {
    expect(more.length).toBeGreaterThanOrEqual(120);
    expect(single.long.length).toBeGreaterThanOrEqual(8);
    for (const [suiteOf, code] of [
      [single.german, 'de'],
      [single.french, 'fr'],
      [single.spanish, 'es'],
    ] as const) {
      expect(suiteOf.length).toBeGreaterThanOrEqual(12);
      expect(idsWhere(suiteOf, ({ language }) => language !== code)).toEqual([]);
    }
  });
});

describe('the suites', () => {
  test('use no entity that is meant for training', () => {
    const training = entitiesOf('training');
    const all = [
      ...Object.values(single).flat(),
      ...several.flatMap((item) => item.pinks.map((pink) => ({ ...item, pink }))),
    ];
    const trained = (entity: Named) => names(entity).some((name) => training.has(folded(name)));
    expect(idsWhere(all, ({ pink, grey }) => trained(pink) || trained(grey))).toEqual([]);
  });
});

describe('several Pink Elephants', () => {
  test('at least 12 contexts with two or three each, all raised in the last turn and none before', () => {
    expect(several.length).toBeGreaterThanOrEqual(12);
    expect(idsWhere(several, ({ pinks }) => pinks.length < 2 || pinks.length > 3)).toEqual([]);
    expect(idsWhere(several, (item) => !alternates(item))).toEqual([]);
    expect(idsWhere(several, (item) => !item.pinks.every((pink) => raisedAtTheEnd(item, pink)))).toEqual([]);
  });
});

describe('topics to stay away from', () => {
  test('at least 20, with cues that do not name them and a last turn that does', () => {
    expect(topics.length).toBeGreaterThanOrEqual(20);
    expect(idsWhere(topics, ({ implicit }) => implicit.length < 2)).toEqual([]);
    expect(idsWhere(topics, ({ implicit, topic }) => implicit.some((cue) => named(cue, topic)))).toEqual([]);
    expect(idsWhere(topics, (item) => !alternates(item) || !raisedAtTheEnd(item, item.topic))).toEqual([]);
  });
});

describe('near-duplicates', () => {
  const all = [...first, ...Object.values(single).flat(), ...several].map((item) => ({
    id: item.id,
    text: text(item),
  }));

  test('no two contexts of any file are alike', () => {
    expect(pairsAbove(0.5, all)).toEqual([]);
    expect(repeated(all.map(({ id }) => id))).toEqual([]);
  });

  test('a context with its names exchanged would be found', () => {
    const copy = all[0]!.text.replaceAll('Canon', 'Pentax').replaceAll('Nikon', 'Sony');
    expect(textLikeness(all[0]!.text, copy)).toBeGreaterThan(0.5);
  });
});
