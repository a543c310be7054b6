import { formatCount } from '../../shared/number-text.js';
import { Section } from '../parts/section.js';

/** Which transcripts are in the page, and the place where the browser's script shows them. */
export function TranscriptSection(props: { embedded: number; planned: number; settled: number }) {
  const { embedded, planned, settled } = props;
  return (
    <Section id="transcripts" title="Transcripts" lead={<ChoiceWords {...{ embedded, planned, settled }} />}>
      {embedded > 0 && (
        <div id="transcript-browser">
          <p class="remark">The transcripts are packed inside this file; showing them needs its script to run.</p>
        </div>
      )}
    </Section>
  );
}

function ChoiceWords({ embedded, planned, settled }: { embedded: number; planned: number; settled: number }) {
  if (embedded === 0) {
    return (
      <>
        None of the {formatCount(planned)} cells is in this page. <code>evalrun export</code> writes them out of the
        run’s record.
      </>
    );
  }
  if (embedded >= settled)
    return (
      <>
        {embedded === planned ? 'All' : formatCount(embedded)} of {formatCount(planned)} cells.
      </>
    );
  return (
    <>
      {formatCount(embedded)} of {formatCount(planned)} cells: failed and refused ones first, as long as they are no
      more than a quarter, then a sample spread evenly over the matrix. <code>evalrun export</code> writes out all of
      the run’s record.
    </>
  );
}
