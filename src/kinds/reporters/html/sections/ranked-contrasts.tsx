import type { ContrastFamily } from '../../shared/contrast-families.js';
import { contrastStanding, type ReportContrast } from '../../shared/contrast-words.js';
import {
  countOf,
  formatCount,
  formatDifference,
  formatInterval,
  formatP,
  formatSize,
} from '../../shared/number-text.js';
import { type Axis, differenceAxis } from '../parts/axis.js';
import { Cell, DataTable, NameCell, NumberCell, Row } from '../parts/data-table.js';
import { AxisTicks, DotWhisker } from '../parts/dot-whisker.js';
import { Name, Tag } from '../parts/section.js';
import { RowsByProvider } from './rows-by-provider.js';

/** A family of contrasts as one chart: a line each, largest difference first. */
export function RankedContrasts({ family, unit }: { family: ContrastFamily; unit: string }) {
  const { contrasts } = family;
  const axis = differenceAxis(contrasts.flatMap((contrast) => [contrast.low, contrast.high]));
  const headings = [
    { text: 'Contrast' },
    { text: 'Interval', content: <AxisTicks axis={axis} unit={unit} /> },
    { text: 'Difference', numeric: true },
    { text: 'Low, high', numeric: true },
    { text: 'p adjusted', numeric: true, hint: 'Holm, over the contrasts of the same metric' },
    { text: 'n', numeric: true, hint: 'Matched pairs scored on both sides' },
    { text: 'Detectable', numeric: true, hint: 'Smallest true difference found in 80 of 100 such runs' },
    { text: 'Standing' },
  ];
  return (
    <div class="dense">
      <DataTable caption={<FamilyCaption family={family} unit={unit} />} headings={headings}>
        <RowsByProvider contrasts={contrasts} span={headings.length}>
          {(contrast, key) => <RankedLine key={key} {...{ contrast, axis, unit }} />}
        </RowsByProvider>
      </DataTable>
    </div>
  );
}

function RankedLine({ contrast, axis, unit }: { contrast: ReportContrast; axis: Axis; unit: string }) {
  const standing = contrastStanding(contrast);
  const { difference: value, low, high } = contrast;
  return (
    <Row>
      <NameCell>{contrast.name}</NameCell>
      <Cell label="Interval" class="graphic">
        <DotWhisker axis={axis} dot={{ value, low, high, standing: standing === 'shown' ? 'shown' : 'open' }} />
      </Cell>
      <NumberCell label="Difference">
        <strong>{formatDifference(value, unit)}</strong>
      </NumberCell>
      <NumberCell label="Low, high">{formatInterval(low, high, unit)}</NumberCell>
      <NumberCell label="p adjusted">{formatP(contrast.pAdjusted)}</NumberCell>
      <NumberCell label="n">
        {formatCount(contrast.n)}
        {contrast.unscored > 0 && <span class="unseen">, {formatCount(contrast.unscored)} unscored</span>}
      </NumberCell>
      <NumberCell label="Detectable">{formatSize(contrast.detectable, unit)}</NumberCell>
      <Cell label="Standing" class="marks">
        {standing === 'shown' ? <Tag tone="plain">shown</Tag> : standing === 'none' ? 'no estimate' : 'not shown'}
      </Cell>
    </Row>
  );
}

/** What all lines have in common, how many are shown, and what the others could have shown. */
function FamilyCaption({ family, unit }: { family: ContrastFamily; unit: string }) {
  const { metric, againstMetric, fixed, contrasts } = family;
  const shown = contrasts.filter((contrast) => contrastStanding(contrast) === 'shown').length;
  const detectable = contrasts.flatMap(({ detectable: size }) => (size === null ? [] : [size]));
  const [least, most] = [Math.min(...detectable), Math.max(...detectable)].map((size) => formatSize(size, unit));
  const sides = fixed.side === 'a' ? `${fixed.arm} − each other arm` : `each other arm − ${fixed.arm}`;
  return (
    <>
      <span class="metric">
        <Name of={metric} />
      </span>{' '}
      <span class="title">
        {sides}
        {againstMetric !== undefined && <> ({againstMetric} on the right)</>}
      </span>
      , largest difference first; p adjusted by Holm over the contrasts of a metric.{' '}
      {shown === 0 ? 'None' : formatCount(shown)} of {countOf(contrasts.length, 'difference')}{' '}
      {shown === 1 ? 'is' : 'are'} shown once corrected.
      {detectable.length > 0 && (
        <> A true one of {least === most ? least : `${least} to ${most}`} would be found in 80 of 100 such runs.</>
      )}
    </>
  );
}
