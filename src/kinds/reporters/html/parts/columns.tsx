import type { ComponentChildren } from 'preact';

/** The sections of a page with a list of links to them beside. */
export function Columns(props: { links: readonly [id: string, name: string][]; children: ComponentChildren }) {
  return (
    <div class="columns">
      <nav class="contents" aria-label="Sections">
        <ul>
          {props.links.map(([id, name]) => (
            <li key={id}>
              <a href={`#${id}`}>{name}</a>
            </li>
          ))}
        </ul>
      </nav>
      <main>{props.children}</main>
    </div>
  );
}
