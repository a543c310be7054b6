import type { AttributeFidelity, CategoryShare } from '../../../../lib/fidelity.js';
import { formatCount, formatValue } from '../../shared/number-text.js';
import { placeOn } from '../parts/axis.js';
import { chanceRange, isOutside } from './chance-range.js';

const mostShown = 14;

/** The categories in their order; of many, the largest, and the others together. */
function barsOf(categories: CategoryShare[]): CategoryShare[] {
  if (categories.length <= mostShown) return categories;
  const size = ({ population, drawn }: CategoryShare) => Math.max(population, drawn);
  const kept = new Set([...categories].sort((a, b) => size(b) - size(a)).slice(0, mostShown - 1));
  const shown = categories.filter((one) => kept.has(one)).sort((a, b) => b.population - a.population);
  const others = categories.filter((one) => !kept.has(one));
  const sum = (key: 'population' | 'drawn') => others.reduce((total, one) => total + one[key], 0);
  const rest = { category: `${formatCount(others.length)} others`, population: sum('population'), drawn: sum('drawn') };
  return [...shown, rest];
}

/** Shares by category: the population's as a bar with what chance makes of it, the drawn one as a dot. */
export function ShareBars({ row }: { row: AttributeFidelity }) {
  const shown = barsOf(row.categories);
  const longest = Math.max(...shown.map((one) => Math.max(one.drawn, chanceRange(one.population, row.worth)[1])));
  const axis = { from: 0, to: longest, ticks: [] };
  return (
    <ul class="bars">
      {shown.map((one) => (
        <li key={one.category}>
          <span class="label" title={one.category}>
            {shortened(one.category)}
          </span>
          <Bar one={one} at={(value) => placeOn(axis, value)} people={row.worth} />
          <span class={isOutside(one.population, one.drawn, row.worth) ? 'shares beyond' : 'shares'}>
            {formatValue(one.population, 'share')} <span class="remark">→</span> {formatValue(one.drawn, 'share')}
          </span>
        </li>
      ))}
    </ul>
  );
}

const shortened = (label: string): string => (label.length > 64 ? `${label.slice(0, 63).trimEnd()}…` : label);

function Bar({ one, at, people }: { one: CategoryShare; at: (value: number) => string; people: number }) {
  const [low, high] = chanceRange(one.population, people);
  const beyond = isOutside(one.population, one.drawn, people);
  return (
    <svg width="100%" height="18" aria-hidden="true" focusable="false">
      <rect class="population-bar" x="0" y="4" width={at(one.population)} height="10" rx="1" />
      <line class="chance" x1={at(low)} x2={at(high)} y1="9" y2="9" />
      <line class="chance" x1={at(low)} x2={at(low)} y1="6" y2="12" />
      <line class="chance" x1={at(high)} x2={at(high)} y1="6" y2="12" />
      <circle class={beyond ? 'drawn beyond' : 'drawn'} cx={at(one.drawn)} cy="9" r="4" />
    </svg>
  );
}

/** What the marks of the bars mean. */
export function BarKey() {
  return (
    <p class="key">
      <span>
        <svg width="22" height="14" aria-hidden="true">
          <rect class="population-bar" x="0" y="2" width="22" height="10" rx="1" />
        </svg>
        population
      </span>
      <span>
        <svg width="22" height="14" aria-hidden="true">
          <path class="chance" d="M1 7H21M1 4V10M21 4V10" />
        </svg>
        where 99 of 100 draws lie (approximately)
      </span>
      <span>
        <svg width="12" height="14" aria-hidden="true">
          <circle class="drawn" cx="6" cy="7" r="4" />
        </svg>
        drawn
      </span>
      <span>
        <svg width="12" height="14" aria-hidden="true">
          <circle class="drawn beyond" cx="6" cy="7" r="4" />
        </svg>
        drawn, outside of that
      </span>
    </p>
  );
}
