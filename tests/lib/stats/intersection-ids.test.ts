import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { intersectionIds } from '../../../src/lib/stats/intersection-ids.js';

test('units share a number exactly if they share both clusters', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(8)), { maxLength: 80 }), (pairs) => {
      const a = Int32Array.from(pairs, ([id]) => id);
      const b = Int32Array.from(pairs, ([, id]) => id);
      const { ids, count } = intersectionIds({ ids: a, count: 6 }, { ids: b, count: 9 });
      const byKey = new Map<string, number>();
      pairs.forEach((pair, i) => {
        const key = pair.join('|');
        if (!byKey.has(key)) byKey.set(key, ids[i]!);
        expect(ids[i]).toBe(byKey.get(key));
      });
      expect(new Set(byKey.values()).size).toBe(byKey.size);
      expect(count).toBe(byKey.size);
    }),
  );
});

test('a full-scale run takes no memory for the product', () => {
  const n = 317_200;
  const a = { ids: Int32Array.from({ length: n }, (_, i) => i % 1586), count: 1586 };
  const b = { ids: Int32Array.from({ length: n }, (_, i) => (i * 31) % 3868), count: 3868 };
  const before = process.memoryUsage().arrayBuffers;
  const { count } = intersectionIds(a, b);
  expect(count).toBeGreaterThan(3868);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20e6);
});
