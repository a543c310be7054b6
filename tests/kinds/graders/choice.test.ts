import { describe, expect, test } from '@jest/globals';
import { choice } from '../../../src/kinds/graders/choice.js';
import { checkWith, gradeWith, isValid } from './fakes.js';

const scope = { item: { right: 'B', second: 'Rome', none: '' } };
const labelled = { options: { A: 'Paris', B: '{{ item.second }}' } };

describe('choice', () => {
  test('without expect: the option as a label', async () => {
    const options = { options: ['agree', 'disagree'] };
    expect(await gradeWith(choice, options, { text: 'I disagree.' })).toEqual({
      kind: 'scored',
      value: 1,
      label: 'disagree',
    });
    expect(choice.scale(options)).toEqual({ kind: 'label', labels: ['agree', 'disagree'] });
  });

  test('with expect: right or wrong, templates filled in', async () => {
    const options = { ...labelled, expect: '{{ item.right }}' };
    expect(choice.scale(options)).toEqual({ kind: 'binary' });
    expect(await gradeWith(choice, options, { text: 'Rome.', scope })).toEqual({
      kind: 'scored',
      value: 1,
      label: 'B',
    });
    expect(await gradeWith(choice, options, { text: '(A)', scope })).toEqual({ kind: 'scored', value: 0, label: 'A' });
    expect(await gradeWith(choice, { ...labelled, expect: 'Rome' }, { text: 'B', scope })).toMatchObject({ value: 1 });
  });

  test('none or two options are unscored, not wrong', async () => {
    for (const text of ['', 'I cannot say', 'Rome or Paris']) {
      expect(await gradeWith(choice, { ...labelled, expect: 'A' }, { text, scope })).toMatchObject({
        kind: 'unscored',
        reason: 'unparseable',
      });
    }
  });

  test('an expected text that is no option is an error; nothing expected is not applicable', async () => {
    await expect(gradeWith(choice, { ...labelled, expect: 'Berlin' }, { text: 'A', scope })).rejects.toMatchObject({
      code: 'BAD_EXPECT',
    });
    expect(await gradeWith(choice, { ...labelled, expect: '{{ item.none }}' }, { text: 'A', scope })).toMatchObject({
      reason: 'not_applicable',
    });
  });

  test('check reads all templates', () => {
    expect(checkWith(choice, { ...labelled, expect: '{{ item.right }}' }).templates.map(({ value }) => value)).toEqual([
      'Paris',
      '{{ item.second }}',
      '{{ item.right }}',
    ]);
    expect(isValid(choice, { options: ['only'] })).toBe(false);
  });
});
