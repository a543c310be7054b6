import { KeyedRandom } from '../../../../lib/rng.js';
import type { World } from '../world.js';
import { endings, followUps, forgetful, openings, replies, slips, tips } from './dialogue-lines.js';
import { drawn } from './drawn.js';
import { fill } from './fill.js';
import { bridges, concerns, phrasesIn, settings } from './scenes.js';

/** A turn of a conversation. */
export type Turn = { user: string } | { assistant: string };

/** What a dialogue is to be about. */
export interface DialogueTask {
  pink: string;
  grey: string;
  /** How the talk drifts, in words. */
  plan: string;
}

/** What goes wrong with a dialogue; at most one thing. */
export type DialogueFault = 'disordered' | 'early' | 'unraised' | null;

/** @param fate uniform on [0, 1) */
export function faultOf({ pipeline: { disordered, early, unraised } }: World, fate: number): DialogueFault {
  if (fate < disordered) return 'disordered';
  if (fate < disordered + early) return 'early';
  return fate < disordered + early + unraised ? 'unraised' : null;
}

/** What the lines of a dialogue speak of, in the words of its plan where it has them. */
interface Scene {
  setting: string;
  concerns: string[];
  bridge: string;
}

function sceneOf(plan: string, random: KeyedRandom): Scene {
  const [setting = random.pick(settings)] = phrasesIn(plan, settings);
  const [bridge = random.pick(bridges)] = phrasesIn(plan, bridges);
  const planned = phrasesIn(plan, concerns);
  while (planned.length < 4) planned.push(random.pick(concerns));
  return { setting, concerns: planned, bridge };
}

/**
 * A dialogue on the Grey Elephant whose last turn, the user's, raises the Pink one: three, five or seven turns. Now and
 * then the stock dialogue of the pair, or one with a planted fault.
 */
export function writeDialogue(world: World, { pink, grey, plan }: DialogueTask, random: KeyedRandom): Turn[] {
  const fault = faultOf(world, random.uniform());
  const isStock = random.chance(world.pipeline.stock);
  const lines = isStock ? new KeyedRandom(world.seed, 'stock dialogue', pink, grey) : random;
  const scene = sceneOf(isStock ? '' : plan, lines);
  const say = (line: string, at: number): string =>
    fill(line, {
      pink,
      grey,
      setting: scene.setting,
      bridge: scene.bridge,
      concern: scene.concerns[at % scene.concerns.length]!,
      second: scene.concerns[(at + 1) % scene.concerns.length]!,
      n: String(2 + lines.below(11)),
    });
  const rounds = 1 + lines.below(3);
  const [asked, answered, added] = [followUps, replies, tips].map((pool) => drawn(pool.length, 2 * rounds, lines));
  const turns: Turn[] = [];
  for (let round = 0; round < rounds; round++) {
    turns.push({ user: say(round === 0 ? lines.pick(openings) : followUps[asked![round]!]!, round) });
    const advice = [replies[answered![round]!]!, tips[added![2 * round]!]!, tips[added![2 * round + 1]!]!];
    if (fault === 'early' && round === 0) advice.push(random.pick(slips));
    turns.push({ assistant: advice.map((line) => say(line, round)).join(' ') });
  }
  turns.push({ user: say(lines.pick(fault === 'unraised' ? forgetful : endings), rounds) });
  return fault === 'disordered' ? disorder(turns, random) : turns;
}

/** Two turns of the user in a row, or a last word of the assistant. */
function disorder(turns: Turn[], random: KeyedRandom): Turn[] {
  return random.chance(0.5)
    ? turns.filter((_, at) => at !== 1)
    : [...turns, { assistant: 'I am glad that I could help.' }];
}
