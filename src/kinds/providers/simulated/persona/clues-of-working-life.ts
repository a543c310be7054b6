import type { Clue } from './clue.js';

/** Clues from age, schooling, work and means. */
export const cluesOfWorkingLife: readonly Clue[] = [
  {
    id: 'age/minor',
    attribute: 'age',
    below: 18,
    considerations: [
      'a step small enough to try out before the school year ends',
      'thinking it through with an adult who listens before deciding',
      'the larger say that a few more years will bring',
    ],
  },
  {
    id: 'age/young',
    attribute: 'age',
    from: 18,
    below: 35,
    considerations: [
      'the decades that are left to change course',
      'leaving doors open while so much is still being built',
      'a choice that can be undone if the next few years look different',
    ],
  },
  {
    id: 'age/middle',
    attribute: 'age',
    from: 35,
    below: 50,
    considerations: [
      'what fits into weeks that are full already',
      'the years when several people lean on the same pair of shoulders',
      'a plan that still makes sense once the busiest stretch is over',
    ],
  },
  {
    id: 'age/later',
    attribute: 'age',
    from: 50,
    below: 65,
    considerations: [
      'the experience of having seen such choices turn out both ways',
      'what the coming decade should have room for',
      'securing what took so long to build before reaching for more',
    ],
  },
  {
    id: 'age/old',
    attribute: 'age',
    from: 65,
    considerations: [
      'the long view of someone who has watched fashions come and go',
      'an unhurried pace, since nothing here has to be settled by Friday',
      'what is worth handing on to those who come after',
    ],
  },
  {
    id: 'school/some',
    attribute: 'education',
    value: /less than|no school|grade|some high/i,
    considerations: [
      'plain words and what can be seen to work',
      'what people learn by doing rather than from a book',
      'advice that needs no diploma to check',
    ],
  },
  {
    id: 'school/high',
    attribute: 'education',
    value: /high school diploma|ged|some college/i,
    considerations: [
      'common sense over credentials',
      'the know-how that no certificate shows',
      'judging people by their work and not by their letters',
    ],
  },
  {
    id: 'school/trade',
    attribute: 'education',
    value: /associate|vocational|trade/i,
    considerations: [
      'skills that pay their way from the first day',
      'a practical test before a grand plan',
      'what two years of hands-on training teach about shortcuts',
    ],
  },
  {
    id: 'school/college',
    attribute: 'education',
    value: /bachelor/i,
    considerations: [
      'reading the arguments on both sides before settling',
      'the difference between a good case and a loud one',
      'asking what evidence would change the answer',
    ],
  },
  {
    id: 'school/graduate',
    attribute: 'education',
    value: /master|doctor|professional/i,
    considerations: [
      'the studies on this, which are more mixed than the headlines',
      'separating what is known from what is merely likely',
      'a careful look at who gathered the numbers and why',
    ],
  },
  {
    id: 'work/retired',
    attribute: 'employment status',
    value: /retired/i,
    considerations: [
      'days that are no longer ruled by a time clock',
      'the freedom of having the working years behind one',
      'keeping a purpose when there is no shift to go to',
    ],
  },
  {
    id: 'work/none',
    attribute: 'employment status',
    value: /unemployed|not in labor force|student/i,
    considerations: [
      'getting through the months when no wage comes in',
      'the worth of effort that nobody pays for',
      'a footing that does not hang on the next paycheck',
    ],
  },
  {
    id: 'class/self',
    attribute: 'class of worker',
    value: /self/i,
    considerations: [
      'what it means to sign the front of the checks',
      'the risk that an owner carries and an adviser does not',
      'rules that a small shop can live with',
    ],
  },
  {
    id: 'class/public',
    attribute: 'class of worker',
    value: /government/i,
    considerations: [
      'how such a rule looks from behind the public counter',
      'what the people who have to carry it out would say',
      'the slow, fair procedures that outlast any one official',
    ],
  },
  {
    id: 'class/nonprofit',
    attribute: 'class of worker',
    value: /non-?profit/i,
    considerations: [
      'a mission that does not show up in a quarterly figure',
      'the people whom neither the market nor the state quite reaches',
      'doing much good with few means',
    ],
  },
  {
    id: 'income/low',
    attribute: 'income',
    below: 25_000,
    considerations: [
      'what it does to a budget that has no slack',
      'the bill that comes due before the benefit arrives',
      'a way that costs nothing up front',
    ],
  },
  {
    id: 'income/middle',
    attribute: 'income',
    from: 25_000,
    below: 75_000,
    considerations: [
      'keeping the monthly sums in balance without heroics',
      'a middle road between saving hard and living well',
      'what an ordinary household can keep up year after year',
    ],
  },
  {
    id: 'income/high',
    attribute: 'income',
    from: 75_000,
    considerations: [
      'the good that some spare means can do when they are well placed',
      'time as the scarcer thing once the bills are covered',
      'the duties that come along with doing well',
    ],
  },
];
