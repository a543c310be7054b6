import type { SplitSpec } from '../../contract/eval-spec.js';
import { formatCount } from '../../kinds/reporters/shared/number-text.js';
import { inline, table } from './card-table.js';
import type { CardInput } from './dataset-card.js';
import { labelledFilters } from './pair-filters.js';

const percent = (share: number): string => `${Number((100 * share).toFixed(2))}%`;

/** How pairs were put into splits by a field. */
export const splitWords = ({ by, validation, test }: SplitSpec): string =>
  `- Splits: by \`${by}\`; all pairs with one value are in one split, about ${percent(validation)} of the values in \`validation\`, ${percent(test)} in \`test\`, the others in \`train\`. Column \`group\` names the value.`;

/** Pairs by split, with what there is of them: personas, or values of the field that split, entities and domains. */
export function splitTable({ counts, files, spec }: CardInput): string[] {
  if (spec.split === undefined)
    return table(
      ['split', 'pairs', 'personas'],
      files.map(({ split, rows }) => [`\`${split}\``, formatCount(rows), formatCount(counts.personas(split!))]),
    );
  return table(
    ['split', 'pairs', `values of \`${spec.split.by}\``, 'entities', 'domains'],
    files.map(({ split, rows }) => {
      const { groups, entities, domains } = counts.contents(split!);
      return [`\`${split}\``, formatCount(rows), formatCount(groups), numberOr(entities), numberOr(domains)];
    }),
  );
}

/** Items need not name entities and domains. */
const numberOr = (count: number): string => (count === 0 ? 'not named' : formatCount(count));

/** The filters in their order with options and counts, then why they left pairs out; nothing for an eval without filters. */
export function filterTables({ counts, spec }: CardInput): string[] {
  const filters = labelledFilters(spec);
  const form = counts.filtered.form === undefined ? [] : ['form'];
  if (filters.length + form.length === 0) return [];
  const total = (label: string) => Object.values(counts.filtered[label] ?? {}).reduce((all, count) => all + count, 0);
  const rows = filters.map(({ label, kind, options }) => {
    const given = Object.entries(options).map(([option, value]) => `${option}: ${value}`);
    return [`\`${label}\``, kind.title, inline(given.join(', ')) || '–', formatCount(total(label))];
  });
  const reasons = [...filters.map(({ label }) => label), ...form].flatMap((label) =>
    Object.entries(counts.filtered[label] ?? {}).map(([why, count]) => [`\`${label}\``, why, formatCount(count)]),
  );
  return [
    '',
    'Filters, in the order in which they were asked; a pair counts for the first that left it out.',
    '',
    ...table(
      ['filter', 'keeps by', 'options', 'left out'],
      [...rows, ...form.map((label) => [`\`${label}\``, 'the form of the files', '–', formatCount(total(label))])],
    ),
    ...(reasons.length === 0 ? [] : ['', ...table(['filter', 'left out because', 'pairs'], reasons)]),
  ];
}
