import type { Report } from '../../../../contract/report.js';
import { unitOf } from '../../shared/headlines.js';
import { countOf, formatCount } from '../../shared/number-text.js';
import { gateRuleWords, gateValueText, verdictOf } from '../../shared/verdict.js';
import { Cell, DataTable, NameCell, NumberCell, Row, Rows } from '../parts/data-table.js';
import { Name, Section, Tag } from '../parts/section.js';

/** Whether the run is complete and which gates it passed. */
export function VerdictSection({ report }: { report: Report }) {
  const verdict = verdictOf(report);
  const gateTone = verdict.missed > 0 ? 'bad' : verdict.passed > 0 ? 'good' : 'plain';
  const { answered, refused, failed, skipped, planned } = report.counts.cells;
  return (
    <Section id="verdict" title="Verdict">
      <ul class="verdict">
        <li class={verdict.complete ? 'good' : 'bad'}>
          <strong>{verdict.complete ? 'Complete' : 'Incomplete'}</strong>
          <span>
            {formatCount(answered + refused + failed)} of {countOf(planned, 'planned cell')} settled
            {skipped > 0 && `, ${formatCount(skipped)} not asked`}
          </span>
        </li>
        <li class={gateTone}>
          <strong>{gateHeadline(verdict.passed, verdict.missed)}</strong>
          <span>
            {verdict.missed > 0
              ? 'see the rules below'
              : verdict.passed > 0
                ? 'no rule was broken'
                : 'the config sets no gate'}
          </span>
        </li>
        <li class={failed > 0 ? 'warn' : 'plain'}>
          <strong>{formatCount(answered)} answered</strong>
          <span>
            {formatCount(refused)} refused, {formatCount(failed)} failed
          </span>
        </li>
      </ul>
      {report.gates.length > 0 && <GateTable report={report} />}
    </Section>
  );
}

function gateHeadline(passed: number, missed: number): string {
  if (passed + missed === 0) return 'No gates';
  return missed > 0 ? `${missed} of ${countOf(passed + missed, 'gate')} missed` : `${countOf(passed, 'gate')} passed`;
}

function GateTable({ report }: { report: Report }) {
  const gates = [...report.gates].sort((a, b) => Number(a.passed) - Number(b.passed));
  return (
    <DataTable
      caption="Gates, missed ones first"
      headings={[
        { text: 'Metric' },
        { text: 'Arm' },
        { text: 'Provider' },
        { text: 'Rule' },
        { text: 'Compared number', numeric: true },
        { text: 'Result' },
      ]}
    >
      <Rows>
        {gates.map((gate) => {
          const unit = unitOf(report, gate.metric);
          return (
            <Row key={`${gate.metric}/${gate.by.provider}/${gate.by.arm}/${gate.rule}`}>
              <NameCell>
                <Name of={gate.metric} />
              </NameCell>
              <Cell label="Arm">
                <Name of={gate.by.arm} />
              </Cell>
              <Cell label="Provider">
                <Name of={gate.by.provider} />
              </Cell>
              <Cell label="Rule" class="wide">
                {gateRuleWords(gate.rule, unit)}
              </Cell>
              <NumberCell label="Compared number">{gateValueText(gate.value, unit)}</NumberCell>
              <Cell label="Result">
                <Tag tone={gate.passed ? 'good' : 'bad'}>{gate.passed ? 'passed' : 'missed'}</Tag>
              </Cell>
            </Row>
          );
        })}
      </Rows>
    </DataTable>
  );
}
