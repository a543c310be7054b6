import type { Report } from '../../../../contract/report.js';
import { methodWords } from '../../shared/method-words.js';
import { formatCount, formatInterval, formatValue } from '../../shared/number-text.js';
import { Cell, DataTable, NameCell, NumberCell, Row, Rows } from '../parts/data-table.js';
import { Name } from '../parts/section.js';

const caption =
  'Judges beside a rule that looks for the same. κ is agreement beyond chance, its interval clustered by item; where a thing is rare, a few disagreements make κ small although most cells agree.';

/** Judges beside the rules that look for the same; nothing without any. */
export function RuleTable({ report }: { report: Report }) {
  const held = report.judges.flatMap(({ rule, ...judge }) => (rule === undefined ? [] : [{ ...judge, rule }]));
  if (held.length === 0) return null;
  return (
    <DataTable
      caption={caption}
      headings={[
        { text: 'Judge' },
        { text: 'Rule' },
        { text: 'Replies of' },
        { text: 'Compared', numeric: true, hint: 'Answered cells that both have scored' },
        { text: 'Agree', numeric: true },
        { text: 'κ', numeric: true, hint: 'Cohen’s κ: agreement beyond chance, −1 to 1' },
        { text: 'Interval of κ', numeric: true },
        { text: 'Only the rule', numeric: true, hint: 'Cells of which only the rule says yes' },
        { text: 'Only the judge', numeric: true, hint: 'Cells of which only the judge says yes' },
      ]}
    >
      <Rows>
        {held.map(({ grader, provider, rule }) => (
          <Row key={`${grader}/${provider}`}>
            <NameCell>
              <Name of={grader} />
            </NameCell>
            <Cell label="Rule">
              <Name of={rule.grader} />
            </Cell>
            <Cell label="Replies of">
              <Name of={provider} />
            </Cell>
            <NumberCell label="Compared">{formatCount(rule.n)}</NumberCell>
            <NumberCell label="Agree">{formatValue(rule.agree, 'share')}</NumberCell>
            <NumberCell label="κ">{formatValue(rule.kappa, 'score')}</NumberCell>
            <NumberCell label="Interval of κ">
              <span title={methodWords(rule.method)}>{formatInterval(rule.low, rule.high, 'score')}</span>
            </NumberCell>
            <NumberCell label="Only the rule">{formatCount(rule.ruleOnly)}</NumberCell>
            <NumberCell label="Only the judge">{formatCount(rule.judgeOnly)}</NumberCell>
          </Row>
        ))}
      </Rows>
    </DataTable>
  );
}
