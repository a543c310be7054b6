import { describe, expect, test } from '@jest/globals';
import { trainingFault } from '../../../src/kinds/trainers/openai/training-fault.js';

describe('why a job failed', () => {
  test.each([
    ['no error', null, null],
    ['an empty one, as jobs that go on have at some servers', { message: null, code: null, param: null }, null],
    [
      'without a place',
      { message: 'The server gave up', code: 'server_error', param: null },
      { message: 'The server gave up (server_error)', split: null, line: null },
    ],
    [
      'a file',
      { message: 'It is blocked', code: 'invalid_training_file', param: 'training_file' },
      { message: 'It is blocked (invalid_training_file)', split: 'train', line: null },
    ],
    [
      'a file and a line',
      { message: 'Line 12 is not a dictionary', code: null, param: 'validation_file' },
      { message: 'Line 12 is not a dictionary', split: 'validation', line: 12 },
    ],
    [
      'a line alone is one of the training file',
      { message: 'Expected JSONL; Line 3 is not a dictionary', param: null },
      { message: 'Expected JSONL; Line 3 is not a dictionary', split: 'train', line: 3 },
    ],
    [
      'unless the words say otherwise',
      { message: 'In the validation file, line 3 is empty' },
      { message: 'In the validation file, line 3 is empty', split: 'validation', line: 3 },
    ],
    [
      'a line that cannot be',
      { message: 'line 0 is bad', param: 'training_file' },
      { message: 'line 0 is bad', split: 'train', line: null },
    ],
  ])('%s', (_name, error, fault) => {
    expect(trainingFault(error)).toEqual(fault);
  });
});
