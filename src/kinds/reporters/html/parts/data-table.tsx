import type { AriaRole, ComponentChildren } from 'preact';

/** A column of a table. `hint` explains a heading where the word alone does not. */
export interface Heading {
  text: string;
  numeric?: boolean;
  hint?: string;
  /** Content instead of the text, e.g. an axis or a sort button. The text stays the label on narrow screens. */
  content?: ComponentChildren;
  sort?: 'ascending' | 'descending' | 'none';
}

// On narrow screens rows are laid out as blocks, which takes the meaning away from table elements: the roles give it back.
const role = (name: AriaRole) => ({ role: name });

/** A table with a caption that reflows into one block a row on narrow screens. */
export function DataTable(props: { caption: ComponentChildren; headings: Heading[]; children: ComponentChildren }) {
  return (
    <table class="data" {...role('table')}>
      <caption>{props.caption}</caption>
      <thead {...role('rowgroup')}>
        <tr {...role('row')}>
          {props.headings.map((heading) => (
            <th
              key={heading.text}
              scope="col"
              class={heading.numeric ? 'number' : undefined}
              title={heading.hint}
              aria-sort={heading.sort}
              {...role('columnheader')}
            >
              {heading.content ?? heading.text}
            </th>
          ))}
        </tr>
      </thead>
      {props.children}
    </table>
  );
}

/** The rows of a table, or of one part of it. */
export function Rows(props: { children: ComponentChildren }) {
  return <tbody {...role('rowgroup')}>{props.children}</tbody>;
}

/** One row. */
export function Row(props: { class?: string | undefined; children: ComponentChildren }) {
  return (
    <tr class={props.class} {...role('row')}>
      {props.children}
    </tr>
  );
}

/** A heading over the rows of one part of a table. */
export function PartHeading(props: { span: number; children: ComponentChildren }) {
  return (
    <tr class="part" {...role('row')}>
      <th scope="rowgroup" colSpan={props.span} {...role('rowheader')}>
        {props.children}
      </th>
    </tr>
  );
}

/** The cell that names its row. */
export function NameCell(props: { children: ComponentChildren }) {
  return (
    <th scope="row" {...role('rowheader')}>
      {props.children}
    </th>
  );
}

/** A cell; `label` is its column's heading, shown before it where the headings are out of sight. */
export function Cell(props: { label: string; class?: string | undefined; children: ComponentChildren }) {
  return (
    <td data-label={props.label} class={props.class} {...role('cell')}>
      {props.children}
    </td>
  );
}

/** A cell that holds a number. `wide` gives it a line of its own on narrow screens. */
export function NumberCell(props: { label: string; wide?: boolean; children: ComponentChildren }) {
  return (
    <Cell label={props.label} class={props.wide ? 'number wide' : 'number'}>
      {props.children}
    </Cell>
  );
}
