import type { Plan } from '../../../../contract/plan.js';
import type { Report } from '../../../../contract/report.js';
import {
  betterWords,
  controlLabel,
  type Headline,
  type HeadlineRow,
  headlinesOf,
  unitOf,
} from '../../shared/headlines.js';
import { formatCount, formatInterval, formatValue } from '../../shared/number-text.js';
import { CurveFigures } from '../curves/curve-figures.js';
import { type Axis, valueAxis } from '../parts/axis.js';
import { Cell, DataTable, NameCell, NumberCell, PartHeading, Row, Rows } from '../parts/data-table.js';
import { AxisTicks, DotWhisker } from '../parts/dot-whisker.js';
import { Name, Section } from '../parts/section.js';

/** Each metric: arms × providers with interval, n, unscored, and the controls beside the headline. */
export function HeadlineSection({ report, plan }: { report: Report; plan: Plan }) {
  const headlines = headlinesOf(report, plan);
  const weighted = headlines.some(({ rows }) => rows.some(({ estimate }) => estimate.unweighted !== undefined));
  const level = Math.round((report.estimates[0]?.level ?? 0.95) * 100);
  return (
    <Section
      id="headline"
      title="Headline numbers"
      lead={
        <>
          A dot is the estimate, the line through it its {level}% interval, a hollow diamond a control that belongs to
          it. <em>n</em> counts scored cells (repeats averaged first); <em>unscored</em> cells are in no number.
          {weighted && (
            <>
              {' '}
              Personas stand for different numbers of people and count accordingly; the second line of a value is as if
              every persona counted alike.
            </>
          )}
        </>
      }
    >
      {headlines.length === 0 && <p>Nothing has been measured yet.</p>}
      {headlines.map((headline) => (
        <HeadlineTable key={headline.metric} headline={headline} report={report} />
      ))}
      <CurveFigures report={report} plan={plan} />
    </Section>
  );
}

function HeadlineTable({ headline, report }: { headline: Headline; report: Report }) {
  const { rows, unit } = headline;
  const axis = valueAxis(
    unit,
    rows.flatMap(({ estimate, controls }) => [estimate.low, estimate.high, ...sameScale(controls, unit, report)]),
  );
  const withControls = rows.some((row) => row.controls.length > 0);
  const providers = [...new Set(rows.map((row) => row.estimate.by.provider))];
  const headings = [
    { text: 'Arm' },
    { text: 'Interval', content: <AxisTicks axis={axis} unit={unit} /> },
    { text: 'Value', numeric: true },
    { text: 'Low, high', numeric: true },
    { text: 'n', numeric: true, hint: 'Scored cells' },
    { text: 'Unscored', numeric: true, hint: 'Cells of the slice without a score' },
    ...(withControls ? [{ text: 'Controls' }] : []),
  ];
  return (
    <DataTable caption={<HeadlineCaption headline={headline} />} headings={headings}>
      {providers.map((provider) => (
        <Rows key={provider}>
          <PartHeading span={headings.length}>
            <Name of={provider} />
          </PartHeading>
          {rows
            .filter((row) => row.estimate.by.provider === provider)
            .map((row) => (
              <HeadlineLine key={row.estimate.by.arm} {...{ row, axis, report, withControls }} />
            ))}
        </Rows>
      ))}
    </DataTable>
  );
}

function HeadlineCaption({ headline }: { headline: Headline }) {
  const facts = [betterWords(headline.better), headline.unit, `version ${headline.version}`].filter(Boolean);
  return (
    <>
      <span class="metric">
        <Name of={headline.metric} />
      </span>{' '}
      {headline.title && <span class="title">{headline.title}</span>} <span class="remark">{facts.join(' · ')}</span>
    </>
  );
}

function HeadlineLine(props: { row: HeadlineRow; axis: Axis; report: Report; withControls: boolean }) {
  const { estimate, controls } = props.row;
  const { unit, unweighted } = estimate;
  return (
    <Row>
      <NameCell>
        <Name of={estimate.by.arm} />
      </NameCell>
      <Cell label="Interval" class="graphic">
        <DotWhisker axis={props.axis} dot={{ ...estimate, controls: sameScale(controls, unit, props.report) }} />
      </Cell>
      <NumberCell label="Value">
        <strong>{formatValue(estimate.value, unit)}</strong>
        {unweighted && (
          <span class="remark block alike" title="As if every persona counted alike">
            {formatValue(unweighted.value, unit)}
          </span>
        )}
      </NumberCell>
      <NumberCell label="Low, high">
        {formatInterval(estimate.low, estimate.high, unit)}
        {unweighted && <span class="remark block alike">{formatInterval(unweighted.low, unweighted.high, unit)}</span>}
      </NumberCell>
      <NumberCell label="n">
        <a
          href={`#transcripts/${encodeURIComponent(estimate.by.provider)}/${encodeURIComponent(estimate.by.arm)}`}
          title="Read these transcripts"
        >
          {formatCount(estimate.n)}
        </a>
      </NumberCell>
      <NumberCell label="Unscored">{formatCount(estimate.unscored)}</NumberCell>
      {props.withControls && (
        <Cell label="Controls" class="controls">
          <ControlList controls={controls} report={props.report} />
        </Cell>
      )}
    </Row>
  );
}

function ControlList({ controls, report }: { controls: HeadlineRow['controls']; report: Report }) {
  if (controls.length === 0) return null;
  return (
    <ul class="plain">
      {controls.map((control) => {
        const unit = unitOf(report, control.is.metric);
        return (
          <li key={controlLabel(control)}>
            <Name of={controlLabel(control)} /> <b>{formatValue(control.value, unit)}</b>{' '}
            <span class="remark">{formatInterval(control.low, control.high, unit)}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** Values of the controls that can be drawn on the headline's axis. */
function sameScale(controls: HeadlineRow['controls'], unit: string, report: Report): (number | null)[] {
  return controls.filter((control) => unitOf(report, control.is.metric) === unit).map((control) => control.value);
}
