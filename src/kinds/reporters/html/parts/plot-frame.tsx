import type { ComponentChildren } from 'preact';

/** A number on an axis: its place, 0 to 1, and its words. */
export interface PlotTick {
  at: number;
  text: string;
}

/** Place of a point (both 0 to 1, y upwards) in the plot's own units. */
export type PlotPlace = (x: number, y: number) => { x: number; y: number };

const width = 240;
const height = 150;
const margin = { left: 34, right: 14, top: 12, bottom: 36 };

const place: PlotPlace = (x, y) => ({
  x: Math.round((margin.left + x * width) * 10) / 10,
  y: Math.round((margin.top + (1 - y) * height) * 10) / 10,
});

/** A small plot with grid and axes. `label` says in words what is drawn; `children` draws it. */
export function PlotFrame(props: {
  label: string;
  x: PlotTick[];
  y: PlotTick[];
  xTitle: string;
  children: (place: PlotPlace) => ComponentChildren;
}) {
  const [from, to] = [place(0, 0), place(1, 1)];
  return (
    <svg
      class="plot"
      viewBox={`0 0 ${margin.left + width + margin.right} ${margin.top + height + margin.bottom}`}
      role="img"
      aria-label={props.label}
      focusable="false"
    >
      {props.y.map(({ at, text }) => (
        <g key={text}>
          <line class="grid" x1={from.x} x2={to.x} y1={place(0, at).y} y2={place(0, at).y} />
          <text x={from.x - 6} y={place(0, at).y + 4} text-anchor="end">
            {text}
          </text>
        </g>
      ))}
      {props.x.map(({ at, text }) => (
        <g key={text}>
          <line class="grid" x1={place(at, 0).x} x2={place(at, 0).x} y1={from.y} y2={from.y + 4} />
          <text x={place(at, 0).x} y={from.y + 16} text-anchor="middle">
            {text}
          </text>
        </g>
      ))}
      <text x={(from.x + to.x) / 2} y={from.y + 31} text-anchor="middle">
        {props.xTitle}
      </text>
      {props.children(place)}
    </svg>
  );
}
