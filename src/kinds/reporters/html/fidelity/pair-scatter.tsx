import type { PairFidelity } from '../../../../lib/fidelity.js';
import { formatValue } from '../../shared/number-text.js';
import { isOutside } from './chance-range.js';

const size = 220;
const left = 30;
const bottom = 26;
const steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

/** Each combination of two attributes as a dot: its share in the population to the right, among the drawn upwards. */
export function PairScatter({ row }: { row: PairFidelity }) {
  const largest = Math.max(0.001, ...row.cells.map(({ population, drawn }) => Math.max(population, drawn)));
  // By the square root, so that rare combinations are not all in one corner.
  const place = (share: number) => Math.sqrt(share / largest) * size;
  const x = (share: number) => (left + place(share)).toFixed(1);
  const y = (share: number) => (8 + size - place(share)).toFixed(1);
  const ticks = steps.filter((step) => step <= largest && place(step) > 24).filter(apart(place));
  const gap = largestOf(row);
  return (
    <figure>
      <figcaption>
        <strong>{row.attributes.join(' × ')}</strong>
        <br />
        <span class="remark">
          {gap === null
            ? 'nobody is counted'
            : `largest difference: ${gap.categories.join(', ')}: ${formatValue(gap.population, 'share')} → ${formatValue(gap.drawn, 'share')}`}
        </span>
      </figcaption>
      <svg
        class="scatter"
        viewBox={`0 0 ${left + size + 10} ${size + bottom + 10}`}
        aria-hidden="true"
        focusable="false"
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line class="grid" x1={x(tick)} x2={x(tick)} y1={y(0)} y2={y(largest)} />
            <line class="grid" x1={x(0)} x2={x(largest)} y1={y(tick)} y2={y(tick)} />
            <text x={x(tick)} y={8 + size + 14} text-anchor="middle">
              {tickText(tick)}
            </text>
            <text x={left - 5} y={Number(y(tick)) + 3} text-anchor="end">
              {tickText(tick)}
            </text>
          </g>
        ))}
        <rect class="frame" x={left} y="8" width={size} height={size} />
        <line class="diagonal" x1={x(0)} y1={y(0)} x2={x(largest)} y2={y(largest)} />
        {row.cells.map(({ categories, population, drawn }) => (
          <circle
            key={categories.join('\0')}
            class={isOutside(population, drawn, row.worth) ? 'drawn beyond' : 'drawn'}
            cx={x(population)}
            cy={y(drawn)}
            r="2.6"
          />
        ))}
      </svg>
    </figure>
  );
}

function largestOf({ cells, distance }: PairFidelity): PairFidelity['cells'][number] | null {
  if (distance === null) return null;
  return cells.reduce<PairFidelity['cells'][number] | null>(
    (best, one) =>
      best === null || Math.abs(one.drawn - one.population) > Math.abs(best.drawn - best.population) ? one : best,
    null,
  );
}

const tickText = (share: number): string => `${Number((share * 100).toFixed(1))}%`;

/** Keeps ticks whose texts do not touch. */
function apart(place: (share: number) => number): (tick: number) => boolean {
  let last = Number.NEGATIVE_INFINITY;
  return (tick) => {
    if (place(tick) - last < 30) return false;
    last = place(tick);
    return true;
  };
}
