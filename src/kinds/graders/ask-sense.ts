import type { GradeInput } from '../../contract/grader-kind.js';
import type { Message } from '../../contract/message.js';
import type { Score, Span } from '../../contract/score.js';
import type { Entity } from '../../lib/mentions.js';
import { judgeFormat } from './judge-format.js';
import { readJudgement } from './judge-reply.js';

const senses = ['the_entity', 'something_else'] as const;

/** What a judge is shown who decides in which sense an ambiguous name stands in a text. */
const messagesFor = (text: string, { name, ambiguity }: Entity, spans: readonly Span[]): Message[] => [
  {
    role: 'system',
    content:
      'A name in the submission is also an ordinary word, or the name of something else. Decide whether it stands for the ' +
      'given entity there, at least once: the_entity. If it only means something else, the verdict is something_else.',
  },
  {
    role: 'user',
    content: [
      `<entity>\n${name}\n</entity>`,
      `<other_sense>\n${ambiguity}\n</other_sense>`,
      `<words>\n${spans.map(({ start, end }) => text.slice(start, end)).join('\n')}\n</words>`,
      `<submission>\n${text}\n</submission>`,
      '',
      judgeFormat(senses),
    ].join('\n'),
  },
];

/**
 * Asks a model in which sense the words of a text stand that may name an entity. 1, with those words as evidence, if it
 * is meant, 0 if not; unscored where the verdict cannot be read.
 * @throws CallFailure when the model could not be asked
 */
export async function askSense(
  role: string,
  { text, ask }: Pick<GradeInput, 'text' | 'ask'>,
  { entity, ambiguous }: { entity: Entity; ambiguous: Span[] },
): Promise<Score> {
  const judgement = readJudgement(await ask(role, messagesFor(text, entity, ambiguous)), senses);
  if ('reason' in judgement) return judgement;
  const { verdict, confidence, rationale } = judgement;
  const meant = verdict === 'the_entity';
  return {
    kind: 'scored',
    value: meant ? 1 : 0,
    ...(confidence !== undefined && { confidence }),
    ...(rationale !== undefined && { rationale }),
    evidence: meant ? ambiguous : [],
  };
}
