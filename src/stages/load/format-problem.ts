import pc from 'picocolors';
import type { EvalrunError } from '../../contract/problem.js';
import { printable } from '../../lib/code-frame.js';

/** A problem as `--json` gives it: one object a line. */
export interface ProblemRecord {
  type: 'problem';
  code: string;
  file: string | null;
  line: number | null;
  column: number | null;
  path: string | null;
  message: string;
  hint: string | null;
}

/** The problem as data, for `--json`. */
export function problemRecord(problem: EvalrunError): ProblemRecord {
  const { where } = problem;
  return {
    type: 'problem',
    code: problem.code,
    file: where?.file ?? null,
    line: where?.line ?? null,
    column: where?.column ?? null,
    path: where?.path ?? null,
    message: problem.message,
    hint: problem.hint ?? null,
  };
}

/** The problem as a block of text: `FILE:LINE:COL  CODE  message`, the source with a pointer, and a hint. */
export function formatProblem(problem: EvalrunError, how: { color?: boolean } = {}): string {
  const { bold, cyan, dim, red } = pc.createColors(how.color === true);
  const { where, hint } = problem;
  const place = where === undefined ? '' : `${cyan(printable(`${where.file}:${where.line}:${where.column}`))}  `;
  const lines = [`${place}${red(bold(problem.code))}  ${printable(problem.message)}`];
  for (const line of where?.frame?.split('\n') ?? []) {
    lines.push(`  ${/^\s+\|\s*\^$/.test(line) ? red(line) : line.startsWith('>') ? line : dim(line)}`);
  }
  if (hint !== undefined) lines.push(`  ${dim('hint:')} ${printable(hint)}`);
  return `${lines.join('\n')}\n`;
}
