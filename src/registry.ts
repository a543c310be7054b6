import type { Registry } from './contract/registry.js';
import { editDistance } from './kinds/filters/edit-distance.js';
import { heldOut } from './kinds/filters/held-out.js';
import { length } from './kinds/filters/length.js';
import { mentionRemoved } from './kinds/filters/mention-removed.js';
import { nearDuplicates } from './kinds/filters/near-duplicates.js';
import { score } from './kinds/filters/score.js';
import { similarity } from './kinds/filters/similarity.js';
import { turns } from './kinds/filters/turns.js';
import { choice } from './kinds/graders/choice.js';
import { combine } from './kinds/graders/combine.js';
import { coverage } from './kinds/graders/coverage.js';
import { judge } from './kinds/graders/judge.js';
import { matches } from './kinds/graders/matches.js';
import { mentions } from './kinds/graders/mentions.js';
import { promptfoo as promptfooGrader } from './kinds/graders/promptfoo.js';
import { twoOrders } from './kinds/graders/two-orders.js';
import { agreement } from './kinds/metrics/agreement.js';
import { anyOfK } from './kinds/metrics/any-of-k.js';
import { consistency } from './kinds/metrics/consistency.js';
import { distributionDistanceKind } from './kinds/metrics/distribution-distance.js';
import { mean } from './kinds/metrics/mean.js';
import { overton } from './kinds/metrics/overton.js';
import { passAtK } from './kinds/metrics/pass-at-k.js';
import { passPowK } from './kinds/metrics/pass-pow-k.js';
import { rate } from './kinds/metrics/rate.js';
import { steerable } from './kinds/metrics/steerable.js';
import { tradeoff } from './kinds/metrics/tradeoff.js';
import { welfare } from './kinds/metrics/welfare.js';
import { census } from './kinds/personas/census.js';
import { file } from './kinds/personas/file.js';
import { pums } from './kinds/personas/pums.js';
import { anthropic } from './kinds/providers/anthropic.js';
import { openai } from './kinds/providers/openai.js';
import { promptfoo } from './kinds/providers/promptfoo.js';
import { replay } from './kinds/providers/replay.js';
import { simulated } from './kinds/providers/simulated.js';
import { difficultySlope } from './kinds/relations/difficulty-slope.js';
import { rebound } from './kinds/relations/rebound.js';
import { relativeReduction } from './kinds/relations/relative-reduction.js';
import { html } from './kinds/reporters/html.js';
import { json } from './kinds/reporters/json.js';
import { junit } from './kinds/reporters/junit.js';
import { terminal } from './kinds/reporters/terminal.js';
import { openai as openaiTrainer } from './kinds/trainers/openai.js';
import { trl } from './kinds/trainers/trl.js';

/** Every kind there is, one line a kind. Stages get them from here and never import them. */
export const registry: Registry = {
  personas: [file, pums, census],
  providers: [openai, anthropic, simulated, replay, promptfoo],
  graders: [mentions, choice, matches, judge, coverage, twoOrders, combine, promptfooGrader],
  metrics: [
    rate,
    mean,
    passAtK,
    anyOfK,
    passPowK,
    agreement,
    steerable,
    tradeoff,
    distributionDistanceKind,
    overton,
    consistency,
    welfare,
  ],
  relations: [relativeReduction, rebound, difficultySlope],
  reporters: [terminal, json, html, junit],
  filters: [mentionRemoved, editDistance, similarity, turns, length, nearDuplicates, heldOut, score],
  trainers: [openaiTrainer, trl],
};
