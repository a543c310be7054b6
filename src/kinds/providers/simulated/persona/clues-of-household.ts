import type { Clue } from './clue.js';

/** Clues from family, origin, service, health and cover. */
export const cluesOfHousehold: readonly Clue[] = [
  {
    id: 'marital/married',
    attribute: 'marital status',
    value: /^(now )?married/i,
    considerations: [
      'settling it as a couple before anyone else weighs in',
      'a decision that two people have to be able to live with',
      'the promises that come first at home',
    ],
  },
  {
    id: 'marital/single',
    attribute: 'marital status',
    value: /never married|single/i,
    considerations: [
      'the freedom to decide without asking anyone',
      'friends who count as much as relatives',
      'a life that is arranged by one person and answers to that person',
    ],
  },
  {
    id: 'marital/parted',
    attribute: 'marital status',
    value: /divorced|separated/i,
    considerations: [
      'not repeating a bargain that wore thin once before',
      'the calm that follows after hard papers have been signed',
      'starting over with open eyes',
    ],
  },
  {
    id: 'marital/widowed',
    attribute: 'marital status',
    value: /widowed/i,
    considerations: [
      'what somebody dearly missed would have said',
      'an evening house that is quieter than it used to be',
      'carrying on a shared promise alone',
    ],
  },
  {
    id: 'family/children',
    attribute: 'family presence and age',
    value: /(child|children|son|daughter)s?\b(?!.*grown).*\b(age|ages|under|infant)|infant|toddler/i,
    considerations: [
      'what the little ones at home will copy',
      'bedtimes, lunch boxes and the rest of the daily round',
      'the example that is set at the kitchen table',
    ],
  },
  {
    id: 'family/grown',
    attribute: 'family presence and age',
    value: /grown|adult (son|daughter)/i,
    considerations: [
      'children who have their own keys and opinions now',
      'advice to the young ones only when they ask for it',
      'a door that stays open for visits',
    ],
  },
  {
    id: 'family/parents',
    attribute: 'family presence and age',
    value: /parents|mother|father/i,
    considerations: [
      'the elders under the same roof',
      'house rules that were made before you had a vote',
      'the give and take between generations',
    ],
  },
  {
    id: 'language/other',
    attribute: 'household language',
    value: /^(?!english)(?!not applicable).+/i,
    considerations: [
      'what gets lost when only one tongue is heard',
      'the words for this that English does not have',
      'being understood twice, at home and outside',
    ],
  },
  {
    id: 'citizen/new',
    attribute: 'citizenship',
    value: /naturalized|not a citizen/i,
    considerations: [
      'having chosen a country instead of being handed one',
      'paperwork that natives never have to think about',
      'what newcomers notice that everyone else takes for granted',
    ],
  },
  {
    id: 'veteran',
    attribute: 'veteran status',
    value: /^(veteran|on active duty)/i,
    considerations: [
      'duty, and looking after the person to the left and right',
      'a plan that survives the first contact with events',
      'the difference between an order and good judgment',
    ],
  },
  {
    id: 'disability',
    attribute: 'disability',
    value: /difficult/i,
    considerations: [
      'a set-up that works on bad days too',
      'being asked first instead of being helped unasked',
      'ramps, large print and patience in place of pity',
    ],
  },
  {
    id: 'insurance/none',
    attribute: 'health insurance',
    value: /uninsured|^none/i,
    considerations: [
      'not being one accident away from ruin',
      'prices that are known before the treatment',
      'clinics that ask about the pain before the card',
    ],
  },
  {
    id: 'insurance/public',
    attribute: 'health insurance',
    value: /medicare|medicaid|\bva\b/i,
    considerations: [
      'benefits that were promised and should be kept',
      'a program that many people complain of and few would give back',
      'cover that does not depend on an employer',
    ],
  },
];
