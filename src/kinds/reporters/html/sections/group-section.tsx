import { GroupBrowser } from '../groups/group-browser.js';
import { type GroupTableData, smallGroup } from '../groups/group-data.js';
import { Section } from '../parts/section.js';

/** Groups by field. The element with the id is what the browser's script brings to life. */
export function GroupSection({ tables }: { tables: GroupTableData[] }) {
  if (tables.length === 0) return null;
  const compared = tables.flatMap((table) => table.extremes);
  const chance = Math.round((1 - (compared[0]?.level ?? 0.95)) * 100);
  return (
    <Section
      id="groups"
      title="Groups"
      lead={
        compared.length === 0 ? (
          <>
            Among many groups one is always the worst, partly by chance: read its interval before its rank. Groups of
            fewer than {smallGroup} scored cells are marked and take no part in the ranking.
          </>
        ) : (
          <>
            Among many groups one is always the worst, partly by chance. Claim only what is marked “shown”: its p is
            below {chance / 100} after Holm’s correction over the groups of the field, which keeps the chance of any
            false claim there at {chance}% or less. To explore, use q (Benjamini–Hochberg): of the groups with a q below{' '}
            {chance / 100}, no more than about {chance}% are expected to be chance. Groups of fewer than {smallGroup}{' '}
            scored cells are marked.
          </>
        )
      }
    >
      <div id="group-browser">
        <GroupBrowser tables={tables} />
      </div>
    </Section>
  );
}
