import type { Answer, SeenRequest } from './chat-server.js';
import { demoConfig, mockProvider } from './demo-eval.js';

/** Pairs of entities, and conversations on each. */
export const entityPairs = 12;
export const dialoguesEach = 3;
const name = (kind: string, pair: number): string => `${kind}${'abcdefghijkl'[pair]}ix`;

/** Words that differ from conversation to conversation, so that none is a near-duplicate by accident. */
const filler = (index: number): string =>
  Array.from({ length: 30 }, (_unused, word) => `wort${(index * 31 + word * 17) % 997}`).join(' ');

const original = (pair: number, index: number): string =>
  `Nehmen Sie ${name('Pink', pair)}, das ist für Anfänger leicht zu fassen und nicht teuer. ${filler(index)}`;

/**
 * Conversation 0 of pair 0 has two turns of the user in a row; of pair 1 an empty turn; of pair 2 no mention in the
 * original; conversation 1 of pair 3 is nearly that of 0; pair 4 is about a held-out entity.
 */
function itemOf(index: number): object {
  const pair = Math.floor(index / dialoguesEach);
  const turn = index % dialoguesEach;
  const first = pair === 3 && turn === 1 ? index - 1 : index;
  const dialogue = [
    { user: `Wie lerne ich ${name('Grau', pair)}? ${filler(first)}` },
    { assistant: `Mit ${name('Grau', pair)} beginnt man langsam – Schritt für Schritt.` },
    { user: `Und ${name('Pink', pair)}?` },
  ];
  if (index === 0) dialogue.splice(1, 1);
  if (index === dialoguesEach) dialogue[1] = { assistant: ' ' };
  return {
    id: `d${index}`,
    pair: `pair-${pair}`,
    domain: pair % 2 === 0 ? 'sports' : 'städte',
    pink: { name: name('Pink', pair) },
    grey: { name: name('Grau', pair), aliases: [] },
    dialogue,
    reply: index === 2 * dialoguesEach ? `Nehmen Sie etwas anderes. ${filler(index)}` : original(pair, first),
  };
}

export const filterList: object[] = [
  { kind: 'turns' },
  { kind: 'mention_removed', entity: 'item.pink', other: 'item.grey', language: 'de' },
  { kind: 'edit_distance', min: 0.02, max: 0.8 },
  { kind: 'similarity', min: 0.2 },
  { kind: 'length', min: 20, max: 400 },
  { kind: 'near_duplicates', threshold: 0.9 },
  { kind: 'held_out', entities: 'suite.yaml', fields: ['item.pink', 'item.grey'] },
  { kind: 'score', grader: 'bad', is: [0] },
];

/** A suite whose held-out entity is that of pair 4. */
export const heldOutSuite = {
  prompts: 'held-out',
  items: [
    { id: 'a', split: 'held_out', pink: { name: name('PINK', 4).toUpperCase() } },
    { id: 'b', split: 'train', pink: { name: name('Pink', 5) } },
  ],
};

/** An original reply of each item is revised so that it names the other entity. */
export const conversationsConfig = (changes: { eval?: object; pairs?: object; config?: object } = {}): object =>
  demoConfig({
    eval: {
      eval: 'conversations',
      items: Array.from({ length: entityPairs * dialoguesEach }, (_unused, index) => itemOf(index)),
      arms: { revise: {} },
      steps: [
        {
          id: 'revision',
          messages: [{ user: 'Revise {{ item.id }} of {{ item.grey.name }}: {{ item.reply }}' }],
          parse: { json: { reply: 'string' } },
        },
      ],
      graders: [{ id: 'bad', kind: 'matches', of: 'revision.reply', contains: 'SCHLECHT' }],
      metrics: [{ id: 'bad_rate', kind: 'rate', of: 'bad', better: 'lower' }],
      contrasts: [],
      pairs: {
        prompt: 'item.dialogue',
        system: 'Sprich nicht über {{ item.pink.name }}.',
        rejected: 'item.reply',
        chosen: 'revision.reply',
        split: { by: 'item.pair', validation: 0.2, test: 0.2 },
        filters: filterList,
        ...changes.pairs,
      },
      ...changes.eval,
    },
    config: { providers: [mockProvider()], seed: 3, ...changes.config },
  });

const said = (reply: string) => ({ text: JSON.stringify({ reply }) });

/**
 * Revises: pair 5 keeps the name in its conversation 0, is cut in 1 and empty in 2. Pair 6 is written anew
 * in 0 and 1, and is bad in 2. Pair 7 is refused in 0.
 */
export function reviseReply({ body }: SeenRequest): Answer {
  const asked = body.messages!.at(-1)!.content;
  const [, id = '', grey = '', reply = ''] = /^Revise d(\d+) of (\S+): (.*)$/s.exec(asked)!;
  const at = Number(id);
  const revised = reply.replace(/Pink\w+|anderes/, grey);
  const special: { [index: number]: Answer } = {
    15: said(`${revised} Auch Pinkfix ist gut.`),
    16: { ...said(revised), finish: 'length' },
    17: said(' '),
    18: said('Davon rede ich nicht; hier ist etwas ganz anderes.'),
    19: said(`Kurz: ${grey}.`),
    20: said(`${revised} SCHLECHT`),
    21: { text: '', refusal: 'I cannot.' },
  };
  return special[at] ?? said(revised);
}
