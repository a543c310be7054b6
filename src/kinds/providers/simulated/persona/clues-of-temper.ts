import type { Clue } from './clue.js';

const trait = (name: string, level: string): RegExp => new RegExp(`${name}: ${level}`, 'i');

/** Clues from the five traits of personality. */
export const cluesOfTemper: readonly Clue[] = [
  {
    id: 'temper/open',
    attribute: 'big five scores',
    value: trait('openness', 'high'),
    considerations: [
      'the odd possibility that nobody has put on the list',
      'a fresh look, even if it leads somewhere unexpected',
      'curiosity about how others have solved this',
    ],
  },
  {
    id: 'temper/steady',
    attribute: 'big five scores',
    value: trait('openness', 'low'),
    considerations: [
      'the tried way before the clever one',
      'habits that have earned their place',
      'no novelty for the sake of novelty',
    ],
  },
  {
    id: 'temper/orderly',
    attribute: 'big five scores',
    value: trait('conscientiousness', 'high'),
    considerations: [
      'a list, a date and a person in charge of each point',
      'finishing what was promised with a signature',
      'doing it properly or leaving it alone',
    ],
  },
  {
    id: 'temper/loose',
    attribute: 'big five scores',
    value: trait('conscientiousness', 'low'),
    considerations: [
      'a rough plan that forgives a missed step',
      'the option that needs the least upkeep',
      'getting going first and tidying up later',
    ],
  },
  {
    id: 'temper/outgoing',
    attribute: 'big five scores',
    value: trait('extraversion', 'high'),
    considerations: [
      'talking it over with a roomful of people',
      'the energy that comes from doing it together',
      'saying it out loud and seeing who joins in',
    ],
  },
  {
    id: 'temper/quiet',
    attribute: 'big five scores',
    value: trait('extraversion', 'low'),
    considerations: [
      'a quiet hour alone with the question',
      'one trusted person instead of a crowd',
      'putting it in writing, where nobody interrupts',
    ],
  },
  {
    id: 'temper/kind',
    attribute: 'big five scores',
    value: trait('agreeableness', 'high'),
    considerations: [
      'keeping the peace without keeping silent',
      'how it will feel to the person on the other side',
      'the gentlest way that still gets there',
    ],
  },
  {
    id: 'temper/blunt',
    attribute: 'big five scores',
    value: trait('agreeableness', 'low'),
    considerations: [
      'saying the uncomfortable part first',
      'standing firm when others would rather you folded',
      'not paying for the comfort of others',
    ],
  },
  {
    id: 'temper/anxious',
    attribute: 'big five scores',
    value: trait('neuroticism', 'high'),
    considerations: [
      'what would let you sleep soundly afterwards',
      'a safety net before the leap',
      'naming the worst case and finding that it can be borne',
    ],
  },
  {
    id: 'temper/calm',
    attribute: 'big five scores',
    value: trait('neuroticism', 'low'),
    considerations: [
      'a steady nerve, which is half of the matter here',
      'letting the alarm of others pass by',
      'risks that look smaller in daylight',
    ],
  },
];
