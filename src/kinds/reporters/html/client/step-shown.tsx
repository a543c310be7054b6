import type { PackedRow, PackedStep, Ref } from '../transcripts/packed.js';
import type { Mark } from './highlight.js';
import { TextBlock } from './text-block.js';
import type { TranscriptStore } from './transcript-store.js';

/** What every part of a shown transcript needs. */
export interface Shown {
  store: TranscriptStore;
  row: PackedRow;
  /** Words to mark. */
  query: string;
}

/** One model call: its messages and its reply. A reply of which a part was graded is folded: the part is shown by itself. */
export function StepShown({ store, row, query, step }: Shown & { step: PackedStep }) {
  const tokens = step.tokens ? `, ${step.tokens.input} tokens in, ${step.tokens.output} out` : '';
  const finish = step.finish < 0 || store.text(step.finish) === 'stop' ? '' : `, ended by ${store.text(step.finish)}`;
  return (
    <section class="step">
      <h4>
        Step {store.text(step.id)}{' '}
        <span class="remark">
          asked of the {store.text(step.role)}
          {tokens}
          {finish}
        </span>
      </h4>
      <ol class="messages">
        {step.messages.map(([role, content], i) => (
          <li key={i} class={`message ${store.text(role)}`}>
            <h5>{store.text(role)}</h5>
            <TextBlock
              text={store.text(content)}
              query={query}
              {...(store.text(role) === 'system' ? { foldAt: 500 } : {})}
            />
          </li>
        ))}
        {step.reply >= 0 && (
          <li class="message reply">
            <h5>reply</h5>
            <ReplyShown {...{ store, row, query, step }} />
          </li>
        )}
      </ol>
      {step.parseError >= 0 && <p class="problem">The reply could not be parsed: {store.text(step.parseError)}</p>}
    </section>
  );
}

function ReplyShown({ store, row, query, step }: Shown & { step: PackedStep }) {
  const prefix = `${store.text(step.id)}.`;
  const folded = row.scores.some((score) => store.text(score.of).startsWith(prefix) && store.text(score.graded) !== '');
  const reply = (
    <TextBlock text={store.text(step.reply)} evidence={evidenceFor(store, row, step.reply)} query={query} />
  );
  if (!folded) return reply;
  return (
    <details>
      <summary>as it came</summary>
      {reply}
    </details>
  );
}

/** Where graders found what they went by in a graded text. */
export function evidenceFor(store: TranscriptStore, row: PackedRow, graded: Ref): Mark[] {
  return row.scores
    .filter((score) => score.graded === graded)
    .flatMap((score) => {
      const ends = score.evidence ?? [];
      return ends.flatMap((start, i) =>
        i % 2 === 0 ? [{ start, end: ends[i + 1]!, grader: store.text(score.grader) }] : [],
      );
    });
}
