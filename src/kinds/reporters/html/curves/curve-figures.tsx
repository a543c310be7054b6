import type { Plan } from '../../../../contract/plan.js';
import type { Report } from '../../../../contract/report.js';
import { formatInterval, formatValue } from '../../shared/number-text.js';
import { type Axis, shareOf, tickText, valueAxis } from '../parts/axis.js';
import { PlotFrame, type PlotPlace, type PlotTick } from '../parts/plot-frame.js';
import { Name } from '../parts/section.js';
import { type AttemptCurve, type CurveFamily, type CurvePoint, curveFamilies } from './attempt-curves.js';

const kindWords: { [kind: string]: string } = {
  pass_at_k: 'One of k answers succeeds',
  any_of_k: 'One of the first k answers succeeds',
  pass_pow_k: 'All of k answers succeed',
};

/** How numbers change with the number of answers, or from round to round: a small plot for each arm of each provider. */
export function CurveFigures({ report, plan }: { report: Report; plan: Plan }) {
  return (
    <>
      {curveFamilies(report, plan).map((family) => (
        <CurveRow key={family.rounds?.metric ?? `${family.kind}/${family.grader}`} family={family} />
      ))}
    </>
  );
}

function CurveRow({ family }: { family: CurveFamily }) {
  const { curves, unit, grader, controlGrader } = family;
  const all = curves.flatMap(({ points, control }) => [...points, ...control]);
  const axis = valueAxis(
    unit,
    all.flatMap(({ low, high }) => [low, high]),
  );
  const several = new Set(curves.map(({ provider }) => provider)).size > 1;
  return (
    <>
      <h3>{family.rounds === null ? kindWords[family.kind] : <Name of={family.rounds.metric} />}</h3>
      <p class="remark">
        {family.rounds === null ? (
          <>
            Solid line: scored by <Name of={grader} />, with intervals.
          </>
        ) : (
          `${family.rounds.title}, by round. A cell whose loop has ended is in no later round.`
        )}
        {controlGrader !== null && (
          <>
            {' '}
            Dashed line, hollow dots: the control, the same answers scored by <Name of={controlGrader} />. The number of
            answers moves both: read the distance between them.
          </>
        )}
      </p>
      <div class="plots narrow">
        {curves.map((curve) => (
          <CurvePlot key={`${curve.provider}/${curve.arm}`} {...{ curve, family, axis, several }} />
        ))}
      </div>
    </>
  );
}

function CurvePlot(props: { curve: AttemptCurve; family: CurveFamily; axis: Axis; several: boolean }) {
  const { curve, family, axis, several } = props;
  const ks = [...new Set([...curve.points, ...curve.control].map(({ k }) => k))].sort((a, b) => a - b);
  // Of answers each doubling is one step: the first ones add the most.
  const stepOf = family.rounds === null ? Math.log : (round: number) => round;
  const [first, last] = [stepOf(ks[0] ?? 1), stepOf(ks.at(-1) ?? 2)];
  const xOf = (k: number) => 0.04 + (0.92 * (stepOf(k) - first)) / (last - first || 1);
  const yTicks: PlotTick[] = axis.ticks.map((tick) => ({ at: shareOf(axis, tick), text: tickText(tick, family.unit) }));
  const what = family.rounds === null ? 'k' : 'round';
  const words = [pointWords(curve.points, family.unit, what)];
  if (curve.control.length > 0)
    words.push(`control ${family.controlGrader}: ${pointWords(curve.control, family.unit, what)}`);
  return (
    <figure>
      <figcaption>
        <strong>
          <Name of={curve.arm} />
        </strong>
        {several && (
          <span class="remark">
            {' '}
            <Name of={curve.provider} />
          </span>
        )}
      </figcaption>
      <PlotFrame
        label={`${curve.arm} of ${curve.provider}: ${words.join('; ')}`}
        x={ks.map((k) => ({ at: xOf(k), text: String(k) }))}
        y={yTicks}
        xTitle={family.rounds === null ? 'k answers' : 'round'}
      >
        {(place) => (
          <>
            <CurveLine points={curve.control} class="control" {...{ axis, place, xOf }} />
            <CurveLine points={curve.points} class="own" {...{ axis, place, xOf }} />
          </>
        )}
      </PlotFrame>
    </figure>
  );
}

function CurveLine(props: {
  points: CurvePoint[];
  class: string;
  axis: Axis;
  place: PlotPlace;
  xOf: (k: number) => number;
}) {
  const { axis, place, xOf } = props;
  const known = props.points.flatMap(({ k, value, low, high }) => (value === null ? [] : [{ k, value, low, high }]));
  const at = (k: number, value: number) => place(xOf(k), shareOf(axis, value));
  return (
    <g class={`curve ${props.class}`}>
      <polyline points={known.map(({ k, value }) => Object.values(at(k, value)).join(',')).join(' ')} />
      {known.map(({ k, value, low, high }) => (
        <g key={k}>
          {low !== null && high !== null && (
            <line class="whisker" x1={at(k, low).x} x2={at(k, low).x} y1={at(k, low).y} y2={at(k, high).y} />
          )}
          <circle cx={at(k, value).x} cy={at(k, value).y} r="3.5" />
        </g>
      ))}
    </g>
  );
}

function pointWords(points: CurvePoint[], unit: string, what: string): string {
  return points
    .map(({ k, value, low, high }) => `${what} ${k} ${formatValue(value, unit)} ${formatInterval(low, high, unit)}`)
    .join(', ');
}
