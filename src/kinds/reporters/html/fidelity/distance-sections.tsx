import type { Fidelity } from '../../../../lib/fidelity.js';
import { attributesHint, largestGap, pairsHint } from '../../../../lib/fidelity-words.js';
import { countOf, formatValue } from '../../shared/number-text.js';
import { Section } from '../parts/section.js';
import { DistanceTable } from './distance-table.js';
import { PairScatter } from './pair-scatter.js';
import { BarKey, ShareBars } from './share-bars.js';

/** Each attribute by itself: its distance, and the shares of its categories. */
export function Attributes({ fidelity }: { fidelity: Fidelity }) {
  const rows = fidelity.attributes.map((row) => {
    const gap = largestGap(row);
    const remark =
      gap === null
        ? ''
        : `${gap.category}: ${formatValue(gap.population, 'share')} → ${formatValue(gap.drawn, 'share')}`;
    return { name: row.attribute, n: row.n, distance: row.distance, noise: row.noise, remark };
  });
  return (
    <>
      <Section id="attributes" title="Attributes" lead={attributesHint}>
        <DistanceTable
          caption="Distance of each attribute's shares, with the noise as a bar, in percent"
          of="attribute"
          remark="largest difference"
          rows={rows}
        />
      </Section>
      <Section id="categories" title="Categories" lead="Each share in the population, and among the drawn people.">
        <BarKey />
        <div class="plots">
          {fidelity.attributes.map((row) => (
            <figure key={row.attribute}>
              <figcaption>
                <strong>{row.attribute}</strong> <span class="remark">{amongText(row)}</span>
              </figcaption>
              <ShareBars row={row} />
            </figure>
          ))}
        </div>
      </Section>
    </>
  );
}

function amongText({ among, n }: Fidelity['attributes'][number]): string {
  const people = countOf(n, 'person', 'people');
  if (among === undefined) return people;
  const ends = [
    ...(among.from === undefined ? [] : [`from ${among.from}`]),
    ...(among.below === undefined ? [] : [`below ${among.below}`]),
  ];
  return `${people} of ${among.attribute} ${ends.join(' and ')}`;
}

/** Attributes by two. */
export function Pairs({ fidelity: { pairs } }: { fidelity: Fidelity }) {
  if (pairs.length === 0) return null;
  const rows = pairs.map((row) => ({
    name: row.attributes.join(' × '),
    n: row.n,
    distance: row.distance,
    noise: row.noise,
    remark: row.association.toFixed(2),
  }));
  return (
    <Section id="pairs" title="Pairs" lead={pairsHint}>
      <DistanceTable
        caption="Distance of each pair's joint shares, with the noise as a bar, in percent"
        of="attributes"
        remark="Cramér's V"
        rows={rows}
      />
      <h3>Every combination</h3>
      <p class="lead">
        To the right its share in the population, upwards among the drawn, by the square root; on the line the two are
        equal. The other colour: further from it than 99 of 100 draws.
      </p>
      <div class="plots small">
        {pairs.map((row) => (
          <PairScatter key={row.attributes.join('\0')} row={row} />
        ))}
      </div>
    </Section>
  );
}
