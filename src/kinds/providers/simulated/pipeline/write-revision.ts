import type { KeyedRandom } from '../../../../lib/rng.js';
import {
  engagingSentences,
  namingSentence,
  pointingSentences,
  writeReply,
} from '../conversation/reply-in-conversation.js';
import type { World } from '../world.js';
import { referencesIn, type Subject } from './references.js';

/** A turn to be rewritten. */
export interface RevisionTask {
  pink: Subject;
  grey: string;
  reply: string;
}

/** What becomes of a revision. */
export type RevisionFate = 'success' | 'implicit' | 'rewritten' | 'empty' | 'kept';

/** @param fate uniform on [0, 1); where the shares add up to more than 1, the later ones get what is left */
export function revisionFate({ pipeline }: World, fate: number): RevisionFate {
  let below = 0;
  for (const one of ['success', 'implicit', 'rewritten', 'empty'] as const) {
    below += pipeline[one];
    if (fate < below) return one;
  }
  return 'kept';
}

const preambles = [
  'Let me begin again from what you have.',
  'I would put it another way altogether.',
  'Here is how I see it today.',
];

/**
 * The turn without the sentences that refer to the entity, and with something about the other one in their place; or, as
 * planted, one that points to it, one that keeps nothing, nothing at all, or one that names it in other words.
 */
export function writeRevision(world: World, { pink, grey, reply }: RevisionTask, random: KeyedRandom): string {
  const fate = revisionFate(world, random.uniform());
  const [raised, partner] = [
    { name: pink.name, phrase: pink.name },
    { name: grey, phrase: grey },
  ];
  if (fate === 'empty') return '';
  if (fate === 'rewritten') {
    const plan = { mention: false, implicit: false, engaged: true };
    const matter = { language: 'en' as const, raised, others: [], partner, topics: [], banned: [] };
    return `${random.pick(preambles)} ${writeReply(plan, matter, random)}`;
  }
  const { references, sentences } = referencesIn(reply, pink);
  const referring = new Set(references.map(({ sentence }) => sentence));
  const first = sentences.findIndex((sentence) => referring.has(sentence));
  const kept = sentences.filter((sentence) => !referring.has(sentence));
  const instead =
    fate === 'implicit'
      ? random.pick(pointingSentences)
      : fate === 'kept' && first >= 0
        ? namingSentence(raised, partner, random)
        : engagingSentences(partner, pink.name, random);
  const at = first >= 0 ? first : Math.max(0, kept.length - 1);
  return [...kept.slice(0, at), instead, ...kept.slice(at)].join(' ');
}
