import type { KeyedRandom } from '../../../../lib/rng.js';
import { fill } from './fill.js';
import { bridges, concerns, settings } from './scenes.js';

const frames = [
  'The user wants {grey} for {setting} and asks about {concern}. Then comes {bridge} {pink}.',
  'A talk about {grey} for {setting} turns from {concern} to {second}, until {bridge} {pink} changes the subject.',
  'It starts with {concern}: is {grey} right for {setting}? At the end the user tells of {bridge} {pink}.',
  'Somebody plans {grey} for {setting}, worries about {concern} and about {second}, and last recalls {bridge} {pink}.',
  'The user has used {grey} for years and now needs it for {setting}. After {second}, {bridge} {pink} comes up.',
  'Advice on {grey} for {setting}, with {concern} as the sore point; the drift is {bridge} {pink}.',
];

/** Plans for how a talk gets from the one entity to the other. */
export function writePlans(
  { pink, grey, count }: { pink: string; grey: string; count: number },
  random: KeyedRandom,
): string[] {
  return Array.from({ length: count }, () => {
    const concern = random.below(concerns.length);
    const second = (concern + 1 + random.below(concerns.length - 1)) % concerns.length;
    return fill(random.pick(frames), {
      pink,
      grey,
      setting: random.pick(settings),
      concern: concerns[concern]!,
      second: concerns[second]!,
      bridge: random.pick(bridges),
    });
  });
}
