import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { readYaml } from '../../src/lib/yaml-nodes.js';
import { valueInParts } from '../../src/lib/yaml-parts.js';
import { placeOf } from '../../src/lib/yaml-place.js';
import { parseYaml } from '../../src/lib/yaml-source.js';

const inParts = (text: string) => valueInParts(text, { leastEntries: 2, entriesAPart: 2 });
/** What the whole document is read as; undefined unless it is sound. */
const whole = (text: string): unknown => {
  const { value, errors, problems } = readYaml(text);
  return errors.length + problems.length === 0 ? value : undefined;
};

describe('reading in parts', () => {
  test.each([
    'items:\n  - a\n  - b\n  - c\n',
    'prompts: p\nitems:\n- {id: a}\n- {id: b}\n- id: c\n  text: >\n    folded\n    text\nlicence: MIT\n',
    '- a\n-\n  b\n- - c\n  - d\n- e: [1,\n   2]',
    '---\nx: {y: 1}\nlist:\n    - |+\n      kept\n\n\n    - "two\n      lines"\n\n# end\nz: 2\n',
    'list:\r\n  - a: 1\r\n    b: "x"\r\n  - a: 2\r\n\r\n  # note\r\n  - a: 3\r\n',
    'a:\n  - x\n  - y\n# at the margin\n  - z\nb: 1\n',
    'outer:\n  - inner:\n      - 1\n      - 2\n      - 3\n  - inner: []\n',
  ])('%j', (text) => {
    expect(inParts(text)).toEqual(whole(text));
    expect(inParts(text)).toBeDefined();
  });

  test.each([
    ['a list within a text', 'text: |\n  - a\n  - b\n  - c\n'],
    ['a list within quotes', 'text: "\n  - a\n  - b\n  - c"\n'],
    ['a list with an anchor of its own', 'list: &all\n  - a\n  - b\nagain: *all\n'],
    ['anchors in entries', 'list:\n  - &x a\n  - *x\n  - b\nc: *x\n'],
    ['an alias to before the list', 'x: &x 1\nlist:\n  - *x\n  - b\n'],
    ['a duplicate key', 'list:\n  - {a: 1, a: 2}\n  - b\n'],
    ['a number that cannot be kept', 'list:\n  - 12345678901234567890\n  - b\n'],
    ['an unknown tag', 'list:\n  - !x a\n  - b\n'],
    ['tabs', 'list:\n  - a\tb\n  - b\n'],
    ['a directive', '%YAML 1.1\n---\nlist:\n  - yes\n  - no\n'],
    ['two documents', 'list:\n  - a\n  - b\n---\nc: 1\n'],
    ['a bracket that is closed too far left', 'list:\n  - [a,\n  b]\n  - c\n'],
    ['a list that is a key', '? - a\n  - b\n  - c\n: 1\n'],
    ['an error outside of the list', 'list:\n  - a\n  - b\nc: "open\n'],
    ['no list', 'a: 1\n'],
  ])('is left alone: %s', (_, text) => {
    expect(inParts(text)).toBeUndefined();
  });

  test('entries are nested as deep as they are in the whole', () => {
    const nested = (levels: number) => `list:\n  - a\n  - ${'['.repeat(levels)}${']'.repeat(levels)}\n`;
    expect(inParts(nested(62))).toEqual(whole(nested(62)));
    expect(whole(nested(63))).toBeUndefined();
    expect(inParts(nested(63))).toBeUndefined();
  });

  test('gives what the whole gives, or nothing', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab -:#\n\r{}[]"\'|>&*!?,<~1.'.split('')), maxLength: 8 });
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.integer(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 5 }),
        fc.dictionary(fc.stringMatching(/^[a-z]$/), tie('value'), { maxKeys: 3 }),
      ),
    }));
    let read = 0;
    const document = fc.record({
      head: value,
      list: fc.array(value, { minLength: 2, maxLength: 7 }),
      tail: value,
    });
    fc.assert(
      fc.property(document, fc.boolean(), fc.constantFrom(20, 80), (data, indentSeq, lineWidth) => {
        const written = stringify(data, { indentSeq, lineWidth });
        const found = inParts(written);
        if (found === undefined) return;
        read++;
        expect(found).toEqual(whole(written));
      }),
      { numRuns: 500 },
    );
    expect(read).toBeGreaterThan(200);
  });

  test('text that is damaged anywhere is never read as something else', () => {
    const sound =
      'p: x\nitems:\n  - {id: a, q: "one # two"}\n  - id: b\n    q: |\n      text\n  - id: c\n    q: it\'s\nend: [1, 2]\n';
    const sign = fc.constantFrom(...' \n-:#{}[]"\'|>&*!?,'.split(''));
    fc.assert(
      fc.property(fc.nat(sound.length), fc.nat(2), sign, (at, removed, added) => {
        const damaged = sound.slice(0, at) + added + sound.slice(at + removed);
        const found = inParts(damaged);
        if (found !== undefined) expect(found).toEqual(whole(damaged));
      }),
      { numRuns: 1000 },
    );
  });
});

test('a long list keeps its places, though its nodes are not kept', () => {
  const entry = (i: number) => `  - {id: i${i}, text: "question ${i}"}\n`;
  const text = `prompts: many\nitems:\n${Array.from({ length: 2000 }, (_, i) => entry(i)).join('')}licence: MIT\n`;
  const source = parseYaml('many.yaml', text);
  expect(source.value).toMatchObject({ prompts: 'many', licence: 'MIT' });
  expect((source.value as { items: unknown[] }).items[1999]).toEqual({ id: 'i1999', text: 'question 1999' });
  expect(placeOf(source, ['items', 1234, 'text'])).toMatchObject({ line: 1237, column: 23, path: 'items[1234].text' });
});
