import Type, { type Static } from 'typebox';
import { closed, exactlyOne, path, template } from './words.js';

const speakers = ['system', 'user', 'assistant', 'turns'];

/** One line of a conversation: who speaks and what, or a list of turns taken from the item. */
export const messageLine = Type.Object(
  {
    system: Type.Optional(template('Text of a system message.')),
    user: Type.Optional(template('Text of a user message.')),
    assistant: Type.Optional(template('Text of an assistant message.')),
    turns: Type.Optional(path('Path of a list of turns ({user: …}, {assistant: …}), inserted as they are.')),
    beforeFirst: Type.Optional(path('With turns: path of a text that is put before the first turn of the user.')),
    beforeEach: Type.Optional(path('With turns: path of a text that is put before every turn of the user.')),
    when: Type.Optional(path('Path; the line is sent only if its value is not missing, null, false or empty.')),
    unless: Type.Optional(path('Path; the line is left out if its value is not missing, null, false or empty.')),
  },
  { ...closed, ...exactlyOne(speakers), description: 'Exactly one of system, user, assistant, turns.' },
);

export const messageList = Type.Array(messageLine, { minItems: 1, description: 'The conversation, line by line.' });

export type MessageLine = Static<typeof messageLine>;
