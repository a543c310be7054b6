import { GroupBrowser } from '../groups/group-browser.js';
import { type GroupTableData, smallGroup } from '../groups/group-data.js';
import { Section } from '../parts/section.js';

/** Groups by field. The element with the id is what the browser's script brings to life. */
export function GroupSection({ tables }: { tables: GroupTableData[] }) {
  if (tables.length === 0) return null;
  return (
    <Section
      id="groups"
      title="Groups"
      lead={`Among many groups one is always the worst, partly by chance: read its interval before its rank. Groups of fewer than ${smallGroup} scored cells are marked and take no part in the ranking.`}
    >
      <div id="group-browser">
        <GroupBrowser tables={tables} />
      </div>
    </Section>
  );
}
