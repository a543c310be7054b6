import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EvalrunError } from '../../src/contract/problem.js';
import { SHARED_FILES, type SharedData } from '../../src/kinds/personas/census/complete-person.js';
import { DataNode } from '../../src/kinds/personas/census/data-node.js';

export const repoRoot = fileURLToPath(new URL('../..', import.meta.url));

/** Text of a file of `evals/shared/personas`. */
export const sharedText = (file: string): string =>
  readFileSync(path.join(repoRoot, 'evals/shared/personas', file), 'utf8');

/** The shipped data that a completer reads. */
export const sharedData = (): SharedData =>
  Object.fromEntries(SHARED_FILES.map((file) => [file, sharedText(file)])) as SharedData;

/** Reads YAML with a reader of data nodes. */
export const readNode = <Result>(text: string, read: (root: DataNode) => Result): Result =>
  DataNode.read('data.yaml', text, read);

/** `line:column CODE message` of each problem that a reading has; none if it goes through. */
export function problemsOf(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    const all: unknown[] = error instanceof AggregateError ? error.errors : [error];
    return all.map((one) => {
      if (!(one instanceof EvalrunError)) throw one;
      return `${one.where?.line}:${one.where?.column} ${one.code} ${one.message}`;
    });
  }
  return [];
}

/** A consistent adult in the labels of the census attributes. */
export const adult = {
  age: '44',
  sex: 'Female',
  race: 'White alone',
  ancestry: 'German',
  'household language': 'English only',
  education: 'Associate degree',
  'employment status': 'Employed',
  'class of worker': 'Private for-profit',
  'industry category': 'Health care',
  'occupation category': 'Healthcare support',
  income: '$38,000',
  'marital status': 'Married',
  'household type': 'Married couple household',
  'family presence and age': 'With children 6 to 17 only',
  'place of birth': 'United States',
  citizenship: 'Born in the United States',
  'veteran status': 'Not a veteran',
  disability: 'None',
  'health insurance': 'Private',
  'cognitive difficulty': 'No',
  'ability to speak english': 'Speaks only English',
  'vision difficulty': 'No',
  fertility: 'No birth in the last year',
  'hearing difficulty': 'No',
};

/** A consistent child of four. */
export const child = {
  ...adult,
  age: '4',
  education: 'Nursery school or preschool',
  'employment status': 'Not Applicable',
  'class of worker': 'Not Applicable',
  'industry category': 'Not Applicable',
  'occupation category': 'Not Applicable',
  income: 'Not Applicable',
  'marital status': 'Never married',
  'family presence and age': 'With children under 6 only',
  'veteran status': 'Not Applicable',
  'ability to speak english': 'Not Applicable',
  fertility: 'Not Applicable',
};
