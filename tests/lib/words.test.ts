import { describe, expect, test } from '@jest/globals';
import { attributeScope } from '../../src/lib/attribute-scope.js';
import { codeFrame, printable } from '../../src/lib/code-frame.js';
import { formatPath, isPresent, lookupPath, parsePath } from '../../src/lib/field-path.js';
import { nearest, nearestHint } from '../../src/lib/nearest.js';

describe('nearest', () => {
  test.each([
    ['grders', 'graders'],
    ['Metrics', 'metrics'],
    ['xyz', undefined],
    ['', undefined],
    ['metric', 'metrics'],
  ])('%j → %j', (word, expected) => {
    expect(nearest(word, ['graders', 'metrics', 'controls'])).toBe(expected);
  });
  test('hints name the nearest, else the known', () => {
    expect(nearestHint('metrcs', ['metrics', 'arms'], 'keys')).toBe('did you mean "metrics"?');
    expect(nearestHint('zzz', ['metrics', 'arms'], 'keys')).toBe('known keys: metrics, arms');
    expect(nearestHint('zzz', [], 'keys')).toBeUndefined();
  });
});

describe('paths', () => {
  test.each([
    ['item.pink.name', ['item', 'pink', 'name']],
    ['persona["big five scores"].x', ['persona', 'big five scores', 'x']],
    ["persona['a.b']", ['persona', 'a.b']],
    ['persona.household language', ['persona', 'household language']],
    ['item.options[0]', ['item', 'options', '0']],
    ['item', ['item']],
    ['', undefined],
    ['item.', undefined],
    ['item..x', undefined],
    ['item[x]', undefined],
    ['.item', undefined],
  ])('%j', (text, expected) => {
    expect(parsePath(text)).toEqual(expected);
  });
  test('look-ups see own properties only', () => {
    expect(lookupPath({ a: [{ b: 1 }] }, ['a', '0', 'b'])).toBe(1);
    expect(lookupPath({ a: {} }, ['a', 'constructor'])).toBeUndefined();
    expect(lookupPath({ a: 'text' }, ['a', 'length'])).toBeUndefined();
    expect(lookupPath(null, ['a'])).toBeUndefined();
  });
  test('presence: neither missing, null, false nor empty', () => {
    expect([undefined, null, false, '', [], {}].map(isPresent)).toEqual([false, false, false, false, false, false]);
    expect([0, 'a', true, [0], { a: 1 }].map(isPresent)).toEqual([true, true, true, true, true]);
  });
  test('paths into documents are written as people write them', () => {
    expect(formatPath(['graders', 0, 'of'])).toBe('graders[0].of');
    expect(formatPath(['arms', 'big five', 'x'])).toBe('arms["big five"].x');
  });
});

test('attributeScope gives id, profile, attributes, and names with underscores', () => {
  const scope = attributeScope({ id: 'p', attributes: { age: 3, 'home town': 'Oslo', home_town: 'own' } });
  expect(scope).toEqual({
    id: 'p',
    age: 3,
    'home town': 'Oslo',
    home_town: 'own',
    profile: 'age: 3\nhome town: Oslo\nhome_town: own',
    card: 'Who: age 3',
  });
});

describe('codeFrame', () => {
  test('points at the column', () => {
    expect(codeFrame('a: 1\nbb: 2\nc: 3', 9, 2)).toBe('  1 | a: 1\n> 2 | bb: 2\n    |     ^\n  3 | c: 3');
  });
  test('shows what there is at the ends of a text, and nothing of CRLF', () => {
    expect(codeFrame('a: 1\r\nb: 2\r\n', 0, 1)).toBe('> 1 | a: 1\n    | ^\n  2 | b: 2');
    expect(codeFrame('a: 1\r\nb: 2\r\n', 9, 2)).toBe('  1 | a: 1\n> 2 | b: 2\n    |    ^');
    expect(codeFrame('', 0, 1)).toBe('> 1 |\n    | ^');
    expect(codeFrame('a\n\nb', 2, 2)).toBe('  1 | a\n> 2 |\n    | ^\n  3 | b');
  });
  test('cuts long lines around the column and never prints control characters', () => {
    const frame = codeFrame(`${'x'.repeat(5000)}\u001b[31mred`, 5000, 1);
    expect(frame.split('\n').every((line) => line.length < 125)).toBe(true);
    expect(frame).not.toContain('\u001b');
    const [line, pointer] = frame.split('\n');
    expect(line![pointer!.indexOf('^')]).toBe('\ufffd');
    expect(printable('a\tb\u0007\u202ec')).toBe('a b\ufffd\ufffdc');
  });
});
