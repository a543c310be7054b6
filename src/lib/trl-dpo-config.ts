/** What TRL's DPO command is told. Absent values are left to its own defaults. */
export interface TrlDpoOptions {
  /** Lines of comment at the top, without `#`. */
  comments?: readonly string[];
  /** Model that is tuned: a name on the Hugging Face Hub, or a folder. Absent: to be named on the command line. */
  model?: string;
  /** Folder with the data, a file a split. */
  data: string;
  /** Whether the data have a split to validate on. */
  validates: boolean;
  /** Folder for the tuned model. */
  output: string;
  seed?: number;
  hyperparameters?: TrlHyperparameters;
  /** Train a LoRA adapter instead of all weights. */
  lora?: { rank: number; alpha?: number };
}

/** Numbers of the training, under our names. */
export interface TrlHyperparameters {
  beta?: number;
  epochs?: number;
  batchSize?: number;
  accumulate?: number;
  learningRate?: number;
  /** Most tokens of a prompt with an answer. */
  maxLength?: number;
}

const names: { [key in keyof TrlHyperparameters]-?: string } = {
  beta: 'beta',
  epochs: 'num_train_epochs',
  batchSize: 'per_device_train_batch_size',
  accumulate: 'gradient_accumulation_steps',
  learningRate: 'learning_rate',
  maxLength: 'max_length',
};

type Scalar = string | number | boolean;

/** PyYAML, which reads YAML 1.1, takes `5e-7` for a text: a number with an exponent needs a point. */
const scalar = (value: Scalar): string =>
  typeof value === 'number' ? String(value).replace(/^(-?\d+)e/, '$1.0e') : JSON.stringify(value);

/**
 * The YAML that `trl dpo --config FILE` reads. The keys are arguments of TRL's ScriptArguments (`dataset_…`), ModelConfig
 * (`model_name_or_path`, `use_peft`, `lora_…`) and DPOConfig (all others).
 * Source: TRL documentation, "Script utilities", "Command line interfaces" and "DPO trainer" (huggingface.co/docs/trl).
 */
export function trlDpoConfig(options: TrlDpoOptions): string {
  const { comments = [], model, data, validates, output, seed, hyperparameters = {}, lora } = options;
  const entries: [string, Scalar | undefined][] = [
    ['model_name_or_path', model],
    ['dataset_name', data],
    ['dataset_train_split', 'train'],
    ['dataset_test_split', validates ? 'validation' : undefined],
    ['eval_strategy', validates ? 'epoch' : undefined],
    ['output_dir', output],
    ...Object.entries(names).map(([key, name]): [string, number | undefined] => [
      name,
      hyperparameters[key as keyof TrlHyperparameters],
    ]),
    ['seed', seed],
    ['use_peft', lora === undefined ? undefined : true],
    ['lora_r', lora?.rank],
    ['lora_alpha', lora?.alpha],
    ['report_to', 'none'],
  ];
  const lines = entries.flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${scalar(value)}`]));
  return `${[...comments.map((line) => `# ${line}`), ...lines].join('\n')}\n`;
}
