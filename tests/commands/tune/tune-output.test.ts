import { describe, expect, test } from '@jest/globals';
import type { Invocation } from '../../../src/commands/invocation.js';
import type { TuneProgress } from '../../../src/commands/tune/remote-tuning.js';
import { TuneOutput } from '../../../src/commands/tune/tune-output.js';

const steps: TuneProgress[] = [
  { what: 'file', split: 'train', id: 'file-1', found: false },
  { what: 'job', id: 'j', found: true },
  { what: 'status', job: 'j', status: 'running' },
  { what: 'event', message: 'Step \u001b[2Jone', step: 1, loss: 0.5 },
  { what: 'status', job: 'j', status: 'running' },
  { what: 'status', job: 'j', status: 'succeeded' },
];

/** What is printed for the steps and a result. */
function printed(flags: object, isTTY: boolean): { stdout: string; stderr: string } {
  const texts = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    isTTY,
    columns: 50,
    write: (text: string) => {
      texts[name] += text;
    },
  });
  const output = new TuneOutput({
    flags,
    env: {},
    cwd: '/w',
    redact: (text: string) => text.replaceAll('one', '[KEY]'),
    stdout: stream('stdout'),
    stderr: stream('stderr'),
  } as unknown as Invocation);
  for (const step of steps) output.progress(step);
  output.result('the end');
  return texts;
}

describe('what evalrun tune prints', () => {
  test('plain lines: news only, without secrets and control characters; the result on stdout', () => {
    expect(printed({}, false)).toEqual({
      stdout: 'the end\n',
      stderr:
        'train: file-1\njob j (was started already)\njob j: running\nstep 1, loss 0.5: Step \ufffd[2J[KEY]\njob j: succeeded\n',
    });
  });

  test('a terminal: one line that is rewritten at every look, and taken away at the end', () => {
    const { stdout, stderr } = printed({}, true);
    expect(stdout).toBe('the end\n');
    expect(stderr.split('\r\u001b[K')).toEqual([
      'train: file-1\njob j (was started already)\n',
      'job j: running · 0 min',
      'job j: running · 0 min · step 1, loss 0.5: Step \ufffd',
      'job j: running · 0 min · step 1, loss 0.5: Step \ufffd',
      'job j: succeeded · 0 min · step 1, loss 0.5: Step',
      '',
    ]);
  });

  test('--quiet: the result alone', () => {
    for (const isTTY of [true, false]) expect(printed({ quiet: true }, isTTY).stdout).toBe('the end\n');
    expect(printed({ quiet: true }, false).stderr).toBe('');
  });

  test('--json: a line for each piece of news', () => {
    const { stdout, stderr } = printed({ json: true }, true);
    const records = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ what }) => what)).toEqual(['file', 'job', 'status', 'event', 'status']);
    expect([stderr, stdout.includes('Step one'), stdout.includes('\u001b')]).toEqual(['', false, false]);
  });
});
