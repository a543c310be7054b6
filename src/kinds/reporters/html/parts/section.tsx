import type { ComponentChildren } from 'preact';

/** A section of the report with its heading and a line on how to read it. */
export function Section(props: { id: string; title: string; lead?: ComponentChildren; children: ComponentChildren }) {
  return (
    <section id={props.id} aria-labelledby={`${props.id}-title`}>
      <h2 id={`${props.id}-title`}>{props.title}</h2>
      {props.lead && <p class="lead">{props.lead}</p>}
      {props.children}
    </section>
  );
}

/** Names and what they stand for. */
export function Facts(props: { facts: [name: string, value: ComponentChildren][]; class?: string }) {
  return (
    <dl class={props.class ?? 'facts'}>
      {props.facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A word that stands out: how something came out. */
export function Tag(props: { tone: 'good' | 'bad' | 'warn' | 'plain'; children: ComponentChildren }) {
  return <span class={`tag ${props.tone}`}>{props.children}</span>;
}

/** A name with places where it may be broken: after `_`, `/`, `-` and `.`. */
export function Name({ of }: { of: string }) {
  const parts = of.split(/(?<=[_/.-])/);
  return <>{parts.flatMap((part, i) => (i === 0 ? [part] : [<wbr key={`${i}${part}`} />, part]))}</>;
}
