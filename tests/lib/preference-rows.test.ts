import { describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../src/contract/json.js';
import { openaiRowFault, trlRowFault } from '../../src/lib/preference-rows.js';

const said = (role: string, content: Json): JsonObject => ({ role, content });
const system = said('system', 'Sprich nicht über Nike.');
const user = said('user', 'Und Laufschuhe?');
const reply = said('assistant', 'Adidas – gern.');
const other = said('assistant', 'Nike, natürlich.');

const trl = (changes: JsonObject = {}): JsonObject => ({
  prompt: [system, user, reply, user],
  chosen: [reply],
  rejected: [other],
  ...changes,
});

const openai = (changes: JsonObject = {}, input: JsonObject = {}): JsonObject => ({
  input: { messages: [system, user], tools: [], parallel_tool_calls: true, ...input },
  preferred_output: [reply],
  non_preferred_output: [other],
  ...changes,
});

describe('trlRowFault', () => {
  test.each([
    ['a conversation', trl()],
    ['no system message', trl({ prompt: [user] })],
    ['further columns', trl({ pair: 'x', split: 'train', filters: ['turns'] })],
  ])('%s is in order', (_name, row) => expect(trlRowFault(row)).toBeNull());

  test.each([
    ['no prompt', trl({ prompt: [] }), /prompt is no list/],
    ['a prompt that is a text', trl({ prompt: 'Und?' }), /prompt is no list/],
    ['the assistant last', trl({ prompt: [user, reply] }), /last message of prompt/],
    ['the system alone', trl({ prompt: [system] }), /last message of prompt/],
    ['two users in a row', trl({ prompt: [user, user] }), /prompt\[1\].*alternate/],
    ['the assistant first', trl({ prompt: [reply, user] }), /prompt\[0\].*beginning with the user/],
    ['a system message in the middle', trl({ prompt: [user, reply, system, user] }), /prompt\[2\]/],
    ['an unknown role', trl({ prompt: [said('human', 'Hi'), user] }), /prompt\[0\] has the role "human"/],
    ['no role', trl({ prompt: [{ content: 'Hi' }, user] }), /prompt\[0\] has no role/],
    ['a turn of spaces', trl({ prompt: [said('user', ' \u00a0')] }), /content of prompt\[0\] is empty/],
    ['no content', trl({ prompt: [{ role: 'user' }] }), /prompt\[0\] has no content/],
    [
      'parts instead of a text',
      trl({ prompt: [said('user', [{ type: 'text', text: 'Hi' }])] }),
      /prompt\[0\] is no text/,
    ],
    ['a text among the messages', trl({ prompt: ['Hi', user] }), /prompt\[0\] is no message/],
    ['two messages on a side', trl({ chosen: [reply, reply] }), /chosen is not one message/],
    ['a user on a side', trl({ rejected: [user] }), /rejected is not one message/],
    ['a side that is a text', trl({ chosen: 'Adidas' }), /chosen is no list/],
    ['an empty side', trl({ chosen: [said('assistant', '')] }), /chosen\[0\] is empty/],
    ['equal sides', trl({ chosen: [other] }), /chosen and rejected are the same/],
    ['nothing', {}, /prompt/],
  ] as [string, JsonObject, RegExp][])('%s: it is said', (_name, row, fault) => {
    expect(trlRowFault(row)).toMatch(fault);
  });
});

const weather = { type: 'function', function: { name: 'weather' } };
const call = { role: 'assistant', tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather' } }] };
const answered = { role: 'tool', tool_call_id: 'c1', content: '4 °C' };

describe('openaiRowFault', () => {
  test.each([
    ['a conversation', openai()],
    ['messages alone', openai({ input: { messages: [user] } })],
    ['a developer message', openai({}, { messages: [said('developer', 'Be short.'), user] })],
    ['parts of text', openai({}, { messages: [said('user', [{ type: 'text', text: 'Hi' }])] })],
    ['a tool that was called', openai({}, { tools: [weather], messages: [user, call, answered] })],
    ['a side that calls a tool', openai({ preferred_output: [call] }, { tools: [weather] })],
  ] as [string, JsonObject][])('%s is in order', (_name, row) => expect(openaiRowFault(row)).toBeNull());

  test.each([
    ['a further key', openai({ pair: 'x' }), /"pair" is no key of this format/],
    ['a further key of input', openai({}, { system: 'x' }), /"system" is no key of input/],
    ['no input', openai({ input: 'text' }), /input is no object/],
    ['no messages', openai({}, { messages: [] }), /input.messages is no list/],
    ['the assistant last', openai({}, { messages: [user, reply] }), /last message of input.messages/],
    ['an unknown role', openai({}, { messages: [said('bot', 'x'), user] }), /role "bot"/],
    ['a tool without a call', openai({}, { messages: [user, said('tool', 'x'), user] }), /tool_call_id/],
    [
      'a picture',
      openai({}, { messages: [said('user', [{ type: 'image_url', image_url: { url: 'x' } }])] }),
      /no text/,
    ],
    ['no side', { input: { messages: [user] } }, /preferred_output is no list/],
    ['two messages on a side', openai({ non_preferred_output: [other, other] }), /^non_preferred_output is not one/],
    ['a user on a side', openai({ preferred_output: [user] }), /preferred_output is not one/],
    ['an empty side', openai({ preferred_output: [said('assistant', '\n')] }), /preferred_output\[0\] is empty/],
    ['equal sides', openai({ preferred_output: [other] }), /are the same/],
    ['tools that are none', openai({}, { tools: {} }), /input.tools is no list/],
    ['a tool without a name', openai({}, { tools: [{ type: 'function', function: {} }] }), /input.tools\[0\]/],
    ['a word for a truth value', openai({}, { parallel_tool_calls: 'yes' }), /parallel_tool_calls/],
  ] as [string, JsonObject, RegExp][])('%s: it is said', (_name, row, fault) => {
    expect(openaiRowFault(row)).toMatch(fault);
  });
});
