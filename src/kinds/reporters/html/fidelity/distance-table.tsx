import type { ComponentChildren } from 'preact';
import { isBeyond } from '../../../../lib/fidelity-words.js';
import { formatCount, formatValue } from '../../shared/number-text.js';
import { type Axis, differenceAxis, placeOn } from '../parts/axis.js';
import { Cell, DataTable, NameCell, NumberCell, Row, Rows } from '../parts/data-table.js';
import { AxisTicks } from '../parts/dot-whisker.js';
import { Tag } from '../parts/section.js';

/** A row of distances. */
export interface DistanceRow {
  name: string;
  n: number;
  distance: number | null;
  noise: number | null;
  /** Text of the last column. */
  remark: string;
}

/** Distances beside what chance explains, one a line. */
export function DistanceTable(props: { caption: ComponentChildren; of: string; remark: string; rows: DistanceRow[] }) {
  const { rows } = props;
  const whole = differenceAxis(rows.flatMap(({ distance, noise }) => [distance, noise]));
  const axis: Axis = { from: 0, to: whole.to, ticks: whole.ticks.filter((tick) => tick >= 0) };
  const headings = [
    { text: props.of },
    { text: 'n', numeric: true },
    { text: 'distance and noise', content: <AxisTicks axis={axis} unit="share" /> },
    { text: 'distance', numeric: true },
    { text: 'noise', numeric: true },
    { text: 'reading' },
    { text: props.remark },
  ];
  return (
    <DataTable caption={props.caption} headings={headings}>
      <Rows>
        {rows.map((row) => (
          <Row key={row.name}>
            <NameCell>{row.name}</NameCell>
            <NumberCell label="n">{formatCount(row.n)}</NumberCell>
            <Cell label="distance and noise" class="graphic">
              <DistancePlot axis={axis} row={row} />
            </Cell>
            <NumberCell label="distance">{formatValue(row.distance, 'share')}</NumberCell>
            <NumberCell label="noise">{formatValue(row.noise, 'share')}</NumberCell>
            <Cell label="reading">
              <Reading row={row} />
            </Cell>
            <Cell label={props.remark} class="reading">
              {row.remark}
            </Cell>
          </Row>
        ))}
      </Rows>
    </DataTable>
  );
}

function Reading({ row }: { row: DistanceRow }) {
  if (row.distance === null) return <Tag tone="plain">nobody is counted</Tag>;
  return isBeyond(row) ? <Tag tone="warn">beyond noise</Tag> : <Tag tone="good">within noise</Tag>;
}

function DistancePlot({ axis, row }: { axis: Axis; row: DistanceRow }) {
  const at = (value: number) => placeOn(axis, value);
  return (
    <svg class="dot" width="100%" height="22" aria-hidden="true" focusable="false">
      {axis.ticks.map((tick) => (
        <line key={tick} class="grid" x1={at(tick)} x2={at(tick)} y1="0" y2="22" />
      ))}
      {row.noise !== null && <rect class="noise-band" x="0" y="6" width={at(row.noise)} height="10" rx="1" />}
      {row.distance !== null && (
        <circle class={isBeyond(row) ? 'drawn beyond' : 'drawn'} cx={at(row.distance)} cy="11" r="4.5" />
      )}
    </svg>
  );
}
