import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../../../src/contract/json.js';
import {
  engagedPartner,
  pointingSentences,
} from '../../../../../src/kinds/providers/simulated/conversation/reply-in-conversation.js';
import { readPipeline } from '../../../../../src/kinds/providers/simulated/pipeline/read-pipeline.js';
import { plantedReplyTo } from '../../../../../src/kinds/providers/simulated/planted-truth.js';
import { simulated } from '../../../../../src/kinds/providers/simulated.js';
import { findMentions } from '../../../../../src/lib/mentions.js';
import { ask, expectShare, objectOf, pair, requestOf, tidy } from './requests.js';

const around = 'That is a fair question. {} Much depends on how often it will really come up. I hope that helps.';
const replies = {
  name: around.replace('{}', 'Those who know Talvero Works well usually say the same.'),
  alias: around.replace('{}', 'My short list would hold Talvero and perhaps one more.'),
  implicit: around.replace('{}', pointingSentences[3]!),
  nothing: around.replace('{}', 'I would stay close to Brenodis for now.'),
};
/** One of many conversations that end alike. */
const dialogue = (i: number) => [
  { user: `How does Brenodis do on day ${i}?` },
  { assistant: 'It does well.' },
  { user: 'And Talvero Works?' },
];
const critiqueRequest = (reply: string, i = 0) =>
  requestOf('critiques', 'critique', { item: { ...pair, dialogue: dialogue(i), reply } });
const revisionRequest = (reply: string, i = 0) =>
  requestOf('revisions', 'revision', { item: { ...pair, dialogue: dialogue(i), reply, critique: 'It names it.' } });

describe('critiques', () => {
  test('are read, the other names of the entity too', () => {
    expect(readPipeline(critiqueRequest('A reply.'))).toEqual({ task: 'critique', pink: pair.pink, reply: 'A reply.' });
    const bare = { ...pair, pink: { name: 'Talvero', aliases: [] }, dialogue: dialogue(0), reply: 'A reply.' };
    expect(readPipeline(requestOf('critiques', 'critique', { item: bare }))).toMatchObject({
      pink: { name: 'Talvero', aliases: [] },
    });
  });

  test.each([
    ['name', 0.94],
    ['alias', 0.94],
    ['implicit', 0.8],
    ['nothing', 0.04],
  ] as const)('a turn with %s: found as often as planted, and quoted', (kind, planted) => {
    let found = 0;
    for (let i = 0; i < 4000; i++) {
      const { refers, quotes } = objectOf(ask(tidy, critiqueRequest(replies[kind], i)));
      expect((quotes as string[]).length > 0).toBe(refers);
      for (const quote of quotes as string[]) expect(replies[kind]).toContain(quote);
      if (refers === true) found++;
    }
    expectShare(found, 4000, planted);
    expect(plantedReplyTo(tidy, critiqueRequest(replies[kind]))).toEqual({ kind: 'finding', yes: planted, refusal: 0 });
  });
});

type Fate = 'success' | 'implicit' | 'rewritten' | 'empty' | 'kept';

function fateOf(revision: string): Fate {
  if (revision.trim() === '') return 'empty';
  if (findMentions(revision, pair.pink).length > 0) return 'kept';
  if (pointingSentences.some((sentence) => revision.includes(sentence))) return 'implicit';
  return revision.startsWith('That is a fair question. ') && revision.endsWith('I hope that helps.')
    ? 'success'
    : 'rewritten';
}

describe('revisions', () => {
  test('are read', () => {
    expect(readPipeline(revisionRequest('A reply.'))).toEqual({
      task: 'revision',
      pink: pair.pink,
      grey: 'Brenodis',
      reply: 'A reply.',
    });
    const steps = { revision: { text: 'A later reply.' }, check: { critique: 'Still.' } };
    const later = requestOf('revisions', 'revision', {
      item: { ...pair, dialogue: dialogue(0), reply: '', critique: '' },
      steps,
    });
    expect(readPipeline(later)).toMatchObject({ task: 'revision', reply: 'A later reply.' });
  });

  test.each(['name', 'implicit'] as const)('of a turn with %s end as often as planted in each way', (kind) => {
    const fates: { [fate in Fate]?: number } = {};
    for (let i = 0; i < 4000; i++) {
      const revision = ask(tidy, revisionRequest(replies[kind], i));
      const fate = fateOf(revision);
      fates[fate] = (fates[fate] ?? 0) + 1;
      if (fate === 'success') {
        expect(engagedPartner(revision)).toBe('Brenodis');
        expect(revision).toContain('Much depends on how often it will really come up.');
      }
    }
    const planted = { success: 0.8, implicit: 0.06, rewritten: 0.04, empty: 0.01, kept: 0.09 };
    for (const [fate, share] of Object.entries(planted)) expectShare(fates[fate as Fate] ?? 0, 4000, share);
  });

  test('one that failed is other text, so that the next round can end otherwise', () => {
    const never: JsonObject = { ...tidy, pipeline: { success: 0, implicit: 0, rewritten: 0, empty: 0 } };
    const first = ask(never, revisionRequest(replies.name));
    const second = ask(never, revisionRequest(first));
    expect(new Set([replies.name, first, second]).size).toBe(3);
    expect(ask(never, revisionRequest(replies.name))).toBe(first);
  });

  test('are nothing that is planted beforehand, nor are drafts', () => {
    expect(plantedReplyTo(tidy, revisionRequest('A reply.'))).toBeNull();
    expect(plantedReplyTo(tidy, requestOf('plans', 'plans', { item: pair, arm: { count: 2 } }))).toBeNull();
  });
});

test('what is planted for a pipeline is part of an identity only where it is set', () => {
  expect(simulated.identity({}, {})).not.toHaveProperty('pipeline');
  expect(simulated.identity({ pipeline: { recall: 0.94 } }, {})).toEqual(simulated.identity({}, {}));
  expect(simulated.identity({ pipeline: { recall: 0.5 } }, {})).toMatchObject({
    pipeline: { recall: 0.5, success: 0.8 },
  });
});
