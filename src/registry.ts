import type { Registry } from './contract/registry.js';
import { choice } from './kinds/graders/choice.js';
import { judge } from './kinds/graders/judge.js';
import { matches } from './kinds/graders/matches.js';
import { mentions } from './kinds/graders/mentions.js';
import { promptfoo as promptfooGrader } from './kinds/graders/promptfoo.js';
import { mean } from './kinds/metrics/mean.js';
import { rate } from './kinds/metrics/rate.js';
import { anthropic } from './kinds/providers/anthropic.js';
import { openai } from './kinds/providers/openai.js';
import { promptfoo } from './kinds/providers/promptfoo.js';
import { replay } from './kinds/providers/replay.js';
import { simulated } from './kinds/providers/simulated.js';
import { html } from './kinds/reporters/html.js';
import { json } from './kinds/reporters/json.js';
import { junit } from './kinds/reporters/junit.js';
import { terminal } from './kinds/reporters/terminal.js';

/** Every kind there is, one line a kind. Stages get them from here and never import them. */
export const registry: Registry = {
  personas: [],
  providers: [openai, anthropic, simulated, replay, promptfoo],
  graders: [mentions, choice, matches, judge, promptfooGrader],
  metrics: [rate, mean],
  reporters: [terminal, json, html, junit],
};
