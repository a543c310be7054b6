import { expect, test } from '@jest/globals';
import { EvalrunError } from '../../../src/contract/problem.js';
import { formatProblem, problemRecord } from '../../../src/stages/load/format-problem.js';
import { depsOf, loadConfig, problemsOf } from './load-files.js';

test('a problem of a file as text and as data', async () => {
  const deps = depsOf({ '/w/c.yaml': 'run: e.yaml\nproviders: [a]\nsede: 7\n', '/w/e.yaml': 'eval: e\n' });
  const problem = (await problemsOf(loadConfig('c.yaml', deps))).find((one) => one.code === 'UNKNOWN_KEY')!;
  expect(formatProblem(problem)).toBe(
    [
      'c.yaml:3:1  UNKNOWN_KEY  the document has an unknown key "sede"',
      '    2 | providers: [a]',
      '  > 3 | sede: 7',
      '      | ^',
      '  hint: did you mean "seed"?',
      '',
    ].join('\n'),
  );
  expect(problemRecord(problem)).toEqual({
    type: 'problem',
    code: 'UNKNOWN_KEY',
    file: 'c.yaml',
    line: 3,
    column: 1,
    path: 'sede',
    message: 'the document has an unknown key "sede"',
    hint: 'did you mean "seed"?',
  });
});

test('control characters of a message never reach the terminal; colours do when asked for', () => {
  const problem = new EvalrunError('X', 'bad \u001b[2J\u202e text', { hint: 'a\u0007b' });
  expect(formatProblem(problem)).toBe('X  bad \ufffd[2J\ufffd text\n  hint: a\ufffdb\n');
  expect(formatProblem(problem, { color: true })).toContain('\u001b[');
});
