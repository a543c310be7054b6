import { createWriteStream } from 'node:fs';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { EvalrunError } from '../contract/problem.js';
import type { Transcript } from '../contract/trial.js';
import { jsonLine } from '../lib/json-line.js';
import { RecordReader } from '../store/record-reader.js';
import { runFiles } from '../store/run-folder.js';
import { programOf } from './execute.js';
import { exitCodes } from './exit-codes.js';
import type { Flags, Invocation } from './invocation.js';
import { openRun } from './open-run.js';
import { exportPairs, type PairFlags } from './pairs/export-pairs.js';
import { pairFormats } from './pairs/pair-formats.js';
import { transcripts } from './transcripts.js';

/** A cell in one flat line: who, what, how it ended, the subject's last reply, the scores. */
function row({ cell, provider, arm, item, persona, repeat, outcome, steps, scores }: Transcript): object {
  return {
    cell,
    provider,
    arm,
    item: item.id,
    persona: persona?.id ?? null,
    repeat,
    outcome: outcome.kind,
    reply: steps.findLast((step) => step.role === 'subject')?.reply ?? null,
    scores: Object.fromEntries(
      scores.map(({ grader, score }) => [grader, score.kind === 'scored' ? score.value : null]),
    ),
    unscored: Object.fromEntries(
      scores.flatMap(({ grader, score }) => (score.kind === 'scored' ? [] : [[grader, score.reason]])),
    ),
  };
}

/** Flags that mean something for pairs only. */
function checkFlags({ format = 'rows', keep, unseen, fileType, licence, rejected, maxBytes }: PairFlags): void {
  const formats = pairFormats.map(({ id }) => id);
  if (format !== 'rows' && format !== 'transcripts') {
    const hint = ['rows', 'transcripts', ...formats].join(', ');
    throw new EvalrunError('BAD_FLAG', `there is no format ${format}`, { hint });
  }
  if ([keep, unseen, fileType, licence, rejected, maxBytes].every((flag) => flag === undefined)) return;
  throw new EvalrunError(
    'BAD_FLAG',
    `--keep, --unseen, --file-type, --licence, --rejected and --max-bytes are for pairs, not for ${format}`,
    {
      hint: `name a format of pairs: --format ${formats.join('|')}`,
    },
  );
}

/** `evalrun export RUN`: JSON lines, one a cell, all of them, one in memory at a time; or its preference pairs. */
export async function exportRun([folder = '']: string[], invocation: Invocation): Promise<number> {
  const { format = 'rows', out } = invocation.flags as Flags & { format?: string };
  if (pairFormats.some(({ id }) => id === format)) return exportPairs(folder, invocation);
  checkFlags(invocation.flags);
  const { plan, matrix, folder: absolute } = openRun(folder, invocation);
  const record = new RecordReader(path.join(absolute, runFiles.record));
  const stream: Writable = out === undefined ? invocation.stdout : createWriteStream(path.resolve(invocation.cwd, out));
  try {
    for await (const transcript of transcripts(
      { plan, matrix, program: await programOf(plan), record },
      Number.POSITIVE_INFINITY,
    )) {
      const text = `${jsonLine(format === 'rows' ? row(transcript) : transcript)}\n`;
      if (!stream.write(text)) await new Promise((resolve) => stream.once('drain', resolve));
    }
    if (stream !== invocation.stdout) {
      stream.end();
      await finished(stream);
    }
  } finally {
    record.close();
  }
  return exitCodes.complete;
}
