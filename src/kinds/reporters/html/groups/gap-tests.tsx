import { formatDifference, formatP } from '../../shared/number-text.js';
import { Cell, DataTable, NameCell, NumberCell, Row, Rows } from '../parts/data-table.js';
import type { RankedGroup } from './rank-groups.js';

/** The tests behind the gaps, folded away: p as it is, corrected for claims, and q for exploration. */
export function GapTests({ rows, unit }: { rows: RankedGroup[]; unit: string }) {
  if (rows.every((row) => row.compared === null)) return null;
  return (
    <details class="tests">
      <summary>p and q of each gap</summary>
      <DataTable
        caption="Gap to everyone: p on its own, p adjusted by Holm for claims, q by Benjamini–Hochberg for exploration"
        headings={[
          { text: 'Group' },
          { text: 'Gap', numeric: true },
          { text: 'p', numeric: true },
          { text: 'p adjusted', numeric: true },
          { text: 'q', numeric: true },
          { text: 'Claim' },
        ]}
      >
        <Rows>
          {rows.map((row) => (
            <Row key={row.group}>
              <NameCell>{row.group}</NameCell>
              <NumberCell label="Gap">{formatDifference(row.gap, unit)}</NumberCell>
              <NumberCell label="p">{formatP(row.p)}</NumberCell>
              <NumberCell label="p adjusted">{formatP(row.pAdjusted)}</NumberCell>
              <NumberCell label="q">{formatP(row.q)}</NumberCell>
              <Cell label="Claim">{row.claim === null ? 'none' : `shown ${row.claim}`}</Cell>
            </Row>
          ))}
        </Rows>
      </DataTable>
    </details>
  );
}
