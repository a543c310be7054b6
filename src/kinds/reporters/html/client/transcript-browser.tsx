import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatCount } from '../../shared/number-text.js';
import { FilterBar } from './filter-bar.js';
import { readAddress } from './page-address.js';
import { TranscriptDetail } from './transcript-detail.js';
import { everything, filterTranscripts, type TranscriptFilter } from './transcript-filter.js';
import { TranscriptList } from './transcript-list.js';
import type { TranscriptStore } from './transcript-store.js';

const pageSize = 50;

/** List and detail. `read` counts the chunks that are in the store by now. */
export function TranscriptBrowser(props: {
  store: TranscriptStore;
  read: number;
  chunks: number;
  bandsOf: (field: string) => number[] | null;
}) {
  const { store, read, chunks } = props;
  const [filter, setFilter] = useState<TranscriptFilter>(everything);
  const [page, setPage] = useState(0);
  const [picked, setPicked] = useState<number | null>(null);
  const detail = useRef<HTMLElement>(null);
  // The store grows with each chunk that is read.
  const passing = useMemo(() => filterTranscripts(store, filter), [store, filter, read]);
  const pages = Math.max(1, Math.ceil(passing.length / pageSize));
  const current = Math.min(page, pages - 1);
  const row = picked === null ? undefined : store.rows[picked];
  const narrow = () => window.matchMedia('(max-width: 860px)').matches;
  const choose = (next: TranscriptFilter) => {
    setFilter(next);
    setPage(0);
  };
  const pick = (index: number, byKeyboard: boolean) => {
    setPicked(index);
    if (!byKeyboard && narrow()) requestAnimationFrame(() => focusOn(detail.current));
  };
  // Once more when all is read: a cell may arrive with the last chunk.
  useEffect(() => {
    const follow = () => {
      const address = readAddress(location.hash);
      if (address?.kind === 'cell') {
        const index = store.indexOfCell(address.cell);
        if (index < 0) return;
        setPicked(index);
        requestAnimationFrame(() => focusOn(detail.current));
      } else if (address?.kind === 'slice') {
        const { provider, arm, field, group } = address;
        const bands = field === null ? null : props.bandsOf(field);
        choose({
          ...everything,
          provider,
          arm,
          group: field === null || group === null ? null : { field, group, bands },
        });
        focusOn(document.getElementById('transcripts-title'));
      }
    };
    if (read === chunks) follow();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [store, read === chunks]);
  return (
    <>
      <FilterBar store={store} filter={filter} onFilter={choose} />
      <p class="remark" role="status">
        {read < chunks
          ? `Unpacking ${read} of ${chunks} …`
          : `${formatCount(passing.length)} of ${formatCount(store.rows.length)} match`}
      </p>
      <div class="browser">
        <div class="left">
          <TranscriptList
            store={store}
            indices={passing.slice(current * pageSize, (current + 1) * pageSize)}
            picked={picked}
            onPick={pick}
          />
          <Pager page={current} pages={pages} onPage={setPage} />
        </div>
        <article ref={detail} class="detail" tabIndex={-1} aria-labelledby="transcript-title">
          <h3 id="transcript-title">{row ? `Cell ${formatCount(row.cell)}` : 'No transcript picked'}</h3>
          {row ? (
            <>
              <a class="quiet" href={`#cell/${row.cell}`}>
                link to this cell
              </a>
              <TranscriptDetail key={row.cell} store={store} row={row} query={filter.query} />
            </>
          ) : (
            <p class="remark">Pick one from the list; the arrow keys go from one to the next.</p>
          )}
        </article>
      </div>
    </>
  );
}

function Pager({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) {
  if (pages === 1) return null;
  return (
    <nav class="pager" aria-label="Pages of transcripts">
      <button type="button" disabled={page === 0} onClick={() => onPage(page - 1)}>
        Previous
      </button>
      <span>
        {formatCount(page + 1)} of {formatCount(pages)}
      </span>
      <button type="button" disabled={page === pages - 1} onClick={() => onPage(page + 1)}>
        Next
      </button>
    </nav>
  );
}

function focusOn(element: HTMLElement | null): void {
  if (!element) return;
  if (!element.hasAttribute('tabindex')) element.setAttribute('tabindex', '-1');
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'start' });
}
