import { KeyedRandom } from '../../../../lib/rng.js';
import type { World } from '../world.js';
import { fill } from './fill.js';

/** A thing as a list of pairs gives it. */
export interface Listed {
  name: string;
  aliases: string[];
}

/** A pair as the simulated author writes it. */
export interface InventedPair {
  pink: Listed;
  grey: Listed;
  difference: string;
}

const list = (words: string): string[] => words.trim().split(/\s+/);

const starts = list('B Br C Cl D Dr F Fl G Gr H J K Kr L M N P Pr R S Sk St T Tr V W Z');
const vowels = list('a e i o u');
const middles = list('l r n m v d b ld rn lv rv st nd sk lm rd th ph rr ll mb');
const ends = list(
  'nis ra lis va rin dor sk ton la reth mar vik nia den xa rus ven tine by za mont ska nor ley cott ffin gard quist lund bel',
);
const seconds = list('Works Vale Bay Hall Park Line Field House Lane Nord Verde Alta Prime Classic Studio Atelier');
const makers = list('Group Company Collective Originals International');

/** A name that means nothing, the same for a seed and key; nearly half a million of them, and more with a second word. */
export function inventName(seed: number, ...key: string[]): string {
  const random = new KeyedRandom(seed, 'name', ...key);
  const word =
    random.pick(starts) + random.pick(vowels) + random.pick(middles) + random.pick(vowels) + random.pick(ends);
  return random.chance(0.3) ? `${word} ${random.pick(seconds)}` : word;
}

/** What a lay person would say of the one and of the other. */
const contrasts: [string, string][] = [
  ['costs less at the start', 'costs less over the years'],
  ['is quick to learn', 'takes a season to learn and then does more'],
  ['is small and light', 'is large and stays where it is put'],
  ['is loud and lively', 'is quiet and slow'],
  ['is made for two or three', 'is made for a crowd'],
  ['is old and has many followers', 'is new and changes every year'],
  ['comes ready to use', 'is put together by hand'],
  ['is at its best in summer', 'is at its best in the cold months'],
  ['can be had in any town', 'has to be ordered weeks ahead'],
  ['asks for care every day', 'can be left alone for months'],
  ['is plain in its looks', 'is richly decorated'],
  ['has one way of doing things', 'leaves every choice to its owner'],
  ['is run by volunteers', 'is run by a large firm'],
  ['is meant for beginners', 'is meant for people who do it daily'],
  ['is known for its bright colours', 'is known for its dark wood'],
  ['breaks rarely and is hard to mend', 'breaks more often and is mended in minutes'],
  ['is sweet and mild', 'is sharp and strong'],
  ['is close to the coast', 'lies up in the hills'],
  ['can be shared with friends', 'belongs to one person'],
  ['is paid once', 'is paid by the month'],
];
const frames = [
  '{pink} {one}, while {grey} {other}.',
  '{grey} {other}; {pink} {one}.',
  '{pink} {one}, but {grey} {other}.',
  'Put simply, {pink} {one} and {grey} {other}.',
];

/** Well-known things, for authors that think of what everybody thinks of. */
const famous: [pink: string, grey: string, difference: string][] = [
  ['Nikon', 'Canon', 'Nikon kept its old lens mount, while Canon has more lenses that focus by themselves.'],
  ['Toyota', 'Honda', 'Toyota sells more cars, while Honda makes motorcycles too.'],
  ['Kobo', 'Kindle', 'Kobo opens books from the library, while Kindle is tied to one shop.'],
  ['Playmobil', 'Lego', 'Playmobil comes as figures to play with, while Lego is built from bricks.'],
  ['Sennheiser', 'Bose', 'Sennheiser comes from the studio, while Bose is known for comfort.'],
  ['Gruyère', 'Emmental', 'Gruyère is firm and salty, while Emmental is mild and full of holes.'],
  ['Darjeeling', 'Assam', 'Darjeeling is light and flowery, while Assam is dark and strong.'],
  ['Lisbon', 'Porto', 'Lisbon is the larger city, while Porto is smaller and known for its wine.'],
];

/** What gives away that two things are no alternatives, or differ only for specialists. */
const unreal = [
  '{pink} is the series to which {grey} belongs.',
  '{pink} and {grey} are two names for the same thing.',
  '{pink} is a part of {grey}, not an alternative to it.',
  'Only a specialist could tell {pink} from {grey}.',
  'Nobody who looks for {pink} would consider {grey}.',
];
const unrealMarks = unreal.map((sentence) =>
  sentence
    .split(/\{pink\}|\{grey\}/)
    .reduce((longest, part) => (part.trim().length > longest.length ? part.trim() : longest), ''),
);

/** Whether a difference is none that a lay person could name between alternatives: what this world writes of such pairs. */
export const tellsUnreal = (difference: string): boolean => unrealMarks.some((mark) => difference.includes(mark));

/** Pair number `slot` of a topic: the same for a seed and topic, so that two lists of a topic have pairs in common. */
export function inventPair({ seed, pipeline }: World, topic: string, slot: number): InventedPair {
  const random = new KeyedRandom(seed, 'pair', topic, String(slot));
  const [bad, clash] = [random.uniform(), random.uniform()];
  if (random.chance(pipeline.famous)) {
    const [pink, grey, difference] = random.pick(famous);
    return { pink: { name: pink, aliases: [] }, grey: { name: grey, aliases: [] }, difference };
  }
  const pink = inventName(seed, topic, String(slot), 'pink');
  let grey = inventName(seed, topic, String(slot), 'grey');
  const first = pink.split(' ')[0]!;
  const short = first === pink ? [] : [first];
  const maker = `${first} ${random.pick(makers)}`;
  const aliases = clash < pipeline.clashing ? [...short, maker] : random.chance(0.6) ? [...short, maker] : short;
  if (clash < pipeline.clashing) grey = `${maker} ${grey.split(' ')[0]}`;
  const [one, other] = random.pick(contrasts);
  const sentence = bad < pipeline.unreal ? random.pick(unreal) : random.pick(frames);
  const difference = fill(sentence, { pink, grey, one, other });
  const greyShort = grey.split(' ')[0]!;
  return {
    pink: { name: pink, aliases },
    grey: { name: grey, aliases: greyShort === grey || clash < pipeline.clashing ? [] : [greyShort] },
    difference,
  };
}
