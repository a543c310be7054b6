import type { VNode } from 'preact';
import type { ReportContrast } from '../../shared/contrast-words.js';
import { PartHeading, Rows } from '../parts/data-table.js';
import { Name } from '../parts/section.js';

/** Rows of contrasts under the name of their provider, providers in the order in which they come. */
export function RowsByProvider(props: {
  contrasts: readonly ReportContrast[];
  /** Columns of the table. */
  span: number;
  children: (contrast: ReportContrast, key: string) => VNode;
}) {
  const providers = [...new Set(props.contrasts.map((contrast) => contrast.a.provider))];
  return (
    <>
      {providers.map((provider) => (
        <Rows key={provider}>
          <PartHeading span={props.span}>
            <Name of={provider} />
          </PartHeading>
          {props.contrasts
            .filter((contrast) => contrast.a.provider === provider)
            .map((contrast, i) => props.children(contrast, `${i}${contrast.name}`))}
        </Rows>
      ))}
    </>
  );
}
