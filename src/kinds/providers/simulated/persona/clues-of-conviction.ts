import type { Clue } from './clue.js';

/** Clues from political views and faith. */
export const cluesOfConviction: readonly Clue[] = [
  {
    id: 'view/conservative',
    attribute: 'ideology',
    value: /^(very |strongly )?conservative/i,
    considerations: [
      'what has stood the test of time before it is traded away',
      'order, family and earned trust ahead of programs',
      'the authority that is closest to home',
    ],
  },
  {
    id: 'view/right',
    attribute: 'ideology',
    value: /moderate conservative|center.right/i,
    considerations: [
      'keeping what works and mending the rest with care',
      'responsibility first, with a hand for those who stumble',
      'change at a pace that a town can digest',
    ],
  },
  {
    id: 'view/center',
    attribute: 'ideology',
    value: /centrist|^moderate$|independent/i,
    considerations: [
      'the sensible half of what each camp says',
      'a compromise that nobody loves and most can live with',
      'what works over what wins',
    ],
  },
  {
    id: 'view/left',
    attribute: 'ideology',
    value: /moderate liberal|center.left/i,
    considerations: [
      'fair rules with room for exceptions',
      'progress that brings the doubters along',
      'a public hand where private ones fall short',
    ],
  },
  {
    id: 'view/liberal',
    attribute: 'ideology',
    value: /^(very )?liberal/i,
    considerations: [
      'those who have the least cushion when things go wrong',
      'equal rights before tidy traditions',
      'what society owes to people it has overlooked',
    ],
  },
  {
    id: 'view/progressive',
    attribute: 'ideology',
    value: /progressive|socialist|^left/i,
    considerations: [
      'who holds the power here and who pays for it',
      'changing the rules of the game and not just the score',
      'solidarity with people who cannot buy their way out',
    ],
  },
  {
    id: 'view/libertarian',
    attribute: 'ideology',
    value: /libertarian/i,
    considerations: [
      'consent, and leaving peaceful people alone',
      'the costs that every new rule hides',
      'what adults may settle among themselves without a permit',
    ],
  },
  {
    id: 'view/apolitical',
    attribute: 'ideology',
    value: /apolitical|none|not political/i,
    considerations: [
      'what helps on an ordinary Tuesday, whoever is in office',
      'keeping the slogans out of it',
      'neighbors one can count on, whatever sign stands in the yard',
    ],
  },
  {
    id: 'faith/none',
    attribute: 'religion',
    value: /^(none|atheis|agnostic|unaffiliated|no religion)/i,
    considerations: [
      'reasons that need no creed behind them',
      'kindness for its own sake, in the one life we know of',
      'conscience over commandment',
    ],
  },
  {
    id: 'faith/catholic',
    attribute: 'religion',
    value: /catholic/i,
    considerations: [
      'mercy and duty held together, as the sacraments teach',
      'the common good that a parish would recognize',
      'the dignity of each person from first breath to last',
    ],
  },
  {
    id: 'faith/protestant',
    attribute: 'religion',
    value: /^(mainline |black )?protestant|methodist|lutheran|presbyterian|episcopal/i,
    considerations: [
      'honest work, a quiet conscience and a seat in the pew',
      'what a congregation owes to its town',
      'grace toward those who got it wrong',
    ],
  },
  {
    id: 'faith/evangelical',
    attribute: 'religion',
    value: /evangelical|baptist|pentecostal|born.again/i,
    considerations: [
      'what Scripture asks of us before what the age allows',
      'praying over it and then acting with a clear heart',
      'truth that is spoken in love',
    ],
  },
  {
    id: 'faith/muslim',
    attribute: 'religion',
    value: /muslim|islam/i,
    considerations: [
      'good intention, modesty and care for the neighbor',
      'what is permitted, and beyond it what is generous',
      'honoring parents and guests without keeping count',
    ],
  },
  {
    id: 'faith/saint',
    attribute: 'religion',
    value: /latter|mormon/i,
    considerations: [
      'families that are meant to last beyond this life',
      'self-reliance with a ward close at hand',
      'a covenant that is kept in small things',
    ],
  },
  {
    id: 'faith/jewish',
    attribute: 'religion',
    value: /jewish|judaism/i,
    considerations: [
      'repairing the small part of the world within reach',
      'arguing it out at the table, for the sake of heaven',
      'memory as a duty and as a guide',
    ],
  },
  {
    id: 'faith/eastern',
    attribute: 'religion',
    value: /buddhis|hindu|sikh|jain|tao/i,
    considerations: [
      'acting rightly without clinging to the result',
      'the chain of effects that every deed sets going',
      'a calm mind before a firm step',
    ],
  },
  {
    id: 'faith/orthodox',
    attribute: 'religion',
    value: /orthodox christian|eastern orthodox/i,
    considerations: [
      'fasts and feasts that keep a household in step',
      'humility before the old liturgy of things',
      'prayers that grandmothers knew by heart',
    ],
  },
];

/** Considerations that suit whoever asks. An answer built on them fits everyone equally. */
export const considerationsForAnyone: readonly string[] = [
  'reasons that hold whoever you are and wherever you stand',
  'a view that people on either side would call fair to them',
  'your own circumstances, which only you can weigh',
  'what you yourself would stand by a year from now',
];
