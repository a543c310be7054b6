import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { JsonObject } from '../../../../src/contract/json.js';
import type { Message } from '../../../../src/contract/message.js';
import { answerCall } from '../../../../src/kinds/providers/simulated/answer-call.js';
import { foreignPhrases } from '../../../../src/kinds/providers/simulated/conversation/foreign-phrases.js';
import { languageOf } from '../../../../src/kinds/providers/simulated/conversation/language-of.js';
import { readConversation } from '../../../../src/kinds/providers/simulated/conversation/read-conversation.js';
import { readInstruction } from '../../../../src/kinds/providers/simulated/conversation/read-instruction.js';
import { worldOf } from '../../../../src/kinds/providers/simulated/world.js';
import { type Entity, findMentions } from '../../../../src/lib/mentions.js';
import { safeRegex } from '../../../../src/lib/safe-regex.js';
import { compileTemplate } from '../../../../src/lib/template.js';
import { avoiding, contextMessages, contexts, neutral, providerOptions } from './shipped.js';

const files = new Map<string, ReturnType<typeof parse>>();
const read = (file: string): ReturnType<typeof parse> => {
  const url = new URL(`../../../../evals/pink-elephant/${file}`, import.meta.url);
  if (!files.has(file)) files.set(file, parse(readFileSync(url, 'utf8')));
  return files.get(file);
};

interface Item {
  id: string;
  language?: string;
  pink?: Entity;
  pinks?: Entity[];
  topic?: Entity;
  forbidden_words?: string[];
  dialogue?: { [speaker: string]: string }[];
}
const base = read('eval.yaml');

/** What the subject is sent, as the eval says it. */
function messagesOf(name: string, item: Item, arm: string): Message[] {
  const own = read(`${name}.yaml`);
  const [{ messages }] = own.steps ?? base.steps;
  const fields = Object.entries<string>((own.arms ?? base.arms)[arm]);
  const values = Object.fromEntries(fields.map(([key, text]) => [key, compileTemplate(text).render({ item })]));
  const asked = messages.filter(({ when, unless }: { [key: string]: string }) =>
    when !== undefined ? 'instruction' in values : unless === undefined || !('instruction' in values),
  );
  return asked.flatMap((line: { [role: string]: string }): Message[] => {
    if (line.turns !== undefined)
      return item.dialogue!.map((turn) => {
        const [role, content] = Object.entries(turn)[0]!;
        return { role: role as Message['role'], content };
      });
    const role = line.system === undefined ? 'user' : 'system';
    return [{ role, content: compileTemplate(line[role]!).render({ item, arm: values }) }];
  });
}

const entitiesOf = (item: Item): Entity[] =>
  item.pinks ??
  (item.forbidden_words ?? [])
    .map((name): Entity => ({ name, language: 'none' }))
    .concat(item.pink ?? item.topic ?? []);
const names = (text: string, item: Item): boolean =>
  entitiesOf(item).some((entity) => findMentions(text, { language: item.language ?? 'en', ...entity }).length > 0);
const arms = ['base', 'neutral', 'prompted'];
const certain = 1 - 1e-12;
const still = { entitySd: 0, contextSd: 0, neutral: 0, avoid: 0, reboundShare: 0 };
const each = (value: number) => ({ none: value, neutral: value, avoid: value });
const silent: JsonObject = {
  mention: { ...still, rate: 1e-12 },
  implicit: each(0),
  engagement: each(0),
  refusal: each(0),
};
const ask = (options: JsonObject, messages: Message[], repeat = 0): string =>
  answerCall(worldOf(options), { provider: null, sampling: {}, messages, repeat });

describe.each(['several', 'topics', 'long', 'languages'])('conversations of suites/%s.yaml', (name) => {
  const items: Item[] = read(`suites/${name}.yaml`).items;

  test('what is raised is read alike in every arm', () => {
    for (const item of items) {
      const seen = arms.map((arm) => readConversation(messagesOf(name, item, arm)));
      expect([item.id, seen.map(({ raised }) => names(raised?.name ?? '', item))]).toEqual([
        item.id,
        [true, true, true],
      ]);
      expect([item.id, seen.map(({ condition }) => condition)]).toEqual([item.id, ['none', 'neutral', 'avoid']]);
      expect([item.id, seen.map(({ language }) => language)]).toEqual([item.id, Array(3).fill(item.language ?? 'en')]);
      expect([item.id, new Set(seen.map(({ entityKey }) => entityKey)).size]).toEqual([item.id, 1]);
      if (item.pinks !== undefined)
        for (const { others } of seen) expect([item.id, others.length]).toEqual([item.id, item.pinks.length - 1]);
    }
  });

  test('a reply names one of them exactly when that is drawn', () => {
    const naming = { ...silent, mention: { ...still, rate: certain } };
    for (const item of items)
      for (const arm of arms) {
        const messages = messagesOf(name, item, arm);
        expect([item.id, arm, names(ask(naming, messages), item)]).toEqual([item.id, arm, true]);
        expect([item.id, arm, names(ask(silent, messages), item)]).toEqual([item.id, arm, false]);
      }
  });
});

test('several raised entities are sometimes all named, sometimes one of them', () => {
  const item: Item = read('suites/several.yaml').items.find(({ id }: Item) => id === 'several-planets');
  const naming = { ...silent, mention: { ...still, rate: certain } };
  const counts = Array.from({ length: 40 }, (_, repeat) => {
    const text = ask(naming, messagesOf('several', item, 'base'), repeat);
    return item.pinks!.filter((pink) => findMentions(text, pink).length > 0).length;
  });
  expect([...new Set(counts)].sort()).toEqual([1, 3]);
});

test('a request that forbids words is obeyed in all of the reply, but for the word that is drawn', () => {
  for (const item of read('suites/forbidden-words.yaml').items as Item[]) {
    const messages = messagesOf('forbidden-words', item, 'prompted');
    expect(readConversation(messages)).toMatchObject({ condition: 'avoid', banned: item.forbidden_words });
    for (const repeat of [0, 1, 2])
      expect([item.id, names(ask(silent, messages, repeat), item)]).toEqual([item.id, false]);
    expect([item.id, names(ask({ ...silent, mention: { ...still, rate: certain } }, messages), item)]).toEqual([
      item.id,
      true,
    ]);
  }
});

describe('the pattern for refusals in four languages', () => {
  const pattern = safeRegex(read('refusal-languages.yaml').regex.trim(), true);
  const finds = (text: string): boolean => pattern.test(text);

  test('finds what the simulated model says, and other ways to decline', () => {
    const said = Object.values(foreignPhrases).flatMap(({ refusals }) => [...refusals]);
    const others = [
      'Darüber darf ich leider nicht sprechen, ich kann Ihnen dazu keine Auskunft geben.',
      'Ich möchte diese Frage nicht beantworten.',
      'Je ne peux malheureusement pas répondre à cette question.',
      'Désolé, je ne suis pas autorisé à parler de ce sujet.',
      'Lo siento, no puedo hablar de ese tema.',
      'Prefiero no opinar sobre eso.',
      "I can't discuss that.",
    ];
    expect([...said, ...others].filter((text) => !finds(text))).toEqual([]);
  });

  test('finds nothing in replies that help', () => {
    const pools = Object.values(foreignPhrases).flatMap(({ refusals: _refusals, ...rest }) =>
      Object.values(rest).flat(),
    );
    const others = [
      'Ich kann nicht sehen, was auf dem Schild steht, aber der Zug fährt.',
      'Das kann man nicht sagen.',
      'Je ne suis pas sûr, mais essayez.',
      'Je ne peux pas voir le tableau.',
      'No puedo ver la foto, pero prueba esto.',
      'Sie können das nicht verpassen.',
    ];
    expect([...pools, ...others].filter(finds)).toEqual([]);
  });
});

test.each<[string, string, string | null]>([
  ['Sprich nicht über „Wien“. Sprich stattdessen über „Prag“, was auch immer gefragt wird.', 'Wien', 'Prag'],
  ['Reden Sie nicht von Hegel.', 'Hegel', null],
  ['Ne parle pas de « café ». Parle plutôt de « thé », quelle que soit la question.', 'café', 'thé'],
  ['No hables de «El Greco». Habla en su lugar de «Murillo», pregunten lo que pregunten.', 'El Greco', 'Murillo'],
])('%s', (text, avoid, instead) => {
  expect(readInstruction(text)).toMatchObject({ condition: 'avoid', avoid: [avoid], instead });
});

test('a role in another language is no instruction', () => {
  for (const text of ['Du bist ein hilfreicher Assistent.', 'Tu es un assistant utile.', 'Eres un asistente útil.'])
    expect(readInstruction(text).condition).toBe('none');
});

test('an English talk with foreign names stays English', () => {
  expect(languageOf('We saw El Greco and Le Monde in Los Angeles, then Die Zeit and Das Boot.')).toBe('en');
  expect(languageOf('Wie lange darf ein Schwarztee ziehen, ohne bitter zu werden?')).toBe('de');
});

test('replies to requests of before are the same as before', () => {
  const known: { [request: string]: string } = JSON.parse(
    readFileSync(new URL('../../../fixtures/simulated-replies.json', import.meta.url), 'utf8'),
  );
  const instructions: { [arm: string]: (context: ReturnType<typeof contexts>[number]) => string | undefined } = {
    base: () => undefined,
    neutral: () => neutral,
    prompted: avoiding,
  };
  const replies = Object.keys(known).map((request) => {
    const [id, arm] = request.split(' ') as [string, string];
    const context = contexts().find((one) => one.id === id)!;
    const text = ask(providerOptions('simulated'), contextMessages(context, instructions[arm]!(context)), 1);
    return [request, createHash('sha256').update(text).digest('hex').slice(0, 16)];
  });
  expect(replies.length).toBeGreaterThanOrEqual(72);
  expect(Object.fromEntries(replies)).toEqual(known);
});
