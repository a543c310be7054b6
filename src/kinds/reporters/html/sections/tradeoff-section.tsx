import { formatValue } from '../../shared/number-text.js';
import type { TradeoffRow, TradeoffTable } from '../../shared/tradeoffs.js';
import { Cell, DataTable, NameCell, NumberCell, Row, Rows } from '../parts/data-table.js';
import { Name, Section, Tag } from '../parts/section.js';

const mostNamed = 3;

/** Which arms no other beats in all metrics at once. */
export function TradeoffSection({ table }: { table: TradeoffTable | null }) {
  if (table === null) return null;
  const { objectives, rows } = table;
  const several = new Set(rows.map(({ provider }) => provider)).size > 1;
  return (
    <Section
      id="tradeoffs"
      title="Trade-offs"
      lead={
        <>
          An arm is <em>undominated</em> if no other is at least as good in every metric and better in one; between
          undominated arms, one has to choose what matters more. This compares point estimates: intervals are not
          considered, so arms that lie close together may change places.
        </>
      }
    >
      <DataTable
        caption="All metrics that have a better end, undominated arms first"
        headings={[
          { text: 'Arm' },
          ...objectives.map(({ id, better }) => ({
            text: id,
            numeric: true,
            content: (
              <>
                <Name of={id} />
                <span class="remark block">{better} is better</span>
              </>
            ),
          })),
          { text: 'Standing' },
        ]}
      >
        <Rows>
          {rows.map((row) => (
            <Row key={`${row.provider}/${row.arm}`}>
              <NameCell>
                <Name of={row.arm} />
                {several && (
                  <span class="remark block">
                    <Name of={row.provider} />
                  </span>
                )}
              </NameCell>
              {objectives.map(({ id, unit }) => (
                <NumberCell key={id} label={id}>
                  {formatValue(row.values[id] ?? null, unit)}
                </NumberCell>
              ))}
              <Cell label="Standing" class="reading">
                <Standing row={row} several={several} />
              </Cell>
            </Row>
          ))}
        </Rows>
      </DataTable>
    </Section>
  );
}

function Standing({ row, several }: { row: TradeoffRow; several: boolean }) {
  if (row.efficient === null) return <>cannot be told: a value is missing</>;
  if (row.efficient) return <Tag tone="good">undominated</Tag>;
  const names = row.dominatedBy.map(({ provider, arm }) => (several ? `${arm} (${provider})` : arm));
  const more = names.length - mostNamed;
  return (
    <>
      beaten by {names.slice(0, mostNamed).join(', ')}
      {more > 0 && ` and ${more} more`}
    </>
  );
}
