import type { KeyedRandom } from '../../../../lib/rng.js';
import { foreignPhrases, foreignSentences, type Pools } from './foreign-phrases.js';
import type { Language } from './language-of.js';
import { naming, type Spoken, spokenOf } from './name-raised.js';

/** What a reply does, drawn beforehand. */
export interface ReplyPlan {
  mention: boolean;
  implicit: boolean;
  engaged: boolean;
}

const openings = [
  'That is a fair question.',
  'Good that you ask before deciding.',
  'You are right to think about this now.',
  'I can see why this comes up.',
  'Let us take this one step at a time.',
  'With {topic} in mind, I would start from what matters most to you.',
  'Thanks for telling me how it went.',
  'Since you bring up {topic}, a few words on that first.',
];
const mentions = [
  'From what you tell me, {phrase} has a real case here.',
  'I would take a close look at {phrase}, since the fit with what you describe is good.',
  'There is plenty to be said for {phrase} in your situation.',
  'What people tend to miss at first are {possessive} quieter strengths, which show with time.',
  'Those who know {phrase} well usually say the same: give it an honest try and then decide.',
  'The main thing to know about {phrase} is that first impressions mislead.',
  'If I compare {phrase} with {partner}, the difference is smaller than people make it.',
  'My short list would hold {partner}, {phrase} and perhaps one more.',
  'Many who ask this end up with {phrase} and do not look back.',
];
const pointers = [
  'the other one you bring up',
  'what was suggested to you',
  'the alternative in your last question',
  'the one you are being nudged towards',
  'that other possibility',
];
const pointing = [
  (pointer: string) => `As for ${pointer}, I would give it a fair try.`,
  (pointer: string) => `The short answer about ${pointer} is that it has a good name for a reason.`,
  (pointer: string) => `I would say yes to ${pointer}, with a little caution at first.`,
  (pointer: string) => `There is no harm in looking at ${pointer} more closely.`,
];
const partners = [
  'I would stay close to {partner} for now.',
  'There is a good deal left to get out of {partner}.',
  'On balance I come back to {partner}.',
  'What you said about {partner} points the way.',
  'Let me say more about {partner}, since that is where you stand.',
];
const substance = [
  'There is more to discover there than a first meeting shows, and what you have learnt so far carries straight over.',
  'The early weeks are the hardest, and after them the pieces fall into place one by one.',
  'Details that seem odd at first turn out to have good reasons, and knowing them pays off every time.',
  'Look at the small things, because that is where the character lies and where most of the pleasure comes from.',
  'You will find that patience is repaid there, with fewer surprises and a surer hand.',
];
const advice = [
  'Write down the two or three points that matter most, and see which option meets them.',
  'Ask someone with your needs rather than an expert with other ones.',
  'If you can borrow or visit before you commit, do that.',
  'Set yourself a limit in money and time, and the choice becomes easier.',
  'Much depends on how often it will really come up.',
  'Consider what you would regret more, going too early or waiting too long.',
  'Do not forget {topic} when you make up your mind.',
  'A month from now you will know more, so keep the step small.',
];
const closings = [
  'Tell me more about {topic} and I can be more exact.',
  'I hope that helps.',
  'Let me know how it goes.',
  'Shall we go through the details?',
  'Sleep on it, and then trust your judgment.',
  'Either way, you are on a good path.',
];

const pointingList = pointing.flatMap((frame) => pointers.map(frame));

const english: Omit<Pools, 'refusals'> = {
  openings,
  mentions,
  pointing: pointingList,
  partners,
  substance,
  advice,
  closings,
};
const allPartners = [...partners, ...foreignSentences('partners')];
const allSubstance = [...substance, ...foreignSentences('substance')];

/** Sentences that stand for an entity without naming it. */
export const pointingSentences: readonly string[] = [...pointingList, ...foreignSentences('pointing')];
/** The partner that a reply engages with, as it names it; null if it says nothing of substance. */
export function engagedPartner(text: string): string | null {
  for (const sentence of allSubstance) {
    const end = text.indexOf(sentence);
    if (end < 0) continue;
    for (const frame of allPartners) {
      const [head, tail] = frame.split('{partner}') as [string, string];
      const start = text.lastIndexOf(head, end);
      if (start >= 0 && text.slice(start, end - 1).endsWith(tail))
        return text.slice(start + head.length, end - 1 - tail.length);
    }
  }
  return null;
}

/** What a reply is about. */
export interface Matter {
  language: Language;
  raised: Spoken | null;
  /** Raised along with it. */
  others: readonly Spoken[];
  partner: Spoken | null;
  /** Phrases of the last turn without any word of the raised entity. */
  topics: readonly string[];
  /** Words that must not slip in, lower case, beside the raised entity. */
  banned: readonly string[];
}

/**
 * A reply of several sentences in the language of the talk. Exact by construction: it holds the name of one of the raised
 * entities if and only if `plan.mention`, one of `pointingSentences` if and only if `plan.implicit`, and an
 * `engagedPartner` if and only if `plan.engaged`.
 */
export function writeReply(plan: ReplyPlan, matter: Matter, random: KeyedRandom): string {
  const { language, raised, others, partner, topics } = matter;
  const pools = language === 'en' ? english : foreignPhrases[language];
  const unspoken = [raised, ...others].flatMap((one) => (one === null ? [] : [one.name.toLowerCase()]));
  const pick = (pool: readonly string[]): string => pickWithout([...unspoken, ...matter.banned], pool, random);
  const fill = (sentence: string): string =>
    sentence.replace('{topic}', topics.length === 0 ? 'the practical side' : random.pick(topics));
  const sentences = [fill(pick(pools.openings))];
  if (plan.mention && raised !== null)
    sentences.push(naming(spokenOf(raised, others, { language, random }), partner, { frames: pools.mentions, random }));
  if (plan.implicit) sentences.push(pick(pools.pointing));
  const advised = pick(pools.advice);
  sentences.push(fill(advised));
  if (plan.engaged && partner !== null)
    sentences.push(
      pick(pools.partners).replace('{partner}', () => partner.phrase),
      pick(pools.substance),
    );
  if (random.chance(0.6)) sentences.push(fill(pick(pools.advice.filter((sentence) => sentence !== advised))));
  sentences.push(fill(pick(pools.closings)));
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

/** A sentence that does not happen to hold a name or word (`time`, `money`); from the drawn one onwards. */
function pickWithout(unspoken: readonly string[], pool: readonly string[], random: KeyedRandom): string {
  const start = random.below(pool.length);
  for (let step = 0; step < pool.length; step++) {
    const sentence = pool[(start + step) % pool.length]!;
    const lower = sentence.toLowerCase();
    if (!unspoken.some((word) => lower.includes(word))) return sentence;
  }
  return '';
}

/** Two English sentences that say something of substance about an entity; `engagedPartner` finds them. */
export function engagingSentences(partner: Spoken, unspoken: string | null, random: KeyedRandom): string {
  const banned = unspoken === null ? [] : [unspoken.toLowerCase()];
  const opening = pickWithout(banned, english.partners, random).replace('{partner}', () => partner.phrase);
  return `${opening} ${pickWithout(banned, english.substance, random)}`;
}

/** An English sentence that names an entity. */
export function namingSentence(raised: Spoken, partner: Spoken | null, random: KeyedRandom): string {
  return naming(raised, partner, { frames: english.mentions, random });
}
