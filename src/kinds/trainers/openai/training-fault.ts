import type { TrainingFault } from '../../../contract/trainer-kind.js';

/** `error` of a job, as the endpoint gives it. */
interface JobError {
  message?: string | null;
  code?: string | null;
  /** The parameter that was invalid, usually training_file or validation_file. */
  param?: string | null;
}

/**
 * Why a job failed. The endpoint names the file by the parameter, and the line, if at all, in its words ("Line 3 is not …").
 * @returns null where there is no error; jobs that go on have an empty one at some servers
 */
export function trainingFault(error: JobError | null | undefined): TrainingFault | null {
  if (!error?.message) return null;
  const { message, code, param } = error;
  const line = /\blines? (\d+)/i.exec(message)?.[1];
  const aboutFile = param === 'training_file' || param === 'validation_file' || line !== undefined;
  const isValidation = param === 'validation_file' || (param !== 'training_file' && /validation/i.test(message));
  return {
    message: code ? `${message} (${code})` : message,
    split: aboutFile ? (isValidation ? 'validation' : 'train') : null,
    line: line === undefined || Number(line) < 1 ? null : Number(line),
  };
}
