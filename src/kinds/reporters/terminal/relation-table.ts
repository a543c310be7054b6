import type { ReportInput } from '../../../contract/reporter-kind.js';
import { formatCount } from '../shared/number-text.js';
import { partText, relationInterval, relationRemarks, relationsOf, relationValue } from '../shared/relation-words.js';
import { terminalText } from '../shared/safe-text.js';
import type { Page } from './page.js';

/** All relations of arms: which arms, value with interval, n; below the table what belongs to each. */
export function relationTable({ report }: ReportInput, page: Page): void {
  const relations = relationsOf(report);
  if (relations.length === 0) return;
  page.heading('relations', 'two arms by one metric, beyond their difference');
  page.table(
    [
      { head: 'relation' },
      { head: 'of / against', optional: true },
      { head: 'metric', optional: true },
      { head: 'provider' },
      { head: 'value', numeric: true },
      { head: 'interval', numeric: true },
      { head: 'n', numeric: true },
    ],
    relations.map((relation) => [
      { text: terminalText(relation.name) },
      { text: terminalText(`${relation.of} / ${relation.against}`) },
      { text: terminalText(relation.metric) },
      { text: terminalText(relation.provider) },
      { text: relationValue(relation.value, relation.unit) },
      { text: relationInterval(relation, relation.unit) },
      { text: `${formatCount(relation.n)} ${relation.counts}` },
    ]),
  );
  for (const relation of relations) {
    const several = relations.some(({ name, provider }) => name === relation.name && provider !== relation.provider);
    const who = several ? ` (${relation.provider})` : '';
    const parts = relation.parts.map((part) => `${part.title} = ${partText(part)}`);
    const text = [`${relation.name}${who}: ${relation.title}`, ...parts].join('; ');
    page.line(terminalText([`${text}.`, ...relationRemarks(relation)].join(' ')), page.colors.dim);
  }
}
