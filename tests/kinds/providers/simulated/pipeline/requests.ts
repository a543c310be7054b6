import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { parse } from 'yaml';
import type { MessageSpec } from '../../../../../src/contract/eval-spec.js';
import type { JsonObject } from '../../../../../src/contract/json.js';
import type { Message } from '../../../../../src/contract/message.js';
import { answerCall } from '../../../../../src/kinds/providers/simulated/answer-call.js';
import { worldOf } from '../../../../../src/kinds/providers/simulated/world.js';
import { compileMessages } from '../../../../../src/stages/run/render-messages.js';

interface Step {
  id: string;
  messages: MessageSpec[];
}

const compiled = new Map<string, (scope: object) => Message[]>();

/** A request as a shipped stage puts it. */
export function requestOf(
  stage: string,
  step: string,
  scope: { item: object; arm?: object; steps?: object },
): Message[] {
  const key = `${stage} ${step}`;
  let render = compiled.get(key);
  if (render === undefined) {
    const file = new URL(`../../../../../evals/pink-elephant/dpf/${stage}.yaml`, import.meta.url);
    const steps = (parse(readFileSync(file, 'utf8')).steps as (Step & { steps?: Step[] })[]).flatMap(
      (one) => one.steps ?? [one],
    );
    render = compileMessages(steps.find(({ id }) => id === step)!.messages);
    compiled.set(key, render);
  }
  return render({ arm: {}, steps: {}, ...scope });
}

/** Options of a world without malformed JSON. */
export const tidy: JsonObject = { model: 'author', seed: 5, format: { malformed: 0, fenced: 0 } };

export const ask = (options: JsonObject, messages: Message[], repeat = 0): string =>
  answerCall(worldOf(options), { provider: null, sampling: {}, messages, repeat });

export const objectOf = (text: string): JsonObject => JSON.parse(text.replaceAll(/^```json\n|\n```$/g, ''));

/** A count of so many draws lies within four standard errors of what is planted. */
export function expectShare(count: number, n: number, planted: number): void {
  expect(n).toBeGreaterThan(0);
  const error = Math.sqrt((planted * (1 - planted)) / n);
  expect(Math.abs(count / n - planted)).toBeLessThanOrEqual(4 * error + 1e-12);
}

/** A pair as it stands in an item. */
export const pair = {
  pink: { name: 'Talvero Works', aliases: ['Talvero', 'Talvero Group'] },
  grey: { name: 'Brenodis', aliases: [] },
  topic: 'small coffee machines for beginners',
  domain: 'coffee machines',
  difference: 'Talvero Works is small and light, while Brenodis is large and stays where it is put.',
};
