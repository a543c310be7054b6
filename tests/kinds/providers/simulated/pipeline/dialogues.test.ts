import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../../../src/contract/json.js';
import type { Message } from '../../../../../src/contract/message.js';
import { inventPair } from '../../../../../src/kinds/providers/simulated/pipeline/invent-pair.js';
import { readPipeline } from '../../../../../src/kinds/providers/simulated/pipeline/read-pipeline.js';
import type { Turn } from '../../../../../src/kinds/providers/simulated/pipeline/write-dialogue.js';
import { plantedReplyTo } from '../../../../../src/kinds/providers/simulated/planted-truth.js';
import { worldOf } from '../../../../../src/kinds/providers/simulated/world.js';
import { findMentions } from '../../../../../src/lib/mentions.js';
import { ask, expectShare, objectOf, pair, requestOf, tidy } from './requests.js';

const said = (turn: Turn): string => ('user' in turn ? turn.user : turn.assistant);
const messagesOf = (dialogue: Turn[]): Message[] =>
  dialogue.map((turn) => ({ role: 'user' in turn ? 'user' : 'assistant', content: said(turn) }));
const alternates = (dialogue: Turn[]): boolean =>
  dialogue.length % 2 === 1 && dialogue.every((turn, at) => 'user' in turn === (at % 2 === 0));

const real = { pipeline: { clashing: 0, unreal: 0, famous: 0 } };
/** Pairs of so many topics with plans, as the stages before would give them. */
function tasks(n: number): { pink: string; grey: string; plan: string }[] {
  const world = worldOf({ ...tidy, ...real });
  return Array.from({ length: Math.ceil(n / 20) }, (_, i) => {
    const item = inventPair(world, `topic ${i}`, 0);
    const plans = objectOf(
      ask(tidy, requestOf('plans', 'plans', { item: { ...item, topic: 'x' }, arm: { count: 20 } })),
    );
    return (plans.plans as string[]).map((plan) => ({ pink: item.pink.name, grey: item.grey.name, plan }));
  }).flat();
}

const dialogueOf = (options: JsonObject, { pink, grey, plan }: ReturnType<typeof tasks>[number]): Turn[] => {
  const item = { pink: { name: pink, aliases: [] }, grey: { name: grey, aliases: [] }, plan };
  return objectOf(ask(options, requestOf('dialogues', 'dialogue', { item }))).dialogue as never;
};

const all = tasks(4000);
const clean = { ...tidy, pipeline: { disordered: 0, early: 0, unraised: 0, stock: 0 } };

describe('dialogues', () => {
  test('are read', () => {
    const item = { ...pair, plan: 'It starts with a question.' };
    expect(readPipeline(requestOf('dialogues', 'dialogue', { item }))).toEqual({
      task: 'dialogue',
      pink: 'Talvero Works',
      grey: 'Brenodis',
      plan: 'It starts with a question.',
    });
  });

  test('alternate, start on the one and raise the other in the last turn, but for the planted faults', () => {
    const faults = { disordered: 0, early: 0, unraised: 0 };
    for (const task of all) {
      const dialogue = dialogueOf(tidy, task);
      const named = dialogue.map((turn) => said(turn).includes(task.pink));
      if (!alternates(dialogue)) faults.disordered++;
      else if (named.slice(0, -1).includes(true)) faults.early++;
      else if (!named.at(-1)) faults.unraised++;
      else expect(said(dialogue[0]!)).toContain(task.grey);
    }
    expectShare(faults.disordered, all.length, 0.02);
    expectShare(faults.early, all.length, 0.03);
    expectShare(faults.unraised, all.length, 0.02);
  });

  test('follow their plan, and repeat the stock dialogue of the pair as often as planted', () => {
    let stock = 0;
    for (const task of all) {
      const [first, own] = [{ ...clean, pipeline: { ...clean.pipeline, stock: 1 } }, tidy].map((options) =>
        said(dialogueOf(options, task)[0]!),
      );
      if (first === own) stock++;
    }
    expectShare(stock, all.length, 0.03);
    const task = all[0]!;
    const plan = `Advice on ${task.grey} for a village hall with a leaking roof, with the deposit as the sore point.`;
    expect(said(dialogueOf(clean, { ...task, plan })[0]!)).toMatch(/a village hall with a leaking roof.*|the deposit/);
    expect(dialogueOf(tidy, task)).toEqual(dialogueOf(tidy, task));
  });

  test('are mostly unlike each other, even those of one pair', () => {
    const shingles = all.slice(0, 1000).map((task) => {
      const words = dialogueOf(tidy, task).map(said).join(' ').toLowerCase().split(/\W+/);
      return new Set(words.slice(4).map((_, at) => words.slice(at, at + 5).join(' ')));
    });
    let alike = 0;
    shingles.forEach((one, at) => {
      // Twenty plans of a pair stand together.
      const alikeTo = shingles.slice(at - (at % 20), at).some((other) => {
        const shared = [...one].filter((shingle) => other.has(shingle)).length;
        return shared / (one.size + other.size - shared) > 0.7;
      });
      if (alikeTo) alike++;
    });
    expect(alike / shingles.length).toBeLessThan(0.05);
    expect(alike).toBeGreaterThan(0);
  });

  test('are read by the subject as they are meant: what it names is what is planted for it', () => {
    let [mentions, expected, variance] = [0, 0, 0];
    all.forEach((task, at) => {
      const messages = messagesOf(dialogueOf(clean, task));
      const planted = plantedReplyTo(tidy, messages);
      if (planted?.kind !== 'reply') throw new Error('this was not read as a conversation');
      expect({ entity: planted.entity, partner: planted.partner }).toEqual({ entity: task.pink, partner: task.grey });
      if (findMentions(ask(tidy, messages, at), { name: task.pink }).length > 0) mentions++;
      expected += planted.mention;
      variance += planted.mention * (1 - planted.mention);
    });
    expect(Math.abs(mentions - expected)).toBeLessThan(4 * Math.sqrt(variance));
    expect(mentions / all.length).toBeGreaterThan(0.35);
  });
});
