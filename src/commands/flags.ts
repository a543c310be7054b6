import { type Command, InvalidArgumentError } from 'commander';

const positive = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('it is not a whole number above 0');
  return value;
};
const integer = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value)) throw new InvalidArgumentError('it is not a whole number');
  return value;
};
const amount = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError('it is not a number from 0 on');
  return value;
};
const share = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError('it is not a number between 0 and 1');
  return value;
};
const shareFromZero = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value < 1))
    throw new InvalidArgumentError('it is not a number from 0 to below 1');
  return value;
};
const collect = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];

/** Flags of every command. */
export const commonFlags = (command: Command): Command =>
  command
    .option('--json', 'JSON lines on stdout, nothing else')
    .option('--quiet', 'no progress and no tables')
    .option('--no-color', 'no colours')
    .option('--env-file <file>', 'read environment variables from a file');

/** Flags that decide what is run. */
export const planFlags = (command: Command): Command =>
  command
    .option('--limit <cells>', 'run at most so many cells, in whole groups of arms × providers × repeats', positive)
    .option('--seed <n>', 'seed of samples and designs', integer)
    .option('--provider <id>', 'put this provider under test instead (repeatable)', collect)
    .option('--role <role=id>', 'fill a role, e.g. judge=openai (repeatable)', collect)
    .option('--concurrency <n>', 'most requests in flight per provider', positive)
    .option('--budget-usd <amount>', 'stop before more than this is spent', amount)
    .option('--stage <name>', 'of a chain, only this stage (its earlier stages must be complete)')
    .option('--set <path=value>', 'change a value of the config (repeatable)', collect)
    .option('--out <dir>', 'the run folder itself (default reports/<eval>/<date>-<id>)');

/** Flags that decide what an earlier run spares. */
export const reuseFlags = (command: Command): Command =>
  command
    .option('--no-reuse', 'do not take replies over from an earlier run')
    .option('--reuse-from <run>', 'take unchanged replies over from this run folder');

export const exportFlags = (command: Command): Command =>
  command
    .option(
      '--format <format>',
      'rows (one JSON line per cell, default), transcripts, or preference pairs: pairs, trl, openai, persona',
      'rows',
    )
    .option(
      '--out <path>',
      'write there instead of stdout; pairs: a .jsonl, .parquet or .csv file, or a folder for a file per split and a card (default RUN/pairs/FORMAT)',
    )
    .option(
      '--keep <which>',
      'pairs: preferred (by their own judge, default), all, or disagreeing (and not by the shuffled one)',
    )
    .option('--unseen <share>', 'pairs: share of the personas that are in no other split (default 0.1)', shareFromZero)
    .option('--file-type <type>', 'pairs in a folder: jsonl (default), parquet or csv')
    .option('--rejected <file>', 'pairs: write those left out, with filter and reason (.jsonl, .parquet or .csv)')
    .option('--max-bytes <n>', 'openai: most bytes of a file (default 512000000, what OpenAI takes)', positive)
    .option('--licence <id>', 'pairs in a folder: licence that the card names, e.g. cc-by-4.0');

export const personasFlags = (command: Command): Command =>
  command
    .option('--n <people>', 'draw so many, whatever the document says', positive)
    .option('--seed <n>', 'draw with this seed, whatever the document says', integer)
    .option(
      '--out <file>',
      'freeze the people in FILE.jsonl, and beside them the persona set FILE.yaml that names them',
    )
    .option('--html <file>', 'write the comparison with the population as a page');

export const truthFlags = (command: Command): Command =>
  command.option('--level <share>', 'confidence level of the intervals, e.g. 0.999 (default 0.95)', share);

export const tuneFlags = (command: Command): Command =>
  command
    .option('--out <dir>', 'the folder of the tuning (default reports/tune/<id>)')
    .option('--cancel', 'cancel the job that was started in that folder');

export const compareFlags = (command: Command): Command =>
  command
    .option('--provider <A=B>', 'compare this provider of the first run with that of the second (repeatable)', collect)
    .option('--flips <n>', 'list at most so many changed cells (default 20)', positive);
