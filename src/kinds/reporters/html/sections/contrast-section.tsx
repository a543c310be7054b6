import type { Report } from '../../../../contract/report.js';
import { contrastFamilies } from '../../shared/contrast-families.js';
import { contrastStanding, contrastWords, type ReportContrast, sidesOf } from '../../shared/contrast-words.js';
import { unitOf } from '../../shared/headlines.js';
import { formatCount, formatDifference, formatInterval, formatP, formatSize } from '../../shared/number-text.js';
import { type Axis, differenceAxis } from '../parts/axis.js';
import { Cell, DataTable, NameCell, NumberCell, Row } from '../parts/data-table.js';
import { AxisTicks, DotWhisker } from '../parts/dot-whisker.js';
import { Name, Section } from '../parts/section.js';
import { RankedContrasts } from './ranked-contrasts.js';
import { RowsByProvider } from './rows-by-provider.js';

/** Paired differences: many of one kind as a ranking, the others by metric unit, so that all on one axis can be compared. */
export function ContrastSection({ report }: { report: Report }) {
  if (report.contrasts.length === 0) return null;
  const { families, others } = contrastFamilies(report.contrasts);
  const units = [...new Set(others.map((contrast) => unitOf(report, contrast.metric)))];
  return (
    <Section
      id="contrasts"
      title="Contrasts"
      lead={
        <>
          Each is the mean of a − b over cells that agree in everything else. An interval that stays clear of the zero
          line, with an adjusted p below {(1 - report.contrasts[0]!.level).toFixed(2)}, is drawn in full strength.
        </>
      }
    >
      {families.map((family) => (
        <RankedContrasts
          key={`${family.metric}/${family.againstMetric}/${family.fixed.side}/${family.fixed.arm}`}
          family={family}
          unit={unitOf(report, family.metric)}
        />
      ))}
      {units.map((unit) => (
        <ContrastTable key={unit} unit={unit} contrasts={others.filter((one) => unitOf(report, one.metric) === unit)} />
      ))}
    </Section>
  );
}

function ContrastTable({ unit, contrasts }: { unit: string; contrasts: ReportContrast[] }) {
  const axis = differenceAxis(contrasts.flatMap((contrast) => [contrast.low, contrast.high]));
  const headings = [
    { text: 'Contrast' },
    { text: 'Interval', content: <AxisTicks axis={axis} unit={unit} /> },
    { text: 'Difference', numeric: true },
    { text: 'p adjusted', numeric: true, hint: 'Holm, over the contrasts of the same metric' },
    { text: 'n', numeric: true, hint: 'Matched pairs scored on both sides' },
    { text: 'Detectable', numeric: true, hint: 'Smallest true difference found in 80 of 100 such runs' },
    { text: 'Reading' },
  ];
  return (
    <DataTable caption="Paired differences; p adjusted by Holm over the contrasts of a metric" headings={headings}>
      <RowsByProvider contrasts={contrasts} span={headings.length}>
        {(contrast, key) => <ContrastLine key={key} {...{ contrast, axis, unit }} />}
      </RowsByProvider>
    </DataTable>
  );
}

function ContrastLine({ contrast, axis, unit }: { contrast: ReportContrast; axis: Axis; unit: string }) {
  const standing = contrastStanding(contrast) === 'shown' ? 'shown' : 'open';
  return (
    <Row>
      <NameCell>
        {contrast.name}
        <span class="remark block">
          <SidesRemark contrast={contrast} />
        </span>
      </NameCell>
      <Cell label="Interval" class="graphic">
        <DotWhisker
          axis={axis}
          dot={{ value: contrast.difference, low: contrast.low, high: contrast.high, standing }}
        />
      </Cell>
      <NumberCell label="Difference" wide>
        <strong>{formatDifference(contrast.difference, unit)}</strong>{' '}
        <span class="block">{formatInterval(contrast.low, contrast.high, unit)}</span>
      </NumberCell>
      <NumberCell label="p adjusted">{formatP(contrast.pAdjusted)}</NumberCell>
      <NumberCell label="n">
        {formatCount(contrast.n)}
        {contrast.unscored > 0 && <span class="remark block">{formatCount(contrast.unscored)} unscored</span>}
      </NumberCell>
      <NumberCell label="Detectable">{formatSize(contrast.detectable, unit)}</NumberCell>
      <Cell label="Reading" class="reading">
        {contrastWords(contrast, unit)}
      </Cell>
    </Row>
  );
}

/** Metric and sides, as far as the contrast's name leaves them open. */
function SidesRemark({ contrast }: { contrast: ReportContrast }) {
  const { a, b } = sidesOf(contrast);
  if (contrast.name.includes(a) && contrast.name.includes(b)) return <Name of={contrast.metric} />;
  return (
    <>
      {a.startsWith(contrast.metric) ? '' : `${contrast.metric}: `}
      <Name of={a} /> − <Name of={b} />
    </>
  );
}
