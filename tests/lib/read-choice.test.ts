import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ChoiceOptions, readChoice } from '../../src/lib/read-choice.js';

const cities = { A: 'Paris', B: 'Rome', C: 'Berlin', D: 'New York' };
const agree = ['agree', 'strongly agree', 'disagree', 'neither agree nor disagree'];
const letters = ['A', 'B', 'C'];
const yesNo = ['yes', 'no'];

const cases: [ChoiceOptions, string, string | null][] = [
  [cities, 'B', 'B'],
  [cities, ' b. ', 'B'],
  [cities, '(B)', 'B'],
  [cities, '**B**', 'B'],
  [cities, 'B) Rome', 'B'],
  [cities, '(B) because of the Forum', 'B'],
  [cities, 'B: Rome is older than Paris.', 'B'],
  [cities, 'B - Rome', 'B'],
  [cities, 'B.\nBecause of the Forum.', 'B'],
  [cities, 'Answer: B', 'B'],
  [cities, 'Final answer: (B)', 'B'],
  [cities, 'The answer is **B**.', 'B'],
  [cities, 'Let me think. Berlin is a capital, and so is Paris.\n\nAnswer: A', 'A'],
  [cities, 'The correct answer is New York.', 'D'],
  [cities, 'Rome', 'B'],
  [cities, '"Rome."', 'B'],
  [cities, 'ROME', 'B'],
  [cities, 'I would go to Rome.', 'B'],
  [cities, 'I would go to new\nyork.', 'D'],
  [cities, 'I choose option C.', 'C'],
  [cities, 'My pick would be (D).', 'D'],
  [cities, 'A good answer needs more facts.', null],
  [cities, 'A romantic Rome', 'B'],
  [cities, 'Rome or Paris', null],
  [cities, 'Answer: A or B', null],
  [cities, 'Answer: A. No, wait. Answer: B', null],
  [cities, 'B) Paris', null],
  [cities, 'Not Rome', null],
  [cities, 'Romeo', null],
  [cities, 'Vitamin C is good for you.', null],
  [cities, '', null],
  [agree, 'Strongly agree', 'strongly agree'],
  [agree, 'I strongly agree with that.', 'strongly agree'],
  [agree, 'I disagree.', 'disagree'],
  [agree, 'Neither agree nor disagree!', 'neither agree nor disagree'],
  [agree, 'I do not agree.', null],
  [agree, "I can't agree", null],
  [agree, 'I agree, though some disagree.', null],
  [letters, 'B', 'B'],
  [letters, 'I choose B.', 'B'],
  [letters, 'I choose A.', 'A'],
  [letters, 'A bird in the hand', null],
  [letters, 'It is either A, or B.', null],
  [letters, 'answer: c', 'C'],
  [letters, 'An answer a child would give', null],
  [yesNo, 'No, I don’t know.', 'no'],
  [yesNo, 'Yes!', 'yes'],
  [yesNo, 'I know nothing about it.', null],
  [['1', '2', '3', '4', '5'], '4', '4'],
  [['1', '2', '3', '4', '5'], 'I would rate it 4.', '4'],
  [['1', '2', '3', '4', '5'], '4 out of 5', null],
  [['1', '2', '3', '4', '5'], '4.5', null],
  [['C++', 'C'], 'C++', 'C++'],
  [['Müller', 'Meier'], 'Muller, natürlich', 'Müller'],
  [['ja', 'nein'], 'Antwort: nein', 'nein'],
];

describe('readChoice', () => {
  test.each(cases)('%j, %j → %j', (options, text, expected) => {
    expect(readChoice(text, options)).toBe(expected);
  });

  test('a reply that is an option is that option, however it is wrapped', () => {
    const frame = fc.constantFrom(
      ['**', '**'],
      ['"', '"'],
      ['(', ')'],
      [' ', '.'],
      ['\n', '\n'],
      ['`', '`'],
      ['> ', '!'],
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...agree, ...Object.values(cities)),
        frame,
        fc.boolean(),
        (option, [left, right], upper) => {
          const options = agree.includes(option) ? agree : Object.values(cities);
          expect(readChoice(`${left}${upper ? option.toUpperCase() : option}${right}`, options)).toBe(option);
        },
      ),
    );
  });

  test('never throws and answers with an option or null', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 }),
        (text, options) => {
          expect([...options, null]).toContain(readChoice(text, options));
        },
      ),
    );
  });

  test('time grows linearly with hostile text', () => {
    for (const piece of ['answer ', 'answer is is ', 'not ', 'A ', '(', '* ', 'option (']) {
      const text = piece.repeat(20_000);
      const start = performance.now();
      readChoice(text, cities);
      expect(performance.now() - start).toBeLessThan(1500);
    }
  });
});
