import { Command, CommanderError } from 'commander';
import { exitCodes } from './commands/exit-codes.js';
import {
  commonFlags,
  compareFlags,
  exportFlags,
  personasFlags,
  planFlags,
  reuseFlags,
  truthFlags,
  tuneFlags,
} from './commands/flags.js';
import { createInvocation, evalrunVersion, type Flags, type Invocation } from './commands/invocation.js';
import { keepHeapSmall } from './commands/keep-heap-small.js';
import { showProblems } from './commands/show-problems.js';

type Handler = (args: string[], invocation: Invocation) => Promise<number>;

interface Verb {
  /** Name and arguments as commander reads them. */
  usage: string;
  description: string;
  flags?: ((command: Command) => Command)[];
  /** Each verb's code is loaded when it is used, so that `--help` stays fast. */
  load(): Promise<Handler>;
}

const verbs: Verb[] = [
  {
    usage: 'run <config...>',
    description: 'check, run, grade and report; resumes an unfinished run of the same plan',
    flags: [planFlags, reuseFlags],
    load: async () => (await import('./commands/run.js')).run,
  },
  {
    usage: 'check <file...>',
    description: 'find all problems of all files; calls nothing',
    load: async () => (await import('./commands/check.js')).check,
  },
  {
    usage: 'plan <config>',
    description: 'show cells, calls, tokens, price, time and the smallest detectable difference; calls nothing',
    flags: [planFlags, reuseFlags],
    load: async () => (await import('./commands/plan.js')).plan,
  },
  {
    usage: 'grade <run>',
    description: 'grade a run again from its record; asks only judges, and only what is not recorded',
    load: async () => (await import('./commands/grade.js')).grade,
  },
  {
    usage: 'measure <run>',
    description: 'compute the numbers of a run again from its record',
    load: async () => (await import('./commands/measure.js')).measureRun,
  },
  {
    usage: 'report <run>',
    description: 'write the reports of a run again from its record',
    load: async () => (await import('./commands/report.js')).report,
  },
  {
    usage: 'export <run>',
    description: 'write a run as JSON lines, or its preference pairs as data for training',
    flags: [exportFlags],
    load: async () => (await import('./commands/export.js')).exportRun,
  },
  {
    usage: 'compare <run> <other>',
    description: 'paired differences between two runs of an eval, flips first',
    flags: [compareFlags],
    load: async () => (await import('./commands/compare.js')).compare,
  },
  {
    usage: 'truth <run>',
    description: 'compare a simulated run with what its providers plant',
    flags: [truthFlags],
    load: async () => (await import('./commands/truth.js')).truth,
  },
  {
    usage: 'personas <config>',
    description: 'draw personas, freeze them in a file, and show how true they are to their population',
    flags: [personasFlags],
    load: async () => (await import('./commands/personas.js')).personas,
  },
  {
    usage: 'tune <config>',
    description:
      'train on preference pairs at an endpoint, or write the folder that TRL reads; resumes what it started',
    flags: [tuneFlags],
    load: async () => (await import('./commands/tune.js')).tune,
  },
  {
    usage: 'schema [document]',
    description: 'print a JSON Schema: eval, config, provider, personas, prompts, grader, tune or report',
    load: async () => (await import('./commands/schema.js')).schema,
  },
  {
    usage: 'list [what]',
    description: 'show what is registered (list kinds)',
    load: async () => (await import('./commands/list.js')).list,
  },
  {
    usage: 'init [dir]',
    description: 'write a starter project',
    load: async () => (await import('./commands/init.js')).init,
  },
];

function createProgram(act: (handler: Handler, args: string[], flags: Flags) => Promise<void>): Command {
  const program = new Command('evalrun')
    .usage('CONFIG…  |  COMMAND …')
    .description(
      'Measures whether language models serve different people, and whether they can leave out what they were told to leave out.\n\n' +
        'evalrun CONFIG… is evalrun run CONFIG…',
    )
    .version(evalrunVersion)
    .exitOverride()
    .showHelpAfterError('(see evalrun --help)');
  for (const { usage, description, flags = [], load } of verbs) {
    const command = program
      .command(usage, { isDefault: usage.startsWith('run ') })
      .description(description)
      .exitOverride();
    for (const add of [...flags, commonFlags]) add(command);
    command.action(async (...received: unknown[]) => {
      const given = received.slice(0, -2).flat();
      const args = given.filter((one): one is string => typeof one === 'string');
      await act(await load(), args, received.at(-2) as Flags);
    });
  }
  return program;
}

/**
 * The command line.
 * @param argv without the interpreter and the script
 * @returns the exit code of the contract; this is the only place that prints errors
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
