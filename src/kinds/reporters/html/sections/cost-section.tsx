import type { Report } from '../../../../contract/report.js';
import { countOf, formatCount, formatMs, formatUsd } from '../../shared/number-text.js';
import { DataTable, NameCell, NumberCell, Row, Rows } from '../parts/data-table.js';
import { Facts, Name, Section } from '../parts/section.js';

/** Calls, tokens, money and time. */
export function CostSection({ report }: { report: Report }) {
  const { counts, timing, effort, host } = report;
  const times = new Map(timing.latencies.map((latency) => [latency.provider, latency]));
  return (
    <Section id="cost" title="Cost and time" lead={`Of the recorded calls. Prices: ${report.provenance.prices}.`}>
      <DataTable
        caption="By provider"
        headings={[
          { text: 'Provider' },
          { text: 'Calls', numeric: true },
          { text: 'Tokens in', numeric: true },
          { text: 'Tokens out', numeric: true },
          { text: 'Cost', numeric: true },
          { text: 'Median reply', numeric: true },
          { text: '95th percentile', numeric: true },
        ]}
      >
        <Rows>
          {counts.byProvider.map((one) => (
            <Row key={one.provider}>
              <NameCell>
                <Name of={one.provider} />
              </NameCell>
              <NumberCell label="Calls">{formatCount(one.calls)}</NumberCell>
              <NumberCell label="Tokens in">{formatCount(one.tokens.input)}</NumberCell>
              <NumberCell label="Tokens out">{formatCount(one.tokens.output)}</NumberCell>
              <NumberCell label="Cost">{formatUsd(one.costUsd)}</NumberCell>
              <NumberCell label="Median reply">{formatMs(times.get(one.provider)?.p50Ms ?? null)}</NumberCell>
              <NumberCell label="95th percentile">{formatMs(times.get(one.provider)?.p95Ms ?? null)}</NumberCell>
            </Row>
          ))}
          <Row class="total">
            <NameCell>All</NameCell>
            <NumberCell label="Calls">{formatCount(counts.calls.recorded)}</NumberCell>
            <NumberCell label="Tokens in">{formatCount(counts.tokens.input)}</NumberCell>
            <NumberCell label="Tokens out">{formatCount(counts.tokens.output)}</NumberCell>
            <NumberCell label="Cost">{formatUsd(counts.costUsd)}</NumberCell>
            <NumberCell label="Median reply">–</NumberCell>
            <NumberCell label="95th percentile">–</NumberCell>
          </Row>
        </Rows>
      </DataTable>
      <Facts
        facts={[
          ['Started', timeText(timing.started)],
          ['Finished', timeText(timing.finished)],
          [
            'Attempts sent',
            `${formatCount(effort.callsMade)}, ${formatCount(effort.retried)} of them failed and may have been tried again`,
          ],
          ['Taken over', `${countOf(effort.reused, 'reply', 'replies')} of an earlier run`],
          ['Interruptions', formatCount(effort.interruptions)],
          ['Host', `${host.platform}, ${countOf(host.cpus, 'core')}, Node ${host.node}`],
        ]}
      />
    </Section>
  );
}

function timeText(iso: string | null): string {
  return iso === null ? 'unknown' : `${iso.slice(0, 19).replace('T', ' ')} UTC`;
}
