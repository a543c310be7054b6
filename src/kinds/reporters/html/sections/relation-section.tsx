import type { Report } from '../../../../contract/report.js';
import { formatCount, formatP, isShare } from '../../shared/number-text.js';
import {
  answersText,
  partText,
  type ReportRelation,
  relationInterval,
  relationRemarks,
  relationsOf,
  relationValue,
} from '../../shared/relation-words.js';
import { type Axis, differenceAxis, valueAxis } from '../parts/axis.js';
import { Cell, DataTable, NameCell, NumberCell, PartHeading, Row, Rows } from '../parts/data-table.js';
import { AxisTicks, DotWhisker } from '../parts/dot-whisker.js';
import { Name, Section } from '../parts/section.js';

/** Numbers that relate two arms beyond their difference: a table a kind, so that all on one axis can be compared. */
export function RelationSection({ report }: { report: Report }) {
  const relations = relationsOf(report);
  if (relations.length === 0) return null;
  const kinds = [...new Set(relations.map(({ kind }) => kind))];
  return (
    <Section
      id="relations"
      title="Relations"
      lead="Two arms by one metric, beyond their difference. An interval with one end has no bound on the other side."
    >
      {kinds.map((kind) => (
        <RelationTable key={kind} relations={relations.filter((one) => one.kind === kind)} />
      ))}
      {relations
        .filter(({ items }) => items !== undefined && items.length > 0)
        .map((relation) => (
          <ItemTable key={`${relation.name}/${relation.provider}`} relation={relation} />
        ))}
    </Section>
  );
}

function RelationTable({ relations }: { relations: ReportRelation[] }) {
  const { unit, title } = relations[0]!;
  const axis = axisOf(relations);
  const headings = [
    { text: 'Relation' },
    { text: 'Interval', content: <AxisTicks axis={axis} unit={unit} /> },
    { text: 'Value', numeric: true },
    { text: 'n', numeric: true, hint: 'Pairs scored in both arms, or their items' },
    { text: 'Beside it' },
  ];
  const providers = [...new Set(relations.map(({ provider }) => provider))];
  return (
    <DataTable caption={title[0]!.toUpperCase() + title.slice(1)} headings={headings}>
      {providers.map((provider) => (
        <Rows key={provider}>
          <PartHeading span={headings.length}>
            <Name of={provider} />
          </PartHeading>
          {relations
            .filter((one) => one.provider === provider)
            .map((relation) => (
              <RelationLine key={relation.name} relation={relation} axis={axis} />
            ))}
        </Rows>
      ))}
    </DataTable>
  );
}

/** From 0 to 1 where all are shares of a whole; else around zero. */
function axisOf(relations: readonly ReportRelation[]): Axis {
  const { unit } = relations[0]!;
  const numbers = relations.flatMap(({ value, low, high }) => [value, low, high]).filter((end) => end !== null);
  const whole = isShare(unit) && numbers.every((number) => number >= 0 && number <= 1);
  return whole ? valueAxis(unit, numbers) : differenceAxis(numbers);
}

function RelationLine({ relation, axis }: { relation: ReportRelation; axis: Axis }) {
  const { value, low, high, unit } = relation;
  // A whisker without a bound runs to the edge of the axis.
  const known = low !== null || high !== null;
  const dot = { value, low: known ? (low ?? axis.from) : null, high: known ? (high ?? axis.to) : null };
  return (
    <Row>
      <NameCell>
        {relation.name}
        <span class="remark block">
          <Name of={relation.metric} />: <Name of={relation.of} /> / <Name of={relation.against} />
        </span>
      </NameCell>
      <Cell label="Interval" class="graphic">
        <DotWhisker axis={axis} dot={dot} />
      </Cell>
      <NumberCell label="Value" wide>
        <strong>{relationValue(value, unit)}</strong> <span class="block">{relationInterval(relation, unit)}</span>
      </NumberCell>
      <NumberCell label="n">
        {formatCount(relation.n)} {relation.counts}
        {relation.unscored > 0 && <span class="remark block">{formatCount(relation.unscored)} pairs unscored</span>}
      </NumberCell>
      <Cell label="Beside it" class="reading">
        {relation.parts.map((part) => (
          <span key={part.id} class="block">
            {part.title}: <strong>{partText(part)}</strong>
          </span>
        ))}
        {relationRemarks(relation).map((remark) => (
          <span key={remark} class="remark block">
            {remark}
          </span>
        ))}
      </Cell>
    </Row>
  );
}

function ItemTable({ relation }: { relation: ReportRelation }) {
  const { of, against, items = [] } = relation;
  const headings = [
    { text: 'Item' },
    { text: of, numeric: true, hint: 'Answers that count' },
    { text: against, numeric: true, hint: 'Answers that count' },
    { text: 'p', numeric: true, hint: 'Exact, one-sided' },
    { text: 'p adjusted', numeric: true, hint: 'Holm, over all items' },
    { text: 'q', numeric: true, hint: 'Benjamini–Hochberg, over all items' },
  ];
  return (
    <div class="dense">
      <DataTable
        caption={
          <>
            <span class="title">{relation.name}</span>, <Name of={relation.provider} />: the items that rose most
          </>
        }
        headings={headings}
      >
        <Rows>
          {items.map((item) => (
            <Row key={item.item}>
              <NameCell>
                <Name of={item.item} />
              </NameCell>
              <NumberCell label={of}>{answersText(item.of)}</NumberCell>
              <NumberCell label={against}>{answersText(item.against)}</NumberCell>
              <NumberCell label="p">{formatP(item.p)}</NumberCell>
              <NumberCell label="p adjusted">{formatP(item.pAdjusted)}</NumberCell>
              <NumberCell label="q">{formatP(item.q)}</NumberCell>
            </Row>
          ))}
        </Rows>
      </DataTable>
    </div>
  );
}
