import type { KeyedRandom } from '../../../../lib/rng.js';
import { drawn } from './drawn.js';

const qualities =
  'affordable well-known little-known old-fashioned modern family-friendly small regional award-winning seasonal'.split(
    ' ',
  );
const audiences = [
  'beginners',
  'large families',
  'people with little time',
  'long journeys',
  'small rooms',
  'rainy weekends',
  'a tight budget',
  'demanding amateurs',
  'children under ten',
  'older people',
  'groups of friends',
  'people who live alone',
  'cold countries',
  'hot summers',
  'town dwellers',
  'life in the country',
  'experts',
  'a first attempt',
  'daily use',
  'special occasions',
];

/** Topics of a domain, all different: narrower sorts of it, about which alternatives can be compared. */
export function writeTopics(domain: string, count: number, random: KeyedRandom): string[] {
  const sorts = audiences.length * (qualities.length + 1);
  return drawn(sorts, Math.min(count, sorts), random).map((sort) => {
    const audience = audiences[sort % audiences.length]!;
    const quality = qualities[Math.floor(sort / audiences.length)];
    return `${quality === undefined ? '' : `${quality} `}${domain} for ${audience}`;
  });
}
