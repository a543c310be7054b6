import type { PairsSpec } from '../../contract/eval-spec.js';
import type { FrozenProvider } from '../../contract/plan.js';
import type { Report } from '../../contract/report.js';
import { formatCount, formatInterval, formatValue } from '../../kinds/reporters/shared/number-text.js';
import { simulatedNotice } from '../../kinds/reporters/shared/verdict.js';
import { filterTables, splitTable, splitWords } from './card-filters.js';
import { type FrontMatterInput, frontMatter, isSimulated } from './card-front-matter.js';
import { inline, table } from './card-table.js';
import type { Keep } from './keep.js';
import { labelledFilters } from './pair-filters.js';
import type { PairFormat } from './pair-formats.js';
import { trainingWords } from './trainer-config.js';

/** What a card tells about. */
export interface CardInput extends FrontMatterInput {
  spec: PairsSpec;
  format: PairFormat;
  keep: Keep;
  unseen: number;
  /** Of the finished run, for the intervals; null where there is none. */
  report: Report | null;
}

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)}%`);

function modelOf({ id, kind, options }: FrozenProvider): string {
  const model = typeof options.model === 'string' ? `, model \`${options.model}\`` : '';
  return `\`${id}\` (${kind}${model})`;
}

/** Graders that say who prefers what, and those whose scores filters read. */
const judgesOf = (spec: PairsSpec): string[] => {
  const own = spec.preferred === undefined ? [] : [spec.preferred];
  const read = labelledFilters(spec).flatMap(({ graders }) => graders);
  return [...new Set([...own, ...Object.values(spec.controls), ...read])];
};

/** Steps and graders with who answers them. */
function making({ plan, spec }: CardInput): string[] {
  const { matrix } = plan;
  const { eval: evaluation } = matrix;
  const answers = (role: string) =>
    role === 'subject' ? matrix.providers.map(modelOf).join(', ') : modelOf(matrix.roles[role]!);
  const steps = evaluation.steps.map(({ id, role }) => [`step \`${id}\``, role, answers(role)]);
  const graders = judgesOf(spec).map((id) => {
    const { role } = evaluation.graders.find((one) => one.id === id)!.options;
    const asked = typeof role === 'string' && matrix.roles[role] !== undefined;
    return [`grader \`${id}\``, asked ? role : '–', asked ? answers(role) : 'no model'];
  });
  return table(['part', 'role', 'who answers'], [...steps, ...graders]);
}

function origin({ plan, spec, unseen, keep, format, files }: CardInput): string[] {
  const { matrix } = plan;
  const { items, personas } = matrix.eval;
  const set = (what: string, one: { id: string; licence?: string; source?: string }) =>
    `- ${what}: \`${one.id}\`, licence ${inline(one.licence ?? 'unknown')}${one.source === undefined ? '' : `; ${inline(one.source)}`}`;
  return [
    `- Eval \`${matrix.eval.id}\`, version ${matrix.eval.version}; run \`${plan.id}\`, evalrun ${plan.evalrunVersion}; \`${inline(plan.command)}\``,
    `- Seed ${matrix.seed} (sample, and these splits); ${matrix.repeats} repeat(s) a cell`,
    set('Prompts', items),
    ...(personas === null ? [] : [set('Personas', personas)]),
    `- Rejected: \`${spec.rejected}\`; chosen: \`${spec.chosen}\``,
    `- Format \`${format.id}\`: ${format.title}`,
    ...trainingWords(format, files),
    `- Kept (\`--keep ${keep}\`): ${spec.preferred === undefined ? 'every pair that passes the filters' : keepWords[keep]}`,
    ...(spec.prompt === undefined ? [] : [`- Prompt: the turns at \`${spec.prompt}\``]),
    spec.split === undefined
      ? `- Splits: about ${(100 * unseen).toFixed(0)}% of the personas are in \`unseen_personas\` and nowhere else; the pairs of the others go 80/10/10 by question and persona.`
      : splitWords(spec.split),
  ];
}

const keepWords: { [keep in Keep]: string } = {
  all: 'every pair, whatever its own judge said',
  preferred: 'pairs whose own judge prefers the chosen text in both orders',
  disagreeing:
    'pairs whose own judge prefers the chosen text in both orders, while the judge for a shuffled persona does not',
};

function countTables(input: CardInput): string[] {
  const { counts } = input;
  const reasons = [...Object.entries(counts.noPair), ...Object.entries(counts.notKept)] as [string, number][];
  return [
    ...splitTable(input),
    '',
    `${formatCount(counts.cells)} cells gave ${formatCount(counts.pairs)} pairs, of which ${formatCount(counts.kept)} (${percent(counts.kept, counts.pairs)}) are kept.`,
    ...(reasons.length === 0
      ? []
      : [
          '',
          ...table(
            ['left out because', 'cells'],
            reasons.map(([why, n]) => [why, formatCount(n)]),
          ),
        ]),
    ...filterTables(input),
  ];
}

/** Verdicts of the person's own judge and of the controls, then the run's estimates of the same graders. */
function verdictTables({ plan, spec, counts, report }: CardInput): string[] {
  const shares = Object.entries(counts.verdicts).map(([judge, { chosen, tie, rejected, none }]) => {
    const all = chosen + tie + rejected;
    return [`\`${judge}\``, percent(chosen, all), percent(tie, all), percent(rejected, all), formatCount(none)];
  });
  const judged = judgesOf(spec);
  const metrics = plan.matrix.eval.metrics.filter(({ of }) => judged.includes(of)).map(({ id }) => id);
  const rows = (report?.estimates ?? [])
    .filter(({ metric, by }) => by.group === undefined && metrics.includes(metric))
    .map(({ metric, by, value, low, high, unit, n }) => [
      `\`${metric}\``,
      `\`${by.provider}\`, \`${by.arm}\``,
      formatValue(value, unit),
      formatInterval(low, high, unit),
      formatCount(n),
    ]);
  return [
    ...(shares.length === 0
      ? ['Nobody ranked the pairs: a filter that passes is all that says so.', '']
      : [
          'Over all pairs, kept or not:',
          '',
          ...table(
            ['judge', 'prefers the chosen text', 'tie or order decides', 'prefers the rejected text', 'no verdict'],
            shares,
          ),
          '',
        ]),
    ...(rows.length === 0
      ? ['The run has no finished report with metrics of these graders, so there are no intervals here.']
      : table(['metric', 'of', 'value', '95% interval', 'n'], rows)),
  ];
}

/** What holds of pairs for persons. */
const limits = ({ chosen }: PairsSpec): string[] => [
  `- The chosen text is always that of \`${chosen}\`. Whatever marks its style predicts the label without a look at the persona: compare what is trained with the controls, and see \`control_*\` of each pair (formats \`pairs\`, \`persona\`, \`trl\`).`,
  '- Answers, critiques and verdicts are made by models, not by people; a judge may prefer its own style or a stereotype.',
  '- Personas are simulated and stand for no one; the pairs say what a model takes such a person to prefer.',
  terms,
];

/** What holds of pairs that nobody ranked. */
const limitsUnranked = ({ chosen }: PairsSpec): string[] => [
  `- The chosen text is always that of \`${chosen}\`. Whatever marks its style predicts the label: evaluate what is trained on held-out data, with and without the instruction.`,
  '- The texts are made by models, not by people; that the chosen one is better is what the filters and the pipeline say, no judge.',
  terms,
];

const terms =
  '- The terms of the providers whose models wrote the texts apply to their use, besides the licences above.';

/** A data set card in Markdown, with front matter as the Hugging Face Hub reads it. The same run and flags give the same bytes. */
export function datasetCard(input: CardInput): string {
  const { plan } = input;
  const lines = [
    ...frontMatter(input),
    ...(isSimulated(plan) ? [simulatedNotice, ''] : []),
    `# Preference pairs of ${plan.matrix.eval.id}`,
    '',
    input.spec.preferred === undefined
      ? 'One pair a row: two replies to one conversation, of which the chosen one is to be preferred.'
      : 'One pair a row: two answers to one question, of which one is to be preferred by one simulated person.',
    '',
    '## Counts',
    '',
    ...countTables(input),
    '',
    '## How it was made',
    '',
    ...origin(input),
    '',
    ...making(input),
    '',
    '## Who prefers what',
    '',
    ...verdictTables(input),
    '',
    '## Limits',
    '',
    ...(input.spec.preferred === undefined ? limitsUnranked : limits)(input.spec),
  ];
  return `${lines.join('\n')}\n`;
}
