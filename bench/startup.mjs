#!/usr/bin/env node
/**
 * Start-up: `evalrun --help` and `evalrun check` of a shipped config beside a bare `node -e 0`, and promptfoo's `--help`.
 *
 *   node bench/startup.mjs [--times 15] [--no-promptfoo] [--json]
 *
 * Wall milliseconds from start to exit, medians, runs interleaved; promptfoo only 3 times.
 */
import { readArguments } from './parts/arguments.mjs';
import { conclude, median } from './parts/figures.mjs';
import { evalrunBin, inRoot, runNode } from './parts/processes.mjs';
import { hasPromptfoo, promptfooBin } from './parts/promptfoo.mjs';

const { times, promptfoo, json } = readArguments({ times: 15, promptfoo: true }, import.meta.url);
const commands = {
  'node -e 0': { argv: ['-e', '0'], times },
  'evalrun --help': { argv: [evalrunBin, '--help'], times },
  'evalrun check configs/persona.yaml': { argv: [evalrunBin, 'check', inRoot('configs/persona.yaml')], times },
};
if (promptfoo && hasPromptfoo)
  commands['promptfoo --help'] = { argv: [promptfooBin, '--help'], times: Math.min(3, times) };

const measured = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
for (let round = 0; round < times; round++) {
  for (const [name, command] of Object.entries(commands)) {
    if (round >= command.times) continue;
    const { code, seconds, stderr } = await runNode(command.argv, { measured: false });
    if (code !== 0) throw new Error(`${name} ended with ${code}:\n${stderr}`);
    measured[name].push(seconds * 1000);
  }
}
const bare = median(measured['node -e 0']);
const rows = Object.entries(measured).map(([command, ms]) => ({
  command,
  times: ms.length,
  medianMs: median(ms),
  fastestMs: Math.min(...ms),
  'over node -e 0': median(ms) / bare,
}));
conclude(json, { rows }, { 'Start-up': rows });
