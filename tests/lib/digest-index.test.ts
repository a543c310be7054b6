import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DigestIndex, digestWords } from '../../src/lib/digest-index.js';

const digest = fc.stringMatching(/^[0-9a-f]{32}$/);

test('agrees with a map for any keys, first place wins', () => {
  fc.assert(
    fc.property(fc.array(digest, { maxLength: 200 }), fc.array(digest, { maxLength: 20 }), (keys, others) => {
      const index = new DigestIndex(16);
      const map = new Map<string, number>();
      keys.forEach((key, row) => {
        expect(index.add(digestWords(key), row, row * 2)).toBe(!map.has(key));
        if (!map.has(key)) map.set(key, row);
      });
      expect(index.size).toBe(map.size);
      for (const [key, row] of map) expect(index.find(digestWords(key))).toEqual({ frame: row, row: row * 2 });
      for (const key of others) expect(index.has(digestWords(key))).toBe(map.has(key));
    }),
  );
});

test('keys that share their first word are told apart', () => {
  const index = new DigestIndex(16);
  const key = (last: string): Uint32Array => digestWords(`00000000${'0'.repeat(23)}${last}`);
  for (let n = 0; n < 10; n++) index.add(key(String(n)), n, 0);
  for (let n = 0; n < 10; n++) expect(index.find(key(String(n)))?.frame).toBe(n);
});
