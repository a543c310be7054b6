import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../../src/contract/json.js';
import { ATTRIBUTES, PSYCHOGRAPHICS } from '../../../src/kinds/personas/census/attribute-order.js';
import { BigFive } from '../../../src/kinds/personas/census/big-five.js';
import { createCompleter } from '../../../src/kinds/personas/census/complete-person.js';
import { readCells } from '../../../src/kinds/personas/census/fit-totals.js';
import { brokenRule, readRules } from '../../../src/kinds/personas/census/rules.js';
import { ListedText } from '../../../src/kinds/personas/census/written-texts.js';
import { KeyedRandom } from '../../../src/lib/rng.js';
import { adult, child, problemsOf, readNode, sharedData, sharedText } from '../../support/shared-personas.js';

type Person = { [attribute: string]: Json };

const completer = createCompleter(sharedData());
const streamOf = (id: string) => new KeyedRandom(7, 'person', id);
const LEVELS =
  /^Openness: (Low|Average|High), Conscientiousness: (Low|Average|High), Extraversion: (Low|Average|High), Agreeableness: (Low|Average|High), Neuroticism: (Low|Average|High)$/;

/** People of all ages and sorts, consistent as far as the rules go. */
function somebody(i: number): Person {
  const random = new KeyedRandom(3, 'census', String(i));
  const age = random.below(95);
  const grown = age >= 16;
  const alone = grown && random.chance(0.2);
  const race = [
    'White alone',
    'Black or African American alone',
    'Asian alone',
    'Hispanic or Latino',
    'Two or more races',
  ];
  const sex = random.pick(['Female', 'Male']);
  const works = grown && age < 75 && random.chance(0.6);
  return {
    ...(age < 5 ? child : adult),
    age: String(age),
    sex,
    race: random.pick(race),
    ancestry: '',
    education:
      age < 3 ? 'Not Applicable' : age < 18 ? 'Grade 3' : random.pick(['High school diploma', "Bachelor's degree"]),
    'employment status': grown ? (works ? 'Employed' : 'Not in labor force') : 'Not Applicable',
    'class of worker': works ? 'Private for-profit' : 'Not Applicable',
    'industry category': works ? 'Construction' : 'Not Applicable',
    'occupation category': works ? 'Construction' : 'Not Applicable',
    income: age < 15 ? 'Not Applicable' : '$20,000',
    'marital status': age < 18 || alone ? 'Never married' : random.pick(['Married', 'Divorced']),
    'household type': alone ? 'Lives alone' : 'Married couple household',
    'family presence and age': alone
      ? 'No children'
      : age < 6
        ? 'With children under 6 only'
        : 'With children 6 to 17 only',
    'veteran status': age < 17 ? 'Not Applicable' : 'Not a veteran',
    fertility: sex === 'Female' && age >= 15 && age <= 50 ? 'No birth in the last year' : 'Not Applicable',
    'ability to speak english': age < 5 ? 'Not Applicable' : 'Speaks only English',
  };
}

describe('a completed person', () => {
  test('has all attributes in the order of the paper, and keeps what the census says', () => {
    const { ancestry: _, 'household language': __, 'place of birth': ___, ...census } = adult;
    const person = completer.complete({ ...census, 'detailed job description': 'Nurse' }, streamOf('a'));
    expect(Object.keys(person)).toEqual([...ATTRIBUTES]);
    expect(person).toMatchObject(census);
    expect(person['place of birth']).toBe('United States');
    expect(person['household language']).toBe('English only');
    expect(person['big five scores']).toMatch(LEVELS);
    for (const attribute of PSYCHOGRAPHICS) expect(person[attribute]).toMatch(/^[A-Z]/);
  });

  test('keeps what is already there, and what is no attribute of the paper, at its end', () => {
    const person = completer.complete({ ...adult, religion: 'Druid', region: 'West' }, streamOf('a'));
    expect(person.religion).toBe('Druid');
    expect(Object.keys(person).at(-1)).toBe('region');
    expect(person).not.toHaveProperty('party');
  });

  test('is the same for the same stream, whoever came before; another stream gives another', () => {
    const people = Array.from({ length: 200 }, (_, i) => somebody(i));
    const forward = people.map((census, i) => completer.complete(census, streamOf(String(i))));
    const other = createCompleter(sharedData());
    const backward = people.map((_, k) => {
      const i = people.length - 1 - k;
      return other.complete(people[i]!, streamOf(String(i)));
    });
    expect(JSON.stringify(backward.toReversed())).toBe(JSON.stringify(forward));
    const differently = people.map((census, i) => completer.complete(census, new KeyedRandom(8, 'person', String(i))));
    expect(differently).not.toEqual(forward);
  });

  test('a change in one table leaves the other attributes as they were', () => {
    const files = sharedData();
    const changed = createCompleter({
      ...files,
      'quirks.yaml': files['quirks.yaml'].replace(/texts:[\s\S]*/, 'texts: [One]\n'),
    });
    for (let i = 0; i < 50; i++) {
      const before = completer.complete(somebody(i), streamOf(String(i)));
      const after = changed.complete(somebody(i), streamOf(String(i)));
      expect({ ...after, 'defining quirks': before['defining quirks'] }).toEqual(before);
    }
  });

  test('no draw breaks a rule', () => {
    const rules = readRules(sharedText('rules.yaml'));
    const broken: string[] = [];
    for (let i = 0; i < 3000; i++) {
      const census = somebody(i);
      for (const person of [census, completer.complete(census, streamOf(String(i)))]) {
        const rule = brokenRule(rules, person);
        if (rule !== null) broken.push(`${rule}: ${JSON.stringify(person)}`);
      }
    }
    expect(broken).toEqual([]);
  });

  test.each([
    [2, { 'defining quirks': 'Not Applicable', 'personal time': 'Not Applicable', religion: 'Not Applicable' }],
    [8, { ideology: 'Not Applicable', 'political views': 'Not Applicable', 'big five scores': 'Not Applicable' }],
    [16, { ideology: 'Not Applicable', 'political views': 'Not Applicable', 'big five scores': 'Not Applicable' }],
  ])('at %i has what that age can have', (age, expected) => {
    const people = Array.from({ length: 40 }, (_, i) =>
      completer.complete({ ...child, age: String(age) }, streamOf(`m${i}`)),
    );
    for (const person of people) expect(person).toMatchObject(expected);
    const religions = new Set(people.map(({ religion }) => religion));
    expect(religions.has('Not Applicable')).toBe(age < 13);
    if (age >= 13) expect(religions.size).toBeGreaterThan(3);
    if (age >= 3) expect(new Set(people.map((person) => person['personal time'])).size).toBeGreaterThan(8);
  });

  test('whatever nothing is known of is left out, and said so', () => {
    const files = sharedData();
    const rates = `${files['rates.yaml'].replace(/^tables:[\s\S]*/m, '')}tables: []\nabsent: {ancestry: no rate was found}\n`;
    const poor = createCompleter({ ...files, 'rates.yaml': rates });
    expect(poor.absent).toEqual({ ancestry: 'no rate was found' });
    expect(poor.complete({ age: '30' }, streamOf('a'))).not.toHaveProperty('ancestry');
    const wrong = (line: string) => createCompleter({ ...files, 'rates.yaml': `tables: []\nabsent: ${line}\n` });
    expect(problemsOf(() => wrong('{ancestri: x}'))).toEqual(['2:20 WRONG_VALUE ancestri is no attribute']);
    expect(problemsOf(() => wrong('{religion: x}'))[0]).toContain('religion is drawn, so it cannot be absent');
  });

  test('political views follow the party; a person without citizenship does not vote', () => {
    const views = (census: Person) =>
      Array.from({ length: 400 }, (_, i) => String(completer.complete(census, streamOf(`v${i}`))['political views']));
    const foreign = views({ ...adult, citizenship: 'Not a citizen' });
    for (const text of foreign) expect(text).toMatch(/^Cannot vote/);
    const black = views({ ...adult, race: 'Black or African American alone' }).filter((text) => /Democrat/.test(text));
    const white = views(adult).filter((text) => /Democrat/.test(text));
    expect(black.length).toBeGreaterThan(white.length * 1.5);
    for (const text of white) expect(text).toMatch(/^[A-Z][^;]+; [^;]+ and [^;]+\.$/);
  });

  test('the adult population keeps the published totals', () => {
    const cells = readNode(sharedText('rates.yaml'), (root) =>
      readCells(root.required('population')!.required('cells')),
    );
    const total = cells.reduce((sum, { weight }) => sum + weight, 0);
    const share = { nones: 0, catholic: 0, evangelical: 0, conservative: 0, liberal: 0, republican: 0, democrat: 0 };
    const n = 20_000;
    let people = 0;
    for (const [c, { weight, person }] of cells.entries()) {
      for (let i = 0; i < Math.round((n * weight) / total); i++) {
        const drawn = completer.complete({ ...adult, ...person }, streamOf(`${c}/${i}`));
        people++;
        if (['No religion in particular', 'Atheist', 'Agnostic'].includes(String(drawn.religion))) share.nones++;
        if (drawn.religion === 'Catholic') share.catholic++;
        if (drawn.religion === 'Evangelical Protestant') share.evangelical++;
        if (/conservative/i.test(String(drawn.ideology))) share.conservative++;
        if (/liberal/i.test(String(drawn.ideology))) share.liberal++;
        if (/^[^;]*Republican/.test(String(drawn['political views']))) share.republican++;
        if (/^[^;]*Democrat/.test(String(drawn['political views']))) share.democrat++;
      }
    }
    // Gallup's and Pew's totals leave out those without an answer; so do the shares.
    const published = {
      nones: 0.29,
      catholic: 0.19,
      evangelical: 0.23,
      conservative: 37 / 96,
      liberal: 25 / 96,
      republican: 23 / 94,
      democrat: 32 / 94,
    };
    for (const [name, expected] of Object.entries(published)) {
      const noise = 4.5 * Math.sqrt((expected * (1 - expected)) / people);
      expect(Math.abs(share[name as keyof typeof share] / people - expected)).toBeLessThan(noise);
    }
  });
});

describe('Big Five', () => {
  const bigFive = readNode(sharedText('big-five.yaml'), (root) => new BigFive(root));
  const n = 20_000;
  const drawn = (person: Person) =>
    Array.from({ length: n }, (_, i) => bigFive.scores(person, new KeyedRandom(i, 'b5')));
  const women = drawn({ age: '48.6', sex: 'Female' });
  const men = drawn({ age: '48.6', sex: 'Male' });
  const meanOf = (scores: number[][], t: number) => scores.reduce((sum, one) => sum + one[t]!, 0) / scores.length;

  test('the scores have the published correlations', () => {
    const means = bigFive.traits.map((_, t) => meanOf(women, t));
    for (const [i, row] of bigFive.correlations.entries()) {
      for (const [j, published] of row.entries()) {
        const covariance = women.reduce((sum, one) => sum + (one[i]! - means[i]!) * (one[j]! - means[j]!), 0) / n;
        expect(Math.abs(covariance - published)).toBeLessThan(0.03);
      }
    }
  });

  test('women and men differ by the published effect, and age has its correlation', () => {
    // Openness, conscientiousness, extraversion, agreeableness, neuroticism: Cohen's d, women minus men
    for (const [t, d] of [-0.141, 0.206, 0.268, 0.474, 0.247].entries()) {
      expect(meanOf(women, t) - meanOf(men, t)).toBeCloseTo(d, 2);
    }
    const old = drawn({ age: '67.5', sex: 'Female' });
    expect(meanOf(old, 3) - meanOf(women, 3)).toBeCloseTo(0.155, 2);
  });

  test('levels are cut at half a standard deviation', () => {
    const lines = Array.from(
      { length: 6000 },
      (_, i) => bigFive.draw({ age: '48.6', sex: '?' }, new KeyedRandom(i, 'l'))!,
    );
    for (const level of ['Low', 'High']) {
      const share = lines.filter((line) => line.startsWith(`Openness: ${level}`)).length / lines.length;
      expect(Math.abs(share - 0.3085)).toBeLessThan(0.025);
    }
  });

  test.each([
    ['[0.13, 0.253, 0.465, 1, -0.181]', '[0.13, 0.253, 0.465, 1, 0.9]', 'no correlation matrix'],
    ['{level: High}', '{level: High, below: 9}', 'the last level must have no upper end'],
    ['correlations: [0.061, 0.079, 0.049, 0.155, -0.103]', 'correlations: [0.061]', 'give one number a trait'],
  ])('is refused when %s becomes %s', (from, to, problem) => {
    const text = sharedText('big-five.yaml').replace(from, to);
    expect(problemsOf(() => readNode(text, (root) => new BigFive(root))).join()).toContain(problem);
  });
});

describe('the lists of our own', () => {
  test.each(['quirks.yaml', 'mannerisms.yaml'])('%s: at least 120, for every age, and marked as invented', (file) => {
    const list = readNode(sharedText(file), (root) => new ListedText(root)).texts;
    expect(list.texts.length).toBeGreaterThanOrEqual(120);
    expect(sharedText(file)).toMatch(/^invented: true$/m);
    expect(sharedText(file)).toContain('no published rate exists');
    const suitable = (age: number) => list.suitable({ age, religion: 'Not Applicable' });
    for (const age of [3, 8, 14, 30, 80]) expect(suitable(age).length).toBeGreaterThan(40);
    const adultish = /\b(coffee|taxes|wine|beer|office|writes checks|waiters?|price|hotel|library books|steering)\b/i;
    expect(suitable(5).filter((text) => adultish.test(text))).toEqual([]);
  });

  test('each suitable text is equally likely', () => {
    const list = readNode(
      'source: s\nlicence: l\nasOf: x\ntexts: [a, b, {text: c, when: {age: {below: 13}}}, {text: d, when: {age: {from: 99}}}]',
      (root) => new ListedText(root),
    );
    const counts: { [text: string]: number } = {};
    for (let i = 0; i < 9000; i++) {
      const text = list.draw({ age: 5 }, new KeyedRandom(i, 't'))!;
      counts[text] = (counts[text] ?? 0) + 1;
    }
    expect(Object.keys(counts).sort()).toEqual(['a', 'b', 'c']);
    for (const count of Object.values(counts)) expect(Math.abs(count / 9000 - 1 / 3)).toBeLessThan(0.025);
  });
});
