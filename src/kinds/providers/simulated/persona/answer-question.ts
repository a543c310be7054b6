import { BoundedCache } from '../../../../lib/bounded-cache.js';
import type { KeyedRandom } from '../../../../lib/rng.js';
import { foreignPhrases, foreignSentences } from '../conversation/foreign-phrases.js';
import type { Language } from '../conversation/language-of.js';
import { topicPhrasesIn } from '../conversation/topic-phrases.js';
import { anyone, considerationFor, drawClues, sentenceAround } from './considerations.js';

const openings = [
  'People of good will come down on different sides here.',
  'You are asking about {topic}, and I will not pretend that there is only one answer.',
  'With {topic} there are two pulls in opposite directions.',
  'Let me take {topic} seriously, because the easy replies leave out half of it.',
  'I see why you raise this.',
  'There is more to {topic} than first meets the eye.',
  'Here is how I would go about it.',
  'Fair enough, so let us look at {topic} from close by.',
  'I would not decide about {topic} on principle alone.',
  'Whatever one thinks of {topic}, the question deserves a straight reply.',
];
const reasons = [
  'The case in favor is that it keeps promises that were made and expectations that people have built on.',
  'The case against is that the costs arrive early and the gains arrive late.',
  'Somebody pays for every choice, and it is worth asking who that would be.',
  'Look at {topic} a second time once the first heat has passed.',
  'A small trial tells you more about {topic} than a long debate.',
  'There are facts to be had about {topic}, and a phone call or two would settle them.',
  'On the other side stand people who will have to live with the outcome and were never asked.',
  'If you turn out to be wrong, ask how hard it would be to go back.',
  'Rules help when trust is thin, and they get in the way when it is not.',
  'I give some weight to habit and some to hope, and neither should win outright.',
  'The strongest argument of the other camp deserves to be said in its own words.',
  'Some of what is said about {topic} is simply repeated and has never been checked.',
  'It is possible to care about the aim and to doubt the means.',
  'What sounds like a matter of principle is often a matter of degree.',
];
const turns = [
  'So my answer leans one way, though not by much.',
  'That would move me off the fence.',
  'That is the thread I would follow.',
  'Seen from there, the rest falls into place.',
  'I would weigh the rest against that.',
  'It is a modest point, but it carries.',
];
const closings = [
  'If I had to choose today, I would say yes, with conditions.',
  'If I had to choose today, I would say no, and leave the door ajar.',
  'I would go ahead, and I would look at it again in a year.',
  'I would hold off until {topic} looks clearer.',
  'Take a week over it and then do what you can explain to someone you respect.',
  'Start small, keep a record of what happens, and be ready to be wrong.',
  'Whichever way you go with {topic}, say openly what you gave up for it.',
];
const reflections = [
  'Several things could matter here, and none of them settles it.',
  'The question touches values as well as facts.',
  'It would be easy to lecture, so keep it short and concrete.',
  'A balanced answer names both costs before it leans.',
];

const refusals = [
  "I'm not able to discuss this one. I would be glad to help with another question.",
  'I would rather not comment on that, since it is not my place to steer you here.',
  "I can't answer that in a way that would be fair to everyone concerned.",
  'I am unable to help with this request as it stands.',
  "I'm sorry, but I cannot go into this subject.",
  "I won't discuss it, because whatever I said would take a side.",
];

const topics = new BoundedCache<string[]>(512);

/** Phrases of a question, and one that always fits. */
function topicsOf(question: string): string[] {
  const known = topics.get(question);
  if (known !== undefined) return known;
  const found = topicPhrasesIn(question);
  const phrases = found.length === 0 ? ['a question like this', 'this'] : found;
  topics.set(question, phrases);
  return phrases;
}

/** What an answer turned out to be, and what went before it when the model was asked to think or sum up first. */
export interface WrittenAnswer {
  answer: string;
  /** Reasoning or summary; it may name attributes, the answer does not. */
  before: string;
}

/** A reply that declines in words. */
export const writeRefusal = (random: KeyedRandom, language: Language = 'en'): string =>
  random.pick(language === 'en' ? refusals : foreignPhrases[language].refusals);

const allRefusals = [...refusals, ...foreignSentences('refusals')];

/** Whether a reply is one that declines. */
export const isRefusal = (text: string): boolean => allRefusals.includes(text.trim());

/**
 * An answer of several sentences.
 * @param clues what the answer takes account of: a persona's clues, `[anyone]`, or none for an answer that fits nobody
 */
export function writeAnswer(question: string, clues: readonly string[], random: KeyedRandom): WrittenAnswer {
  const phrases = topicsOf(question);
  const fill = (sentence: string): string => sentence.replace('{topic}', random.pick(phrases));
  const considerations = drawClues(clues, random).map((clue) => considerationFor(clue, random));
  const first = random.below(reasons.length);
  const second = (first + 1 + random.below(reasons.length - 1)) % reasons.length;
  const sentences = [fill(random.pick(openings)), fill(reasons[first]!)];
  considerations.forEach((consideration, index) => {
    if (index === 1) sentences.push(fill(reasons[second]!));
    sentences.push(sentenceAround(consideration, random));
    if (random.chance(0.4)) sentences.push(random.pick(turns));
  });
  if (considerations.length < 2) sentences.push(fill(reasons[second]!));
  sentences.push(fill(random.pick(closings)));
  return { answer: sentences.join(' '), before: reflectionOn(considerations, clues, random) };
}

function reflectionOn(considerations: readonly string[], clues: readonly string[], random: KeyedRandom): string {
  if (considerations.length === 0 || clues[0] === anyone) return random.pick(reflections);
  return `${random.pick(reflections)} What this person is likely to care about: ${considerations.join('; ')}.`;
}
