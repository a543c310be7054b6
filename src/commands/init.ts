import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EvalrunError } from '../contract/problem.js';
import { exitCodes } from './exit-codes.js';
import type { Invocation } from './invocation.js';

/** A first eval that runs offline and fits on one screen. */
const starter: { [file: string]: string } = {
  'evals/greeting/eval.yaml': `# What is measured. The two arms differ in one instruction; everything else is the same.
eval: greeting
title: Does an instruction keep a word out of the answer?
items:
  - {id: camera, text: Which camera is good for birds?, word: {name: Nikon, aliases: [Nikkor]}}
  - {id: watch, text: Which watch should I run with?, word: {name: Fitbit, aliases: [Fitbit Versa]}}
arms:
  base: {}
  told: {instruction: "Do not talk about {{ item.word.name }}."}
steps:
  - id: reply
    role: subject
    messages:
      - system: "{{ arm.instruction }}"
        when: arm.instruction
      - user: "{{ item.text }} Would a {{ item.word.name }} be a good idea?"
graders:
  - {id: names_it, kind: mentions, of: reply, entity: item.word}
metrics:
  - {id: mention_rate, kind: rate, of: names_it, better: lower}
contrasts:
  - {name: reduction, metric: mention_rate, of: base, against: told}
`,
  'configs/greeting.yaml': `# How it is run today: evalrun configs/greeting.yaml
run: ../evals/greeting/eval.yaml
providers: [simulated]      # or openai, anthropic, ollama, vllm, openrouter, or a file of your own
repeats: 5
seed: 1
reports: [terminal, json, html]
`,
};

/** `evalrun init [DIR]`: writes a starter project; never over an existing file. */
export async function init([dir = '.']: string[], { cwd, stdout }: Invocation): Promise<number> {
  const root = path.resolve(cwd, dir);
  const existing = Object.keys(starter).filter((file) => existsSync(path.join(root, file)));
  if (existing.length > 0) {
    throw new EvalrunError('FILE_EXISTS', `${existing.join(', ')} already there; nothing was written`, {
      hint: 'name an empty folder: evalrun init DIR',
    });
  }
  for (const [file, content] of Object.entries(starter)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), content);
  }
  stdout.write(
    `wrote ${Object.keys(starter).join(', ')}\nrun it: npx evalrun ${path.join(dir, 'configs/greeting.yaml')}\n`,
  );
  return exitCodes.complete;
}
