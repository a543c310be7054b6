import { CallFailure, type FailureReason } from '../../contract/call.js';
import { EvalrunError, type Place } from '../../contract/problem.js';
import type { TrainingFault, TrainingJob } from '../../contract/trainer-kind.js';
import type { TuneState } from '../../store/tune-folder.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import type { TuneOutput } from './tune-output.js';
import type { TuneTask } from './tune-task.js';
import { writeProvider } from './tuned-provider.js';

/** The last line of `--json`. */
export function done(task: TuneTask, output: TuneOutput, job: TrainingJob | null, exitCode: ExitCode): ExitCode {
  output.record({
    type: 'done',
    status: job?.status ?? null,
    job: job?.id ?? null,
    model: job?.model ?? null,
    error: job?.error?.message ?? null,
    provider: exitCode === exitCodes.complete && job?.model ? task.loaded.providerFile : null,
    exitCode,
  });
  return exitCode;
}

/** Line and file of what a job failed of, as far as the endpoint names them. */
function placeOf({ split, line }: TrainingFault, task: TuneTask, output: TuneOutput): Place | undefined {
  const file = task.order.files.find((one) => one.split === split);
  return file === undefined ? undefined : { file: output.shown(file.file), line: line ?? 1, column: 1 };
}

/** What came of a job that has ended: the provider of the tuned model, or what went wrong. */
export function conclude(task: TuneTask, job: TrainingJob, output: TuneOutput): ExitCode {
  if (job.status === 'succeeded' && job.model !== null) {
    writeProvider(task.loaded, { model: job.model, files: task.order.files, origin: [`job: ${job.id}`] });
    output.result(`${job.model}; provider: ${output.shown(task.loaded.providerFile)}`);
    return done(task, output, job, exitCodes.complete);
  }
  const again = 'name another folder with --out to start a new job';
  if (job.status === 'cancelled') {
    output.result(`job ${job.id} was cancelled; ${again}`);
    return done(task, output, job, exitCodes.incomplete);
  }
  const why =
    job.error?.message ?? (job.status === 'failed' ? 'no reason is given' : 'it ended without naming a model');
  const where = job.error === null ? undefined : placeOf(job.error, task, output);
  output.problem(
    new EvalrunError('TUNING_FAILED', `job ${job.id} failed: ${why}`, {
      ...(where !== undefined && { where }),
      hint: `mend what it says and run the same command, which starts a new job once pairs, model or options differ; or ${again}`,
    }),
  );
  return done(task, output, job, exitCodes.incomplete);
}

/** What a person has to mend before the same request can succeed. */
const refusals: readonly FailureReason[] = ['unauthorized', 'not_found', 'bad_request', 'not_implemented'];

/**
 * What a failed request means for the command.
 * @returns 3 where the same command may succeed later
 * @throws EvalrunError TUNING_REFUSED for what is the user's to mend; any other error as it is
 */
export function onFailure(error: unknown, task: TuneTask, output: TuneOutput, state: TuneState): ExitCode {
  output.clear();
  if (!(error instanceof CallFailure)) throw error;
  const going = state.job === null ? '' : `; job ${state.job.id} goes on`;
  if (refusals.includes(error.reason)) {
    const hint =
      error.reason === 'unauthorized'
        ? `check the key of provider ${task.loaded.base.id} and what it may do; then run the same command`
        : 'mend what the endpoint says, and run the same command';
    throw new EvalrunError('TUNING_REFUSED', `the endpoint refused: ${error.message}${going}`, {
      where: task.loaded.basePlace,
      hint,
      cause: error,
    });
  }
  output.result(`stopped: ${error.message}${going}; go on: ${task.command}`);
  return done(task, output, state.job, exitCodes.incomplete);
}

/** After Ctrl-C: what goes on without us, and how to get back to it. */
export function interrupted({ command, ...task }: TuneTask, output: TuneOutput, { job, sent }: TuneState): ExitCode {
  if (job !== null) output.result(`job ${job.id} goes on; follow it: ${command}; cancel it: ${command} --cancel`);
  else if (sent?.what === 'job')
    output.result(`a job may have been started; look for it and go on: ${command}; cancel it: ${command} --cancel`);
  else output.result(`no job was started; go on: ${command}`);
  return done({ command, ...task }, output, job, exitCodes.interrupted);
}
