import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { trlDpoConfig } from '../../src/lib/trl-dpo-config.js';

const read = (text: string): unknown => parse(text, { version: '1.1' });

describe('the config of TRL’s DPO command', () => {
  test('all options, under TRL’s names', () => {
    const text = trlDpoConfig({
      comments: ['one', 'two'],
      model: 'some/model: "7B"',
      data: 'data',
      validates: true,
      output: 'model',
      seed: 0,
      hyperparameters: { beta: 0.1, epochs: 1.5, batchSize: 2, accumulate: 8, learningRate: 0.0001, maxLength: 2048 },
      lora: { rank: 16, alpha: 32 },
    });
    expect(text).toMatch(/^# one\n# two\nmodel_name_or_path: /);
    expect(read(text)).toEqual({
      model_name_or_path: 'some/model: "7B"',
      dataset_name: 'data',
      dataset_train_split: 'train',
      dataset_test_split: 'validation',
      eval_strategy: 'epoch',
      output_dir: 'model',
      beta: 0.1,
      num_train_epochs: 1.5,
      per_device_train_batch_size: 2,
      gradient_accumulation_steps: 8,
      learning_rate: 0.0001,
      max_length: 2048,
      seed: 0,
      use_peft: true,
      lora_r: 16,
      lora_alpha: 32,
      report_to: 'none',
    });
  });

  test('what is absent is not written', () => {
    const text = trlDpoConfig({ data: '../x', validates: false, output: 'model' });
    expect(read(text)).toEqual({
      dataset_name: '../x',
      dataset_train_split: 'train',
      output_dir: 'model',
      report_to: 'none',
    });
  });

  // PyYAML takes a number for one only if it has a point, and its exponent a sign.
  test.each([
    [5e-7, '5.0e-7'],
    [1.5e-8, '1.5e-8'],
    [0.00001, '0.00001'],
    [1e21, '1.0e+21'],
  ])('%p is a number in YAML 1.1', (learningRate, written) => {
    const text = trlDpoConfig({ data: 'x', validates: false, output: 'y', hyperparameters: { learningRate } });
    expect(text).toContain(`learning_rate: ${written}\n`);
    expect(written).toMatch(/^[0-9][0-9_]*\.[0-9_]*(?:e[-+][0-9]+)?$/);
    expect(Number(written)).toBe(learningRate);
  });
});
