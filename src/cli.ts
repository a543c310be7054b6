import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { exitCodes } from './commands/exit-codes.js';
import { createInvocation, evalrunVersion, type Flags, type Invocation } from './commands/invocation.js';
import { keepHeapSmall } from './commands/keep-heap-small.js';
import { showProblems } from './commands/show-problems.js';

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
const level = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError('it is not a number between 0 and 1');
  return value;
};
const collect = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];

/** Flags that say what is run and how. */
function planFlags(command: Command): Command {
  return command
    .option('--limit <cells>', 'run at most about so many cells, in whole groups', positive)
    .option('--seed <n>', 'seed of samples and designs', integer)
    .option('--provider <id>', 'put this provider under test instead (repeatable)', collect)
    .option('--role <role=id>', 'fill a role, e.g. judge=openai (repeatable)', collect)
    .option('--concurrency <n>', 'most requests in flight per provider', positive)
    .option('--budget-usd <amount>', 'stop before more than this is spent', amount)
    .option('--set <path=value>', 'change a value of the config (repeatable)', collect);
}

function commonFlags(command: Command): Command {
  return command
    .option('--json', 'JSON lines on stdout, nothing else')
    .option('--quiet', 'no progress and no tables')
    .option('--no-color', 'no colours')
    .option('--env-file <file>', 'read environment variables from a file');
}

type Handler = (args: string[], invocation: Invocation) => Promise<number>;

/** Builds the program. Each verb's code is loaded when it is used, so that `--help` stays fast. */
function createProgram(act: (handler: Handler, args: string[], flags: Flags) => Promise<void>): Command {
  const program = new Command('evalrun')
    .description(
      'Measures whether language models serve different people, and whether they can leave out what they were told to leave out.',
    )
    .version(evalrunVersion)
    .exitOverride()
    .showHelpAfterError('(see evalrun --help)')
    .configureOutput({ writeErr: (text) => process.stderr.write(text) });
  const verb = (name: string, description: string, handler: () => Promise<Handler>): Command => {
    // `evalrun CONFIG…` is `evalrun run CONFIG…`.
    const command = program
      .command(name, { isDefault: name === 'run' })
      .description(description)
      .exitOverride();
    return commonFlags(command).action(async (...received: unknown[]) => {
      const flags = received.at(-2) as Flags;
      const args = received
        .slice(0, -2)
        .flat()
        .filter((one): one is string => typeof one === 'string');
      await act(async (given, invocation) => (await handler())(given, invocation), args, flags);
    });
  };
  planFlags(
    verb(
      'run',
      'check, run, grade and report; resumes an unfinished run of the same plan',
      async () => (await import('./commands/run.js')).run,
    ),
  )
    .argument('<config...>')
    .option('--out <dir>', 'the run folder itself (default reports/<eval>/<date>-<id>)')
    .option('--no-reuse', 'do not take replies over from an earlier run')
    .option('--reuse-from <run>', 'take unchanged replies over from this run folder');
  verb(
    'check',
    'find all problems of all files; calls nothing',
    async () => (await import('./commands/check.js')).check,
  ).argument('<file...>');
  planFlags(
    verb(
      'plan',
      'show cells, calls, tokens, price, time and the smallest detectable difference; calls nothing',
      async () => (await import('./commands/plan.js')).plan,
    ),
  ).argument('<config>');
  verb(
    'grade',
    'grade a run again from its record; asks only judges, and only what is not recorded',
    async () => (await import('./commands/grade.js')).grade,
  )
    .argument('<run>')
    .addOption(new Option('--concurrency <n>', 'most requests in flight per provider').argParser(positive));
  verb(
    'measure',
    'compute the numbers of a run again from its record',
    async () => (await import('./commands/measure.js')).measureRun,
  ).argument('<run>');
  verb(
    'report',
    'write the reports of a run again from its record',
    async () => (await import('./commands/report.js')).report,
  ).argument('<run>');
  verb(
    'export',
    'write a run as rows to stdout or a file',
    async () => (await import('./commands/export.js')).exportRun,
  )
    .argument('<run>')
    .option('--format <format>', 'rows (one JSON line per cell, default) or transcripts', 'rows')
    .option('--out <file>', 'write there instead of stdout');
  verb(
    'truth',
    'compare a simulated run with what its provider plants',
    async () => (await import('./commands/truth.js')).truth,
  )
    .argument('<run>')
    .addOption(new Option('--level <share>', 'confidence level of the intervals (default 0.95)').argParser(level));
  verb(
    'schema',
    'print a JSON Schema: eval, config, provider, personas, prompts, grader or report',
    async () => (await import('./commands/schema.js')).schema,
  ).argument('[document]');
  verb('list', 'show what is registered', async () => (await import('./commands/list.js')).list).argument(
    '[what]',
    'kinds',
  );
  verb('init', 'write a starter project', async () => (await import('./commands/init.js')).init).argument('[dir]');
  return program;
}

/**
 * The command line.
 * @param argv without the interpreter and the script
 * @returns the exit code of `contract.md`; this is the only place that prints errors
 */
export async function main(argv: string[]): Promise<number> {
  let code: number = exitCodes.complete;
  let invocation: Invocation | null = null;
  const program = createProgram(async (handler, args, flags) => {
    keepHeapSmall();
    invocation = createInvocation(flags);
    code = await handler(args, invocation);
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.complete : exitCodes.badInput;
    return showProblems(error, invocation, argv.includes('--json'));
  }
}
