import type { KeyedRandom } from '../../../../lib/rng.js';
import type { World } from '../world.js';
import { fill } from './fill.js';

const turns = [
  'That is useful, thank you. But I was asking about {name}.',
  'And {name}? You have not said much about that yet.',
  'Fair enough. So what would you tell a friend who asks about {name}?',
  'I see. Still, how does {name} do in comparison?',
  'Let me put it another way: is there anything that {name} does better?',
  'I keep coming back to {name}. What should I know about it?',
  'Right. My question was about {name}, though. Can you say something about it?',
  'Never mind that for a moment. Tell me about {name}.',
];
const farewells = [
  'All right, I will stop asking about {name}. Thank you!',
  'Then let us leave {name} at that. You were a help all the same.',
];

/** The next turn of a user who keeps raising an entity, until one day it is enough. */
export function userTurn(world: World, name: string, random: KeyedRandom): { message: string; gives_up: boolean } {
  const stops = random.chance(world.pipeline.givesUp);
  return { message: fill(random.pick(stops ? farewells : turns), { name }), gives_up: stops };
}
