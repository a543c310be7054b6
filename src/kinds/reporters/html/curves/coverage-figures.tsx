import type { Plan } from '../../../../contract/plan.js';
import type { Report } from '../../../../contract/report.js';
import { formatCount, formatValue, isShare } from '../../shared/number-text.js';
import { type Axis, shareOf, tickText, valueAxis } from '../parts/axis.js';
import { DataTable, NameCell, NumberCell, Row, Rows } from '../parts/data-table.js';
import { PlotFrame, type PlotPlace } from '../parts/plot-frame.js';
import { Name } from '../parts/section.js';

type Judge = Report['judges'][number];

/** Judgements of at least some confidence. */
interface Kept {
  from: number;
  n: number;
  coverage: number;
  mean: number;
}

/** Judges that state how sure they are: what is left, and how it scores, once less sure judgements are set aside. */
export function CoverageFigures({ report, plan }: { report: Report; plan: Plan }) {
  const drawn = report.judges.flatMap((judge) => {
    const kept = keptOf(judge);
    return kept.length > 1 ? [{ judge, kept, unit: scoreUnit(judge, report, plan) }] : [];
  });
  if (drawn.length === 0) return null;
  return (
    <>
      <h3>Score against coverage</h3>
      <p class="remark">
        Each dot keeps only judgements of at least some confidence, from all (right) to 90 and more (left). A level line
        says that the score does not hang on judgements the judge was unsure of; it does not say that the judge is
        right.
      </p>
      <div class="plots">
        {drawn.map(({ judge, kept, unit }) => (
          <CoveragePlot key={`${judge.grader}/${judge.provider}`} {...{ judge, kept, unit }} />
        ))}
      </div>
    </>
  );
}

function CoveragePlot({ judge, kept, unit }: { judge: Judge; kept: Kept[]; unit: string }) {
  const means = kept.map(({ mean }) => mean);
  const axis = valueAxis(unit, means);
  const [all, sure] = [kept[0]!, kept.at(-1)!];
  const words =
    `all judgements score ${formatValue(all.mean, unit)} and cover ${formatValue(all.coverage, 'share')}; ` +
    `those of confidence ${sure.from} and more score ${formatValue(sure.mean, unit)} and cover ${formatValue(sure.coverage, 'share')}`;
  return (
    <figure>
      <figcaption>
        <strong>
          <Name of={judge.grader} />
        </strong>{' '}
        <span class="remark">
          on replies of <Name of={judge.provider} />: {words}
        </span>
      </figcaption>
      <PlotFrame
        label={`${judge.grader} on replies of ${judge.provider}: ${words}`}
        x={[0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: tickText(at, 'share') }))}
        y={axis.ticks.map((tick) => ({ at: shareOf(axis, tick), text: tickText(tick, unit) }))}
        xTitle={`coverage, %; upwards: mean score${isShare(unit) ? ', %' : ''}`}
      >
        {(place) => <CoverageSteps kept={kept} axis={axis} place={place} />}
      </PlotFrame>
      <details>
        <summary>
          Numbers
          <span class="unseen">
            {' '}
            of {judge.grader} on replies of {judge.provider}
          </span>
        </summary>
        <KeptTable judge={judge} kept={kept} unit={unit} />
      </details>
    </figure>
  );
}

/** From the most confident judgements rightwards, level until the next threshold lets more of them in. */
function CoverageSteps({ kept, axis, place }: { kept: Kept[]; axis: Axis; place: PlotPlace }) {
  const at = ({ coverage, mean }: Kept) => place(coverage, shareOf(axis, mean));
  const rightwards = [...kept].reverse();
  const corners = rightwards.flatMap((one, i) => {
    const [own, before] = [at(one), rightwards[i - 1]];
    return before ? [`${own.x},${at(before).y}`, `${own.x},${own.y}`] : [`${own.x},${own.y}`];
  });
  const named = rightwards.filter((one, i) => i === 0 || one.coverage - rightwards[i - 1]!.coverage > 0.12);
  return (
    <g class="curve own">
      <polyline points={corners.join(' ')} />
      {rightwards.map((one) => (
        <circle key={one.from} cx={at(one).x} cy={at(one).y} r="3" />
      ))}
      {named.map((one) => (
        <text key={one.from} x={at(one).x} y={at(one).y - 8} text-anchor="middle">
          ≥ {one.from}
        </text>
      ))}
    </g>
  );
}

function KeptTable({ judge, kept, unit }: { judge: Judge; kept: Kept[]; unit: string }) {
  return (
    <DataTable
      caption={`${judge.grader} on replies of ${judge.provider}, by least confidence`}
      headings={[
        { text: 'Confidence' },
        { text: 'Judgements', numeric: true },
        { text: 'Coverage', numeric: true },
        { text: 'Mean score', numeric: true },
      ]}
    >
      <Rows>
        {kept.map(({ from, n, coverage, mean }) => (
          <Row key={from}>
            <NameCell>{from === 0 ? 'all' : `${from} and more`}</NameCell>
            <NumberCell label="Judgements">{formatCount(n)}</NumberCell>
            <NumberCell label="Coverage">{formatValue(coverage, 'share')}</NumberCell>
            <NumberCell label="Mean score">{formatValue(mean, unit)}</NumberCell>
          </Row>
        ))}
      </Rows>
    </DataTable>
  );
}

/** Thresholds under which something is left to be summed up; none for a judge of labels. */
function keptOf(judge: Judge): Kept[] {
  return (judge.byConfidence ?? []).flatMap(({ from, n, coverage, mean }) =>
    mean === null ? [] : [{ from, n, coverage, mean }],
  );
}

/** Scores are shares where a metric of the same grader is one and no mean says otherwise. */
function scoreUnit(judge: Judge, report: Report, plan: Plan): string {
  const own = plan.matrix.eval.metrics.filter(({ of }) => of === judge.grader).map(({ id }) => id);
  const unit = report.estimates.find((one) => own.includes(one.metric) && isShare(one.unit))?.unit ?? '';
  return keptOf(judge).every(({ mean }) => mean >= 0 && mean <= 1) ? unit : '';
}
