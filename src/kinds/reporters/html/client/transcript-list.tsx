import type { TargetedKeyboardEvent } from 'preact';
import { Name, Tag } from '../parts/section.js';
import type { PackedRow } from '../transcripts/packed.js';
import type { TranscriptStore } from './transcript-store.js';

/** One page of the list. Arrow keys go from one to the next. */
export function TranscriptList(props: {
  store: TranscriptStore;
  indices: number[];
  picked: number | null;
  onPick: (index: number, byKeyboard: boolean) => void;
}) {
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLUListElement>) => {
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    const target = to === undefined ? undefined : buttons[to];
    if (!target) return;
    event.preventDefault();
    target.focus();
    props.onPick(props.indices[buttons.indexOf(target)]!, true);
  };
  return (
    <ul class="list" aria-label="Transcripts" onKeyDown={onKeyDown}>
      {props.indices.map((index) => {
        const row = props.store.rows[index]!;
        return (
          <li key={row.cell}>
            <button
              type="button"
              aria-current={index === props.picked ? 'true' : undefined}
              onClick={() => props.onPick(index, false)}
            >
              <ListLine store={props.store} row={row} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function ListLine({ store, row }: { store: TranscriptStore; row: PackedRow }) {
  return (
    <>
      <span class="who">
        <Name of={store.text(row.item[0])} />
        {row.persona && (
          <>
            {' '}
            · <Name of={store.text(row.persona[0])} />
          </>
        )}
      </span>
      <span class="where">
        <Name of={store.text(row.arm)} />, <Name of={store.text(row.provider)} />
      </span>
      <span class="scores">
        {row.outcome.kind === 'answered' ? (
          row.scores.map((score) => (
            <span key={score.grader}>
              {store.text(score.grader)} <b>{store.scoreText(score)}</b>
            </span>
          ))
        ) : (
          <Tag tone={row.outcome.kind === 'failed' ? 'bad' : 'warn'}>{row.outcome.kind}</Tag>
        )}
      </span>
    </>
  );
}
