import { findMentions } from '../../../../lib/mentions.js';
import { pointingSentences } from '../conversation/reply-in-conversation.js';

/** The entity that a turn is to leave out, as a request names it. */
export interface Subject {
  name: string;
  aliases: string[];
}

/** A sentence that names the entity, or points to it. */
export interface Reference {
  sentence: string;
  explicit: boolean;
}

const pointing = new Set(pointingSentences);

/** The sentences of a text, without the white space between them. */
export const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[.!?])\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');

/** The sentences of a text, and those of them that refer to the entity. */
export function referencesIn(text: string, subject: Subject): { references: Reference[]; sentences: string[] } {
  const sentences = sentencesOf(text);
  const named = findMentions(text, subject).length > 0;
  const references = sentences.flatMap((sentence): Reference[] => {
    if (named && findMentions(sentence, subject).length > 0) return [{ sentence, explicit: true }];
    return pointing.has(sentence) ? [{ sentence, explicit: false }] : [];
  });
  return { references, sentences: sentences.length === 0 ? [text] : sentences };
}
