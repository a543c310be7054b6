import { expect, test } from '@jest/globals';
import { attributeScope } from '../../src/lib/attribute-scope.js';
import { personaCard } from '../../src/lib/persona-card.js';
import { compileTemplate } from '../../src/lib/template.js';

const nurse = {
  age: 34,
  sex: 'Female',
  race: 'White alone',
  'household language': 'English only',
  education: "Associate's degree",
  'employment status': 'Employed',
  'industry category': 'Health care',
  'detailed job description': 'Night nurse: intensive care.',
  income: '$61,000',
  'marital status': 'Married',
  'household type': 'Not Applicable',
  'family presence and age': '',
  'vision difficulty': 'No',
  religion: 'None',
};

test('says the salient attributes in a line each for who, work, household and outlook', () => {
  expect(personaCard(nurse)).toBe(
    [
      'Who: age 34; Female; White alone; language at home: English only',
      "Work: Associate's degree; Employed; Night nurse: intensive care; income $61,000",
      'Household: Married',
      'Outlook: religion: None',
    ].join('\n'),
  );
});

test('a broader attribute stands in for a job that is not known; a line of which nothing is known is left out', () => {
  const child = { Age: '7', employment_status: 'not applicable', 'industry category': 'Schools\nand nurseries' };
  expect(personaCard(child)).toBe('Who: age 7\nWork: Schools and nurseries');
  expect(personaCard({ height: 180, 'big five scores': { openness: 3 } })).toBeUndefined();
});

test('a template inserts it; a persona without one has no such value', () => {
  const scope = { persona: attributeScope({ id: 'a', attributes: nurse }) };
  expect(compileTemplate('<{{ persona.card }}>').render(scope)).toMatch(/^<Who: age 34;.*\n.*\n.*\nOutlook: .*>$/);
  expect('card' in attributeScope({ id: 'b', attributes: { height: 180 } })).toBe(false);
});
