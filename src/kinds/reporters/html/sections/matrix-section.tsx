import type { Plan } from '../../../../contract/plan.js';
import type { Report } from '../../../../contract/report.js';
import { countOf, formatCount } from '../../shared/number-text.js';
import { Cell, DataTable, NameCell, Row, Rows } from '../parts/data-table.js';
import { Facts, Name, Section } from '../parts/section.js';

/** What was asked: the axes of the matrix, how its cells came out, and how many calls they share. */
export function MatrixSection({ report, plan }: { report: Report; plan: Plan }) {
  const { eval: spec, providers, repeats } = plan.matrix;
  const { calls, cells } = report.counts;
  const slices = spec.arms.length * providers.length;
  const each =
    cells.planned % slices === 0 ? `${formatCount(cells.planned / slices)} cells for each arm of each provider` : '';
  return (
    <Section id="matrix" title="Matrix" lead={each}>
      <Facts
        facts={[
          ['Items', sampleWords(plan, 'item')],
          ['Personas', spec.personas ? sampleWords(plan, 'persona') : 'none'],
          ['Design', designWords(plan)],
          ['Arms', spec.arms.map((arm) => arm.id).join(', ')],
          ['Repeats', formatCount(repeats)],
          ['Seed', String(report.run.seed)],
        ]}
      />
      <OutcomeBar report={report} />
      <DataTable
        caption="Providers under test and in other roles"
        headings={[{ text: 'Role' }, { text: 'Provider' }, { text: 'Kind' }, { text: 'Model' }, { text: 'Sampling' }]}
      >
        <Rows>
          {providers.map((provider) => (
            <ProviderLine key={provider.id} fills="subject" provider={provider} />
          ))}
          {Object.entries(plan.matrix.roles).map(([role, provider]) => (
            <ProviderLine key={role} fills={role} provider={provider} />
          ))}
        </Rows>
      </DataTable>
      <Facts
        facts={[
          ['Calls asked for by cells', `${formatCount(calls.askedByCells)}, each cell counting its own`],
          ['Unique calls', `${formatCount(calls.unique)}, shared ones counted once`],
          ['Recorded replies', formatCount(calls.recorded)],
        ]}
      />
    </Section>
  );
}

/** `60 of 72 items, from persona-values`, with the conditions that chose them. */
function sampleWords({ matrix }: Plan, what: 'item' | 'persona'): string {
  const { items, personas } = matrix.eval;
  const set =
    what === 'item' ? { id: items.id, all: items.items.length } : { id: personas!.id, all: personas!.people.length };
  const wanted = what === 'item' ? matrix.sample.items : matrix.sample.personas;
  const conditions = Object.entries(matrix.sample.where)
    .filter(([path]) => path.startsWith(`${what}.`))
    .map(([path, values]) => `${path} ${values.join(' or ')}`);
  const where = conditions.length === 0 ? '' : ` where ${conditions.join(', ')}`;
  const taken =
    wanted === undefined || wanted >= set.all ? '' : `${where === '' ? '' : 'at most '}${formatCount(wanted)} of `;
  return `${taken}${countOf(set.all, what)}${where}, from ${set.id}`;
}

function ProviderLine({ fills, provider }: { fills: string; provider: Plan['matrix']['providers'][number] }) {
  const { identity } = provider;
  const model = identity !== null && typeof identity === 'object' && !Array.isArray(identity) ? identity.model : null;
  return (
    <Row>
      <NameCell>{fills}</NameCell>
      <Cell label="Provider">
        <Name of={provider.id} />
      </Cell>
      <Cell label="Kind">{provider.kind}</Cell>
      <Cell label="Model">{typeof model === 'string' ? <Name of={model} /> : '–'}</Cell>
      <Cell label="Sampling">
        {Object.entries(provider.sampling)
          .map(([name, value]) => `${name} ${String(value)}`)
          .join(', ') || 'as the endpoint has it'}
      </Cell>
    </Row>
  );
}

function OutcomeBar({ report }: { report: Report }) {
  const { planned, ...settled } = report.counts.cells;
  const parts = Object.entries(settled);
  const left = planned - parts.reduce((total, [, count]) => total + count, 0);
  const all: [string, number][] = left > 0 ? [...parts, ['pending', left]] : parts;
  const reasons = Object.entries(report.counts.failures).filter(([, count]) => count > 0);
  let start = 0;
  return (
    <figure class="outcomes">
      <svg width="100%" height="14" aria-hidden="true" focusable="false">
        {all.map(([kind, count]) => {
          const x = start;
          const width = planned === 0 ? 0 : (count / planned) * 100;
          start += width;
          return <rect key={kind} class={`outcome-${kind}`} x={`${x}%`} width={`${width}%`} y="0" height="14" />;
        })}
      </svg>
      <figcaption>
        {countOf(planned, 'cell')} planned:{' '}
        {all.map(([kind, count]) => (
          <span key={kind} class="key">
            <svg width="10" height="10" aria-hidden="true" focusable="false">
              <rect class={`outcome-${kind}`} width="10" height="10" />
            </svg>{' '}
            {formatCount(count)} {kind}
          </span>
        ))}
        {reasons.length > 0 && (
          <span class="block">
            Failed for: {reasons.map(([reason, count]) => `${reason} (${formatCount(count)})`).join(', ')}.
          </span>
        )}
      </figcaption>
    </figure>
  );
}

function designWords({ matrix }: Plan): string {
  const { design, personas } = matrix.eval;
  if (!personas) return 'every item in every arm';
  if (design.kind === 'balanced') return `balanced, ${countOf(design.promptsPerPersona, 'item')} a persona`;
  return design.kind === 'zip' ? 'each item with its own persona' : 'every item with every persona';
}
