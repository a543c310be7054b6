import type { Answer, SeenRequest } from './chat-server.js';
import { demoConfig, mockProvider } from './demo-eval.js';

/** Numbers of items and personas of the eval below. */
export const pairItems = 12;
export const pairPeople = 10;

const judge = (id: string, reader: string | null): object => ({
  id,
  kind: 'judge',
  mode: 'pairwise',
  role: 'judge',
  of: 'revision',
  against: 'base',
  confidence: false,
  ...(reader === null ? {} : { with: { reader } }),
  messages: [
    {
      user: `Which of two?\n<reader>${reader === null ? '' : '{{ with.reader.id }}'}</reader>\n<first>{{ first }}</first>\n<second>{{ second }}</second>`,
    },
  ],
});

/** A base answer and its revision for a persona, judged for the persona, for another one and for nobody. */
export const pairsConfig = (changes: { eval?: object; config?: object } = {}): object =>
  demoConfig({
    items: pairItems,
    eval: {
      eval: 'pairs-demo',
      personas: Array.from({ length: pairPeople }, (_unused, index) => ({
        id: `p${index}`,
        attributes: { name: `=Person ${index}`, hobby: 'chess, "fast"' },
      })),
      arms: { feedback: {} },
      steps: [
        { id: 'base', messages: [{ user: '{{ item.text }}' }] },
        { id: 'revision', messages: [{ system: 'Revise for {{ persona.id }}' }, { user: '{{ item.text }}' }] },
      ],
      graders: [judge('prefers', 'persona'), judge('prefers_other', 'other'), judge('prefers_none', null)],
      metrics: [{ id: 'preference', kind: 'mean', of: 'prefers', better: 'higher' }],
      contrasts: [],
      pairs: {
        instruction: '{{ item.text }}',
        rejected: 'base',
        chosen: 'revision',
        persona: '{{ persona.profile }}',
        system: 'You speak with this person:\n{{ persona.profile }}',
        preferred: 'prefers',
        controls: { shuffled: 'prefers_other', none: 'prefers_none' },
      },
      ...changes.eval,
    },
    config: { providers: [mockProvider()], roles: { judge: mockProvider('judge') }, seed: 5, ...changes.config },
  });

export const baseText = (question: string): string => `It depends.\n"${question}" has two sides, and ünlike views.`;
export const revisedText = (question: string, persona: string): string => `For ${persona}: ${question} Yes.`;

const between = (text: string, tag: string): string => text.split(`<${tag}>`)[1]!.split(`</${tag}>`)[0]!;

/**
 * Writes and judges answers. Town 0 is declined, the revision for town 1 changes nothing, that for town 2 is cut. The
 * judge prefers what was written for the reader; of town 4 it says nothing that can be read; for p3 it says "first" to
 * everything, and p5 likes whatever is revised.
 */
export function answerPairs({ body }: SeenRequest): Answer {
  const asked = body.messages!.at(-1)!.content;
  if (body.model === 'judge') return { text: verdictOn(asked) };
  const persona = /Revise for (\w+)/.exec(body.messages![0]!.content)?.[1];
  if (/town 0 /.test(asked)) return { text: '', refusal: 'I cannot help with this.' };
  if (persona === undefined || /town 1 /.test(asked)) return { text: baseText(asked) };
  return { text: revisedText(asked, persona), finish: /town 2 /.test(asked) ? 'length' : 'stop' };
}

function verdictOn(asked: string): string {
  if (/town 4 /.test(asked)) return 'I would rather not say.';
  const reader = between(asked, 'reader');
  const wanted = reader === 'p5' ? /^For \w+:/ : new RegExp(`^For ${reader}:`);
  const liked = ['first', 'second'].filter((side) => reader !== '' && wanted.test(between(asked, side)));
  return JSON.stringify({ rationale: 'r', verdict: reader === 'p3' ? 'first' : (liked[0] ?? 'tie') });
}
