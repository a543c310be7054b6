import { useState } from 'preact/hooks';
import { formatCount } from '../../shared/number-text.js';
import { visibleText } from '../../shared/safe-text.js';
import { findAll, type Mark, piecesOf } from './highlight.js';

/** Text as it was sent or received, always as text: line breaks kept, control characters made visible, long ones folded. */
export function TextBlock(props: { text: string; evidence?: Mark[]; query: string; foldAt?: number }) {
  const { text, evidence, query, foldAt = 2500 } = props;
  const [open, setOpen] = useState(false);
  if (text === '') return <p class="remark">(empty)</p>;
  const long = text.length > foldAt * 1.2;
  const shown = visibleText(long && !open ? text.slice(0, foldAt).toWellFormed() : text);
  const marks = [...(evidence ?? []), ...findAll(shown, query)];
  return (
    <>
      <div class="text" dir="auto">
        {piecesOf(shown, marks).map((piece, i) => (
          <PieceOfText key={i} {...piece} />
        ))}
        {long && !open && '…'}
      </div>
      {long && (
        <button type="button" class="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Show less' : `Show all ${formatCount(text.length)} characters`}
        </button>
      )}
    </>
  );
}

function PieceOfText({ text, evidence, found }: { text: string; evidence: string[]; found: boolean }) {
  if (evidence.length > 0) {
    return (
      <mark class={found ? 'evidence found' : 'evidence'} title={`evidence of ${evidence.join(', ')}`}>
        {text}
      </mark>
    );
  }
  return found ? <mark class="found">{text}</mark> : text;
}
