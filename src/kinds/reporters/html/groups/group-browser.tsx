import { useState } from 'preact/hooks';
import { fieldTitle, intersectionField } from '../../shared/group-words.js';
import { countOf, formatCount, formatDifference, formatInterval, formatValue } from '../../shared/number-text.js';
import { valueAxis } from '../parts/axis.js';
import { Cell, DataTable, type Heading, NameCell, NumberCell, Row, Rows } from '../parts/data-table.js';
import { AxisTicks, DotWhisker } from '../parts/dot-whisker.js';
import { Picker } from '../parts/picker.js';
import { Name, Tag } from '../parts/section.js';
import { ExtremeLines } from './extreme-lines.js';
import { GapTests } from './gap-tests.js';
import { type GroupTableData, smallGroup } from './group-data.js';
import { type GroupOrder, type RankedGroup, rankGroups, sortGroups } from './rank-groups.js';

/** Picks a metric, field, provider and arm, and shows its groups; drawn on the server, alive in the browser. */
export function GroupBrowser({ tables }: { tables: GroupTableData[] }) {
  const metrics = unique(tables.map((table) => table.metric));
  const [metric, setMetric] = useState(metrics[0]!);
  const fields = unique(tables.filter((table) => table.metric === metric).map((table) => table.field));
  const [wantedField, setField] = useState(fields[0]!);
  const field = fields.includes(wantedField) ? wantedField : fields[0]!;
  const table = tables.find((one) => one.metric === metric && one.field === field)!;
  const providers = unique(table.rows.map((row) => row.provider));
  const arms = unique(table.rows.map((row) => row.arm));
  const [wantedProvider, setProvider] = useState(providers[0]!);
  const [wantedArm, setArm] = useState(arms.at(-1)!);
  const provider = providers.includes(wantedProvider) ? wantedProvider : providers[0]!;
  const arm = arms.includes(wantedArm) ? wantedArm : arms.at(-1)!;
  return (
    <>
      <div class="pickers">
        <Picker label="Metric" value={metric} choices={metrics} onPick={setMetric} />
        <Picker
          label="By"
          value={field}
          choices={fields.map((value) => ({ value, text: fieldTitle(value) }))}
          onPick={setField}
        />
        <Picker label="Provider" value={provider} choices={providers} onPick={setProvider} />
        <Picker label="Arm" value={arm} choices={arms} onPick={setArm} />
      </div>
      <GroupTable table={table} provider={provider} arm={arm} />
    </>
  );
}

function GroupTable({ table, provider, arm }: { table: GroupTableData; provider: string; arm: string }) {
  const [order, setOrder] = useState<GroupOrder>('group');
  const [descending, setDescending] = useState(false);
  const ranked = rankGroups(table, provider, arm);
  const axis = valueAxis(
    table.unit,
    ranked.flatMap((row) => [row.low, row.high]),
  );
  const whole = table.whole[provider]?.[arm] ?? null;
  const sorted = sortGroups(ranked, order, descending);
  const sortable = (text: string, by: GroupOrder): Heading => ({
    text,
    numeric: by !== 'group',
    sort: order === by ? (descending ? 'descending' : 'ascending') : 'none',
    content: (
      <button
        type="button"
        class="sort"
        onClick={() => {
          setDescending(order === by ? !descending : false);
          setOrder(by);
        }}
      >
        {text}
      </button>
    ),
  });
  return (
    <>
      <ExtremeLines table={table} provider={provider} arm={arm} />
      <DataTable
        caption={
          <>
            <span class="metric">{table.metric}</span> by {fieldTitle(table.field)}, {arm} of {provider}; everyone{' '}
            <b>{formatValue(whole, table.unit)}</b> (hollow diamond). Gap: a group’s value minus this one
          </>
        }
        headings={[
          sortable('Group', 'group'),
          { text: 'Interval', content: <AxisTicks axis={axis} unit={table.unit} /> },
          sortable('Value', 'value'),
          { text: 'Low, high', numeric: true },
          sortable('n', 'n'),
          { text: 'Unscored', numeric: true },
          sortable('Gap', 'gap'),
          { text: 'Marks' },
        ]}
      >
        <Rows>
          {sorted.map((row) => (
            <GroupLine key={row.group} {...{ row, table, whole }} axis={axis} />
          ))}
        </Rows>
      </DataTable>
      <GapTests rows={sorted} unit={table.unit} />
    </>
  );
}

function GroupLine(props: {
  row: RankedGroup;
  table: GroupTableData;
  whole: number | null;
  axis: ReturnType<typeof valueAxis>;
}) {
  const { row, table, whole, axis } = props;
  const { unit } = table;
  return (
    <Row class={row.worst ? 'worst' : undefined}>
      <NameCell>
        <Name of={row.group} />
      </NameCell>
      <Cell label="Interval" class="graphic">
        <DotWhisker axis={axis} dot={{ ...row, controls: [whole], standing: row.small ? 'open' : 'shown' }} />
      </Cell>
      <NumberCell label="Value">
        <strong>{formatValue(row.value, unit)}</strong>
      </NumberCell>
      <NumberCell label="Low, high">{formatInterval(row.low, row.high, unit)}</NumberCell>
      <NumberCell label="n">
        <GroupCount row={row} field={table.field} />
      </NumberCell>
      <NumberCell label="Unscored">{formatCount(row.unscored)}</NumberCell>
      <NumberCell label="Gap" wide>
        {formatDifference(row.gap, unit)}
        {row.gapLow !== null && <span class="remark block">{formatInterval(row.gapLow, row.gapHigh, unit)}</span>}
      </NumberCell>
      <Cell label="Marks" class="marks">
        {row.claim !== null && (
          <Tag tone={row.claim === 'worse' ? 'bad' : row.claim === 'better' ? 'good' : 'plain'}>shown {row.claim}</Tag>
        )}
        {row.worst && <Tag tone="plain">{table.better === 'higher' ? 'lowest' : 'highest'}</Tag>}
        {row.small && (
          <Tag tone="warn">
            small n<span class="unseen">: fewer than {countOf(smallGroup, 'cell')}</span>
          </Tag>
        )}
      </Cell>
    </Row>
  );
}

/** Scored units, with the way to their transcripts where one field tells which they are. */
function GroupCount({ row, field }: { row: RankedGroup; field: string }) {
  if (field === intersectionField) return <>{formatCount(row.n)}</>;
  const link = ['transcripts', row.provider, row.arm, field, row.group].map(encodeURIComponent).join('/');
  return (
    <a href={`#${link}`} title="Read these transcripts">
      {formatCount(row.n)}
    </a>
  );
}

function unique(names: string[]): string[] {
  return [...new Set(names)];
}
