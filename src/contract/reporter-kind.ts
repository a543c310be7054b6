import type { TSchema } from 'typebox';
import type { JsonObject } from './json.js';
import type { Plan } from './plan.js';
import type { Report } from './report.js';
import type { Transcript } from './trial.js';

/** What a reporter may read. */
export interface ReportInput {
  report: Report;
  plan: Plan;
  /**
   * Up to `limit` transcripts, or all, in cell order: failed and refused cells first of all (a quarter at most), then whole
   * pairs spread evenly over the matrix.
   */
  transcripts(limit: number): AsyncIterable<Transcript>;
  /** For the terminal. */
  columns: number;
  color: boolean;
}

/** What a reporter makes: a file of the run folder, or text for stdout. */
export type ReportOutput = { file: string; content: string } | { terminal: string };

/** A way to show results. Adding one means adding one file and one line in the registry. */
export interface ReporterKind {
  readonly kind: string;
  readonly options: TSchema;
  report(input: ReportInput, options: JsonObject): Promise<ReportOutput[]>;
}
