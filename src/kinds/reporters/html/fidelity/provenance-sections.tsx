import type { Json } from '../../../../contract/json.js';
import type { PersonaDraw } from '../../../../contract/persona-kind.js';
import { absentHint, rejections } from '../../../../lib/fidelity-words.js';
import { formatCount } from '../../shared/number-text.js';
import { Cell, DataTable, NameCell, NumberCell, Row, Rows } from '../parts/data-table.js';
import { Facts, Section } from '../parts/section.js';

/** What the draw rejected, and what it does not know. */
export function Gaps({ draw: { rejected, absent } }: { draw: PersonaDraw }) {
  const { rows: rules, hint } = rejections(rejected);
  const gaps = Object.entries(absent);
  return (
    <>
      {Object.keys(rejected).length > 0 && (
        <Section id="rejected" title="Rejected draws" lead={hint}>
          {rules.length > 0 && (
            <DataTable caption="Draws by rule" headings={[{ text: 'rule' }, { text: 'draws', numeric: true }]}>
              <Rows>
                {rules.map(([rule, count]) => (
                  <Row key={rule}>
                    <NameCell>{rule}</NameCell>
                    <NumberCell label="draws">{formatCount(count)}</NumberCell>
                  </Row>
                ))}
              </Rows>
            </DataTable>
          )}
        </Section>
      )}
      {gaps.length > 0 && (
        <Section id="absent" title="Absent attributes">
          <DataTable caption={absentHint} headings={[{ text: 'attribute' }, { text: 'why' }]}>
            <Rows>
              {gaps.map(([attribute, why]) => (
                <Row key={attribute}>
                  <NameCell>{attribute}</NameCell>
                  <Cell label="why" class="wide">
                    {why}
                  </Cell>
                </Row>
              ))}
            </Rows>
          </DataTable>
        </Section>
      )}
    </>
  );
}

/** Where the people and the population's shares come from. */
export function Provenance({ about, draw }: { about: { source?: string }; draw: PersonaDraw }) {
  const facts = Object.entries(draw.facts).flatMap(([name, value]) => flatFacts(name, value));
  const { attributes = [], pairs = [] } = draw.population ?? {};
  const sources = [...new Set([...attributes, ...pairs].map(({ source }) => source))];
  return (
    <Section id="provenance" title="Provenance" lead={about.source}>
      <Facts facts={facts} class="digests" />
      {sources.length > 0 && (
        <>
          <h3>Where the population's shares come from</h3>
          <ul class="sources">
            {sources.map((source) => (
              <li key={source}>{source}</li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

/** Facts within facts, by the path to them. */
function flatFacts(name: string, value: Json): [string, string][] {
  const isList = Array.isArray(value) && value.some((one) => typeof one === 'object');
  if (typeof value !== 'object' || value === null || (Array.isArray(value) && !isList)) {
    return [
      [name, typeof value === 'string' ? value : Array.isArray(value) ? value.join(', ') : JSON.stringify(value)],
    ];
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return [];
  return entries.flatMap(([key, inner]) => flatFacts(isList ? `${name} ${Number(key) + 1}` : `${name}: ${key}`, inner));
}
