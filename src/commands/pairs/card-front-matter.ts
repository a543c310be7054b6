import path from 'node:path';
import type { Plan } from '../../contract/plan.js';
import type { PairCounts } from './pair-counts.js';
import type { PairFile } from './pair-files.js';

/** What front matter tells about. */
export interface FrontMatterInput {
  plan: Plan;
  licence: string | undefined;
  counts: PairCounts;
  files: readonly PairFile[];
}

/** A line of a card that evalrun made: no other file is written over. */
export const cardMark = '- evalrun-pairs';

/** Sizes as the Hugging Face Hub names them. */
function sizeCategory(rows: number): string {
  const bounds: [number, string][] = [
    [1e3, 'n<1K'],
    [1e4, '1K<n<10K'],
    [1e5, '10K<n<100K'],
    [1e6, '100K<n<1M'],
  ];
  return bounds.find(([below]) => rows < below)?.[1] ?? '1M<n<10M';
}

/** Whether a provider of the run, under test or in a role, is simulated. */
export const isSimulated = ({ matrix }: Plan): boolean =>
  [...matrix.providers, ...Object.values(matrix.roles)].some(({ simulated }) => simulated);

/** Front matter as the Hub reads it (its `datasetcard.md`). */
export function frontMatter({ plan, licence, counts, files }: FrontMatterInput): string[] {
  const { eval: spec } = plan.matrix;
  const simulated = isSimulated(plan);
  return [
    '---',
    `pretty_name: ${JSON.stringify(`${spec.id} pairs${simulated ? ' (simulated)' : ''}`)}`,
    ...(licence === undefined ? ['license: other', 'license_name: see-card'] : [`license: ${JSON.stringify(licence)}`]),
    'task_categories:',
    '- text-generation',
    'size_categories:',
    `- ${sizeCategory(counts.kept)}`,
    'annotations_creators:',
    '- machine-generated',
    'language_creators:',
    '- machine-generated',
    'tags:',
    cardMark,
    '- preference',
    ...(simulated ? ['- simulated'] : []),
    'configs:',
    '- config_name: default',
    '  data_files:',
    ...files.flatMap(({ file, split }) => [`  - split: ${split}`, `    path: ${path.basename(file)}`]),
    '---',
  ];
}
