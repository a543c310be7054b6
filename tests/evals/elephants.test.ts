import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readMentions } from '../../src/lib/mention-sense.js';
import { type Entity, findMentions } from '../../src/lib/mentions.js';

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
  note?: string;
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
const contexts: Context[] = read('contexts.yaml').items;
const several: (Omit<Context, 'pink'> & { pinks: Named[] })[] = read('suites/several.yaml').items;
const topics: Topic[] = read('suites/topics.yaml').items;
const suite = (name: string): Context[] => read(`suites/${name}.yaml`).items;
const training: Context[] = read('contexts-training.yaml').items;
const single = { contexts, training, long: suite('long'), languages: suite('languages') };

const said = (turn: Turn): string => ('user' in turn ? turn.user : turn.assistant);
const names = ({ name, aliases }: Named): string[] => [name, ...aliases];
const named = (passage: string, entity: Entity): boolean => findMentions(passage, entity).length > 0;
const inLanguage = (entity: Entity, language: string | undefined): Entity =>
  language === undefined ? entity : { ...entity, language };
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

/** Whether the last turn, and none before it, names the entity; where a name is an ordinary word too, with its capital. */
const raisedAtTheEnd = ({ dialogue }: { dialogue: Turn[] }, entity: Entity): boolean =>
  dialogue.findIndex((turn) => readMentions(said(turn), entity).explicit.length > 0) === dialogue.length - 1;

describe('the pairs', () => {
  test('are at least 210 over at least 30 domains, at least 30 with a name that is an ordinary word', () => {
    expect(read('pairs.yaml')).toMatchObject({ licence: 'MIT', source: 'Written for evalrun' });
    expect(pairs.length).toBeGreaterThanOrEqual(210);
    expect(new Set(pairs.map(({ domain }) => domain)).size).toBeGreaterThanOrEqual(30);
    expect(idsWhere(pairs, ({ pink }) => pink.ambiguity !== undefined).length).toBeGreaterThanOrEqual(30);
    expect(repeated(pairs.map(({ id }) => id))).toEqual([]);
  });

  test('are split into two parts of similar size that share no entity', () => {
    const held = entitiesOf('held_out');
    expect([...entitiesOf('training')].filter((name) => held.has(name))).toEqual([]);
    const share = pairs.filter(({ split }) => split === 'held_out').length / pairs.length;
    expect(Math.abs(share - 0.525)).toBeLessThanOrEqual(0.125);
    expect(idsWhere(pairs, ({ split }) => split !== 'held_out' && split !== 'training')).toEqual([]);
  });

  test('have no name of the one inside a name of the other', () => {
    const clash = ({ pink, grey }: Pair) =>
      names(pink).some((name) => names(grey).some((other) => named(other, { name }) || named(name, { name: other })));
    expect(idsWhere(pairs, clash)).toEqual([]);
    expect(named('Apple Music', { name: 'Apple' })).toBe(true);
  });

  test('give another sense only to names that a capital tells apart from it, and to no other key', () => {
    const small = ({ pink }: Pair) => pink.ambiguity !== undefined && !/^\p{Lu}/u.test(pink.name);
    expect(idsWhere(pairs, small)).toEqual([]);
    expect(idsWhere(pairs, (pair) => 'ambiguity' in pair)).toEqual([]);
  });

  test('have no pink name twice among those without another sense, and no alias twice in an entity', () => {
    const again = repeated(pairs.flatMap(({ pink }) => (pink.ambiguity ? [] : [...new Set(names(pink).map(folded))])));
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
  test.each([
    ['held_out', [...contexts, ...single.long]],
    ['training', training],
  ])('are those of %s pairs, with their entities', (split, items) => {
    const byId = new Map(pairs.map((pair) => [pair.id, pair]));
    for (const { id, pair, pink, grey } of items) {
      const known = byId.get(pair!);
      expect({ id, split: known?.split }).toEqual({ id, split });
      expect({ id, pink, grey }).toEqual({ id, pink: known?.pink, grey: known?.grey });
    }
    const inSuite = items.filter(({ id }) => !id.startsWith('long-'));
    expect(idsWhere(inSuite, ({ pair, domain }) => byId.get(pair!)?.domain !== domain)).toEqual([]);
  });

  test.each(Object.entries(single))('of %s raise the Pink Elephant in the last turn and not before', (name, items) => {
    expect(repeated(items.map(({ id }) => id))).toEqual([]);
    expect(idsWhere(items, (item) => !alternates(item))).toEqual([]);
    expect(idsWhere(items, (item) => !raisedAtTheEnd(item, inLanguage(item.pink, item.language)))).toEqual([]);
    const opensOnGrey = ({ dialogue, grey, language }: Context) =>
      dialogue.slice(0, 2).some((turn) => named(said(turn), inLanguage(grey, language)));
    expect(idsWhere(items, (item) => !opensOnGrey(item))).toEqual([]);
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
    expect(contexts.length).toBeGreaterThanOrEqual(314);
    for (const items of [contexts, training]) {
      const perPair = new Map<string, number>();
      for (const { pair } of items) perPair.set(pair!, (perPair.get(pair!) ?? 0) + 1);
      expect(Math.min(...perPair.values())).toBeGreaterThanOrEqual(2);
    }
    expect(new Set([...contexts, ...training].map(({ pair }) => pair)).size).toBe(pairs.length);
    expect(single.long.length).toBe(16);
    const of = (code: string) => idsWhere(single.languages, ({ language }) => language === code);
    expect([of('de'), of('fr'), of('es')].map(({ length }) => length)).toEqual([24, 24, 24]);
    expect(single.languages.length).toBe(72);
    expect(idsWhere(single.languages, ({ id, language }) => !id.startsWith(`${language}-`))).toEqual([]);
    expect([several.length, topics.length]).toEqual([24, 26]);
  });
});

describe('the suites', () => {
  test('use no entity that is meant for training', () => {
    const trainedOn = entitiesOf('training');
    const all = [
      ...[contexts, single.long, single.languages].flat(),
      ...several.flatMap((item) => item.pinks.map((pink) => ({ ...item, pink }))),
    ];
    const trained = (entity: Named) => names(entity).some((name) => trainedOn.has(folded(name)));
    expect(idsWhere(all, ({ pink, grey }) => trained(pink) || trained(grey))).toEqual([]);
  });
});

describe('several Pink Elephants', () => {
  test('contexts with two or three each, all raised in the last turn and none before', () => {
    expect(idsWhere(several, ({ pinks }) => pinks.length < 2 || pinks.length > 3)).toEqual([]);
    expect(idsWhere(several, (item) => !alternates(item))).toEqual([]);
    expect(idsWhere(several, (item) => !item.pinks.every((pink) => raisedAtTheEnd(item, pink)))).toEqual([]);
    expect(idsWhere(several, ({ dialogue, grey }) => !named(said(dialogue[0]!), grey))).toEqual([]);
  });
});

describe('topics to stay away from', () => {
  test('with cues that do not name them and a last turn that does', () => {
    expect(idsWhere(topics, ({ implicit }) => implicit.length < 2)).toEqual([]);
    expect(idsWhere(topics, ({ implicit, topic }) => implicit.some((cue) => named(cue, topic)))).toEqual([]);
    expect(idsWhere(topics, (item) => !alternates(item) || !raisedAtTheEnd(item, item.topic))).toEqual([]);
  });
});
