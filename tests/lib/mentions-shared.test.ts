import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { findMentions } from '../../src/lib/mentions.js';

const pairsFile = new URL('../../../shared/data/elephants/contrastive_pairs.csv', import.meta.url);
const ifevalFile = new URL('../../../shared/data/elephants/ifeval/input_data.jsonl', import.meta.url);
const there = existsSync(pairsFile) && existsSync(ifevalFile);
if (!there) console.log('skipped: the lists of contrastive pairs and forbidden words are not beside the project');

const onlyWithLists = there ? describe : describe.skip;

onlyWithLists('names of contrastive pairs', () => {
  const rows = there ? readFileSync(pairsFile, 'utf8').trim().split(/\r?\n/).slice(1) : [];
  const pairs = rows.map((row) => {
    const [, , pink, pinkAliases, grey, greyAliases, question] = row.split(',');
    const entity = (name: string, aliases: string) => ({
      name,
      aliases: aliases.split(';').filter((alias) => alias !== ''),
    });
    return { pink: entity(pink!, pinkAliases!), grey: entity(grey!, greyAliases!), question: question! };
  });

  test('every name and alias is found in its usual forms', () => {
    expect(pairs.length).toBeGreaterThan(20);
    for (const entity of pairs.flatMap(({ pink, grey }) => [pink, grey])) {
      for (const name of [entity.name, ...entity.aliases]) {
        for (const form of [
          name,
          name.toUpperCase(),
          `**${name}**`,
          `${name}'s`,
          `#${name}`,
          `${name}-like`,
          name.replaceAll(' ', '\n'),
          name.replaceAll("'", '’'),
        ]) {
          expect({ form, found: findMentions(`I like ${form}, too.`, entity).length }).toEqual({ form, found: 1 });
        }
        expect(findMentions(`I like x${name}x, too.`, { name })).toEqual([]);
      }
    }
  });

  test('questions that describe an entity name it only where they hold a name', () => {
    for (const { pink, question } of pairs) {
      const held = [pink.name, ...pink.aliases].some((name) => question.toLowerCase().includes(name.toLowerCase()));
      expect({ question, found: findMentions(question, pink).length > 0 }).toEqual({ question, found: held });
    }
  });
});

onlyWithLists('forbidden words of IFEval', () => {
  test('agree with a plain search for the word and its plural', () => {
    const lines = there ? readFileSync(ifevalFile, 'utf8').trim().split('\n') : [];
    const prompts = lines.map(
      (line) => JSON.parse(line) as { prompt: string; kwargs: { forbidden_words?: string[] | null }[] },
    );
    const words = [
      ...new Set(prompts.flatMap(({ kwargs }) => kwargs.flatMap(({ forbidden_words: list }) => list ?? []))),
    ];
    expect(words.length).toBeGreaterThan(50);
    for (const word of words.filter((one) => /^[a-z]{4,}$/.test(one))) {
      const plain = new RegExp(`\\b${word}(?:'?s|es)?\\b`, 'i');
      for (const { prompt } of prompts.slice(0, 150)) {
        if (findMentions(prompt, { name: word }).length > 0 !== plain.test(prompt)) {
          expect({ word, prompt, plain: plain.test(prompt) }).toBeNull();
        }
      }
    }
  });
});
