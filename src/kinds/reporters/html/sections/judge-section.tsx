import type { Plan } from '../../../../contract/plan.js';
import type { Report } from '../../../../contract/report.js';
import { formatCount, formatValue, noNumber } from '../../shared/number-text.js';
import { CoverageFigures } from '../curves/coverage-figures.js';
import { Cell, DataTable, type Heading, NameCell, NumberCell, Row, Rows } from '../parts/data-table.js';
import { Name, Section } from '../parts/section.js';
import { RuleTable } from './rule-table.js';

const quoteHeadings: Heading[] = [
  { text: 'Quotes', numeric: true, hint: 'Quotes of the judged text that were given as evidence' },
  { text: 'Quotes found', numeric: true, hint: 'Share of them that stand in the judged text' },
];

/** How far the judges can be trusted to have judged. */
export function JudgeSection({ report, plan }: { report: Report; plan: Plan }) {
  if (report.judges.length === 0) return null;
  const share = (value: number | null | undefined) => (value === undefined ? noNumber : formatValue(value, 'share'));
  const quoting = report.judges.some(({ quotes }) => quotes !== undefined);
  return (
    <Section
      id="judges"
      title="Judge health"
      lead="A judgement that could not be read is unscored, never a low score. Coverage is the share of cells to be judged that got a score."
    >
      <DataTable
        caption="Judges by the provider whose replies they read"
        headings={[
          { text: 'Judge' },
          { text: 'Read replies of' },
          { text: 'To judge', numeric: true },
          { text: 'Coverage', numeric: true },
          { text: 'Confident', numeric: true, hint: 'Share of scored judgements with confidence of 80 or more' },
          { text: 'Order kept', numeric: true, hint: 'Pairs judged alike in both orders' },
          ...(quoting ? quoteHeadings : []),
          { text: 'Unscored' },
        ]}
      >
        <Rows>
          {report.judges.map((judge) => (
            <Row key={`${judge.grader}/${judge.provider}`}>
              <NameCell>
                <Name of={judge.grader} />
              </NameCell>
              <Cell label="Read replies of">
                <Name of={judge.provider} />
              </Cell>
              <NumberCell label="To judge">{formatCount(judge.n)}</NumberCell>
              <NumberCell label="Coverage">{share(judge.coverage)}</NumberCell>
              <NumberCell label="Confident">{share(judge.confident)}</NumberCell>
              <NumberCell label="Order kept">{share(judge.orderConsistency)}</NumberCell>
              {quoting && (
                <NumberCell label="Quotes">
                  {judge.quotes === undefined ? noNumber : formatCount(judge.quotes.given)}
                </NumberCell>
              )}
              {quoting && <NumberCell label="Quotes found">{share(judge.quotes?.share)}</NumberCell>}
              <Cell label="Unscored">
                {Object.entries(judge.unscored)
                  .filter(([, count]) => count > 0)
                  .map(([reason, count]) => `${formatCount(count)} ${reason.replaceAll('_', ' ')}`)
                  .join(', ') || 'none'}
              </Cell>
            </Row>
          ))}
        </Rows>
      </DataTable>
      <RuleTable report={report} />
      <CoverageFigures report={report} plan={plan} />
    </Section>
  );
}
