import { type Axis, placeOn, tickText } from './axis.js';

/** What is drawn on one line. `standing` decides how strongly. */
export interface Dot {
  value: number | null;
  low: number | null;
  high: number | null;
  controls?: (number | null)[];
  standing?: 'shown' | 'open';
}

/** A value with its interval on an axis; controls as hollow diamonds. The same numbers stand beside it as text. */
export function DotWhisker({ axis, dot }: { axis: Axis; dot: Dot }) {
  const at = (value: number) => placeOn(axis, value);
  return (
    <svg class={`dot ${dot.standing ?? 'shown'}`} width="100%" height="22" aria-hidden="true" focusable="false">
      {axis.ticks.map((tick) => (
        <line
          key={tick}
          class={tick === 0 && axis.from < 0 ? 'zero' : 'grid'}
          x1={at(tick)}
          x2={at(tick)}
          y1="0"
          y2="22"
        />
      ))}
      {dot.low !== null && dot.high !== null && (
        <>
          <line class="whisker" x1={at(dot.low)} x2={at(dot.high)} y1="11" y2="11" />
          <line class="whisker" x1={at(dot.low)} x2={at(dot.low)} y1="7" y2="15" />
          <line class="whisker" x1={at(dot.high)} x2={at(dot.high)} y1="7" y2="15" />
        </>
      )}
      {(dot.controls ?? []).map((control, i) =>
        control === null ? null : (
          <svg key={`${i}:${control}`} x={at(control)} y="11" overflow="visible" aria-hidden="true">
            <path class="control" d="M0-4.5 4.5 0 0 4.5-4.5 0Z" />
          </svg>
        ),
      )}
      {dot.value !== null && <circle class="value" cx={at(dot.value)} cy="11" r="4.5" />}
    </svg>
  );
}

/** The numbers of an axis, for the heading of its column. */
export function AxisTicks({ axis, unit }: { axis: Axis; unit: string }) {
  return (
    <svg class="ticks" width="100%" height="14" aria-hidden="true" focusable="false">
      {axis.ticks.map((tick) => (
        <text key={tick} x={placeOn(axis, tick)} y="11" text-anchor="middle">
          {tickText(tick, unit)}
        </text>
      ))}
    </svg>
  );
}
