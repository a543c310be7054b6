/** A part of a text, and why it stands out: names of graders whose evidence it is, `found` for the search. */
export interface Piece {
  text: string;
  evidence: string[];
  found: boolean;
}

/** A marked range of a text in UTF-16 units, half-open. `grader` null marks a search hit. */
export interface Mark {
  start: number;
  end: number;
  grader: string | null;
}

/** Cuts a text at the ends of its marks, however they overlap. The pieces joined are the text. */
export function piecesOf(text: string, marks: Mark[]): Piece[] {
  const inside = marks
    .map((mark) => ({ ...mark, start: Math.max(0, mark.start), end: Math.min(text.length, mark.end) }))
    .filter((mark) => mark.start < mark.end);
  const cuts = [...new Set([0, text.length, ...inside.flatMap((mark) => [mark.start, mark.end])])].sort(
    (a, b) => a - b,
  );
  return cuts.slice(1).map((end, i) => {
    const start = cuts[i]!;
    const over = inside.filter((mark) => mark.start <= start && mark.end >= end);
    const graders = over.flatMap((mark) => (mark.grader === null ? [] : [mark.grader]));
    return {
      text: text.slice(start, end),
      evidence: [...new Set(graders)],
      found: over.some((mark) => mark.grader === null),
    };
  });
}

/** Places of a query in a text, ignoring case; the first `most` of them. */
export function findAll(text: string, query: string, most = 200): Mark[] {
  const wanted = query.trim().toLowerCase();
  const lower = text.toLowerCase();
  // Lower-casing may change a text's length; then places in it are not places in the text.
  if (wanted === '' || lower.length !== text.length) return [];
  const marks: Mark[] = [];
  for (
    let at = lower.indexOf(wanted);
    at !== -1 && marks.length < most;
    at = lower.indexOf(wanted, at + wanted.length)
  ) {
    marks.push({ start: at, end: at + wanted.length, grader: null });
  }
  return marks;
}
