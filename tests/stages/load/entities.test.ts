import { expect, test } from '@jest/globals';
import { registry } from '../../../src/registry.js';
import { brief, depsOf, loadConfig, problemsOf } from './load-files.js';

const config = `run: eval.yaml
providers: [made-up]
reports: [json]
`;
const provider = `provider: made-up
title: Made up
kind: simulated
model: made-up
`;
const evalOf = (grader: string, items: string) => `eval: apart
title: Entities
version: 1
items: ${items}
arms: {ask: {}}
steps:
  - {id: reply, role: subject, messages: [{turns: item.dialogue}]}
graders:
  - {id: explicit, kind: mentions, of: reply, ${grader}}
metrics:
  - {id: rate, title: Named, kind: rate, of: explicit, better: lower}
`;
const talk = (before: string, last: string) =>
  `    dialogue: [{user: ${before}}, {assistant: Well.}, {user: ${last}}]\n`;
const suiteOf = (...items: string[]) => `prompts: talks
title: Talks
licence: MIT
source: Written for a test
items:
${items.join('')}`;

const problems = async (grader: string, suite: string, file = 'talks.yaml') => {
  const files = {
    'c.yaml': config,
    'eval.yaml': evalOf(grader, file),
    [file]: suite,
    'providers/made-up.yaml': provider,
  };
  const paths = Object.fromEntries(Object.entries(files).map(([name, text]) => [`/w/${name}`, text]));
  return problemsOf(loadConfig('/w/c.yaml', depsOf(paths, { registry })));
};
const all = 'entity: item.pink, apart: item.grey, fresh: item.dialogue, notIn: item.domain';

const good = `  - id: good
    domain: brands
    pink: {name: Nikon, aliases: [Nikkor]}
    grey: {name: Canon}
${talk('My Canon blurs.', 'And a Nikon?')}`;

test('entities that can be scored are no problem', async () => {
  expect(await problems(all, suiteOf(good))).toEqual([]);
});

test('an alias inside a name of the other entity, at the alias; both names alike, at the name', async () => {
  const inside = `  - id: inside
    domain: shops
    pink: {name: Bezos, aliases: [Alexa, Amazon]}
    grey: {name: Kindle, aliases: [Amazon Kindle]}
${talk('My Kindle is slow.', 'And Bezos?')}`;
  const alike = `  - id: alike
    domain: shops
    pink: {name: kindle}
    grey: {name: Kindle}
${talk('It is slow.', 'And a kindle?')}`;
  const found = await problems(all, suiteOf(good, inside, alike));
  expect(found.map(brief)).toEqual(['talks.yaml:13:42 ENTITIES_OVERLAP', 'talks.yaml:18:18 ENTITIES_OVERLAP']);
  expect(found[0]!.message).toBe(
    'item "inside": "Amazon" stands inside "Amazon Kindle", so a reply about the one counts as naming the other',
  );
});

test('an alias whose letters stand inside another word of the other name is no problem', async () => {
  const word = `  - id: word
    domain: languages
    pink: {name: Java}
    grey: {name: JavaScript}
${talk('I write JavaScript.', 'And Java?')}`;
  expect(await problems(all, suiteOf(word))).toEqual([]);
});

test('a turn that names the entity before the last, in the language of the item', async () => {
  const early = `  - id: early
    domain: cities
    language: de
    pink: {name: Deutsche Bahn}
    grey: {name: Flixbus}
    dialogue:
      - user: Was kostet der Flixbus?
      - assistant: Weniger als eine Fahrt mit der Deutschen Bahn.
      - user: Und die Deutsche Bahn?
`;
  const language = `${all}, language: item.language`;
  const found = await problems(language, suiteOf(early));
  expect(found.map(brief)).toEqual(['talks.yaml:13:20 ENTITY_NOT_FRESH']);
  expect(found[0]!.message).toContain('names Deutsche Bahn ("Deutschen Bahn") before the last one');
});

test('a word that may be another thing does not count as the entity', async () => {
  const apple = (aside: string) => `  - id: apple
    domain: companies
    pink: {name: Apple, ambiguity: the fruit}
    grey: {name: Samsung}
${talk(`My Samsung fell on ${aside}.`, 'And one by Apple?')}`;
  expect(await problems(all, suiteOf(apple('an apple')))).toEqual([]);
  expect((await problems(all, suiteOf(apple('an Apple')))).map(({ code }) => code)).toEqual(['ENTITY_NOT_FRESH']);
});

test('a domain that names the entity itself', async () => {
  const chess = `  - id: chess
    domain: chess-and-draughts
    pink: {name: chess}
    grey: {name: shogi}
${talk('I play shogi.', 'And chess?')}`;
  expect((await problems(all, suiteOf(chess))).map(brief)).toEqual(['talks.yaml:7:13 ENTITY_IN_DOMAIN']);
});

test('each of a list of entities, and what is no entity, at its place', async () => {
  const list = `  - id: list
    domain: brands
    pink: [{name: Nikon}, {name: Canon EOS, aliases: [Canon]}]
    grey: {name: Canon}
${talk('My Canon blurs.', 'And a Nikon?')}`;
  expect((await problems(all, suiteOf(list))).map(brief)).toEqual([
    'talks.yaml:8:55 ENTITIES_OVERLAP',
    'talks.yaml:10:23 ENTITY_NOT_FRESH',
  ]);
  const none = good.replace('{name: Nikon, aliases: [Nikkor]}', '{label: Nikon}');
  expect((await problems(all, suiteOf(none))).map(brief)).toEqual(['talks.yaml:8:11 BAD_ENTITY']);
  const sign = good.replace('Nikkor', '"?"');
  expect((await problems(all, suiteOf(sign))).map(brief)).toEqual(['talks.yaml:8:11 BAD_ENTITY']);
});

test('items of a table, by their line', async () => {
  const row = (pink: string) =>
    JSON.stringify({
      id: pink.toLowerCase(),
      domain: 'brands',
      pink: { name: pink },
      grey: { name: 'Canon EOS' },
      dialogue: [{ user: 'My camera blurs.' }, { assistant: 'Well.' }, { user: `And a ${pink}?` }],
    });
  const found = await problems(all, `${row('Nikon')}\n${row('Canon')}\n`, 'talks.jsonl');
  expect(found.map(({ code, where }) => `${where!.line} ${code}`)).toEqual(['2 ENTITIES_OVERLAP']);
});

test('a path that no item has is named at the grader', async () => {
  const found = await problems('entity: item.pink, apart: item.gray', suiteOf(good));
  expect(found.map(brief)).toEqual(['eval.yaml:9:73 UNKNOWN_VARIABLE']);
});

test('a conversation that is none, and a text that is none', async () => {
  const found = await problems('entity: item.pink, fresh: item.domain, notIn: item.grey', suiteOf(good));
  expect(found.map(brief)).toEqual(['talks.yaml:7:13 WRONG_TYPE', 'talks.yaml:9:11 WRONG_TYPE']);
});
