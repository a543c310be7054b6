import { h } from 'preact';
import { render } from 'preact-render-to-string';
import type { PersonaDraw } from '../../../../contract/persona-kind.js';
import type { Fidelity } from '../../../../lib/fidelity.js';
import { fidelityVerdict, isBeyond, noPopulation } from '../../../../lib/fidelity-words.js';
import { countOf, formatCount } from '../../shared/number-text.js';
import { fidelityScript, fidelityStyle } from '../client.generated.js';
import { htmlDocument } from '../document.js';
import { Columns } from '../parts/columns.js';
import { Section } from '../parts/section.js';
import { Attributes, Pairs } from './distance-sections.js';
import { Gaps, Provenance } from './provenance-sections.js';

/** What the page shows. */
export interface FidelityContent {
  about: { id: string; title?: string; source?: string; kind: string; evalrunVersion: string };
  draw: PersonaDraw;
  /** Null where nothing is known of the population. */
  fidelity: Fidelity | null;
}

/** One HTML file that needs nothing else: how true drawn people are to their population. */
export function fidelityPage(content: FidelityContent): string {
  return htmlDocument({
    title: `${content.about.title ?? content.about.id}: fidelity`,
    style: fidelityStyle,
    script: fidelityScript,
    body: render(h(Page, content)),
    data: {},
    chunks: [],
  });
}

function Page({ about, draw, fidelity }: FidelityContent) {
  const { population } = draw;
  const links = [
    ['summary', 'Summary'],
    ...(fidelity === null
      ? []
      : [
          ['attributes', 'Attributes'],
          ['categories', 'Categories'],
        ]),
    ...(fidelity !== null && fidelity.pairs.length > 0 ? [['pairs', 'Pairs']] : []),
    ...(Object.keys(draw.rejected).length > 0 ? [['rejected', 'Rejected draws']] : []),
    ...(Object.keys(draw.absent).length > 0 ? [['absent', 'Absent attributes']] : []),
    ['provenance', 'Provenance'],
  ] as [string, string][];
  return (
    <>
      <a class="skip" href="#summary">
        Skip to the summary
      </a>
      <header>
        <button type="button" id="theme" hidden>
          Theme
        </button>
        <p class="kicker">
          {about.id} · kind <code>{about.kind}</code>
        </p>
        <h1>{about.title ?? about.id}</h1>
        <p class="lead">
          {population === null
            ? `${countOf(draw.people.length, 'person', 'people')}. ${noPopulation}`
            : `How true ${countOf(draw.people.length, 'drawn person', 'drawn people')} are to their population: ${population.title}.`}
        </p>
      </header>
      <Columns links={links}>
        <Summary draw={draw} fidelity={fidelity} />
        {fidelity !== null && <Attributes fidelity={fidelity} />}
        {fidelity !== null && <Pairs fidelity={fidelity} />}
        <Gaps draw={draw} />
        <Provenance about={about} draw={draw} />
      </Columns>
      <footer>
        <p>Made by evalrun {about.evalrunVersion}. This page loads nothing and sends nothing.</p>
      </footer>
    </>
  );
}

function Summary({ draw, fidelity }: Pick<FidelityContent, 'draw' | 'fidelity'>) {
  const weighted = draw.people.filter((person) => person.weight !== undefined).length;
  const rejected = Object.values(draw.rejected).reduce((sum, count) => sum + count, 0);
  return (
    <Section id="summary" title="Summary" lead={fidelity === null ? undefined : fidelityVerdict(fidelity)}>
      <ul class="verdict">
        <li>
          <strong>{countOf(draw.people.length, 'person', 'people')}</strong>
          <span>
            {weighted === 0 ? 'all of the same weight' : `${formatCount(weighted)} with a weight of their own`}
          </span>
        </li>
        {fidelity !== null && <Within what="attribute" rows={fidelity.attributes} />}
        {fidelity !== null && fidelity.pairs.length > 0 && <Within what="pair" rows={fidelity.pairs} />}
        {Object.keys(draw.rejected).length > 0 && (
          <li>
            <strong>{countOf(rejected, 'rejected draw')}</strong>
            <span>by {countOf(Object.keys(draw.rejected).length, 'rule')} of consistency</span>
          </li>
        )}
      </ul>
    </Section>
  );
}

function Within({ what, rows }: { what: string; rows: { distance: number | null; noise: number | null }[] }) {
  const counted = rows.filter(({ distance }) => distance !== null);
  const beyond = counted.filter(isBeyond).length;
  return (
    <li class={beyond === 0 ? 'good' : 'warn'}>
      <strong>
        {counted.length - beyond} of {countOf(counted.length, what)}
      </strong>
      <span>within the noise of the draw</span>
    </li>
  );
}
