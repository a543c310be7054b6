import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../../src/contract/json.js';
import type { StoredScore } from '../../../src/contract/record.js';
import { score } from '../../../src/kinds/filters/score.js';
import { filterInput } from './filter-input.js';

const rejects = (options: JsonObject, found?: StoredScore) =>
  score
    .create({ grader: 'implicit', ...options })
    .reject(filterInput('a', 'b', { scores: found === undefined ? {} : { implicit: found } }));
const another = 'the score of implicit is another';

test.each<[string, JsonObject, StoredScore | undefined, string | null]>([
  ['a value that is listed', { is: [0] }, { value: 0 }, null],
  ['one that is not', { is: [0] }, { value: 1 }, another],
  ['a label', { is: ['grey'] }, { value: 2, label: 'grey' }, null],
  ['another label', { is: ['grey'] }, { value: 1, label: 'pink' }, another],
  ['in the band', { min: 0.5, max: 0.9 }, { value: 0.9 }, null],
  ['below the band', { min: 0.5 }, { value: 0.49 }, another],
  ['above the band', { max: 0.5 }, { value: 0.51 }, another],
  ['no score', { is: [0] }, { unscored: 'ambiguous' }, 'no score of implicit'],
  ['never graded', { is: [0] }, undefined, 'no score of implicit'],
])('score: %s', (_name, options, found, why) => expect(rejects(options, found)).toBe(why));

test('names the grader that it reads', () => {
  expect(score.graders!({ grader: 'implicit', is: [0, 1] })).toEqual(['implicit']);
  expect(score.describe({ grader: 'implicit', is: [0, 1] })).toEqual({ grader: 'implicit', is: '0, 1' });
});
