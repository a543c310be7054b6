import { BoundedCache } from './bounded-cache.js';
import { escapeRegex } from './escape-regex.js';
import { foldText } from './fold-text.js';
import { boundaryAfter, boundaryBefore, wordCharacter } from './word-boundary.js';

/** Options as a list, or as label → text, e.g. `{A: Paris, B: Rome}`. */
export type ChoiceOptions = readonly string[] | Readonly<Record<string, string>>;

interface Reader {
  /** Cleaned whole reply → option. */
  exact: Map<string, string | null>;
  /** Any text of an option, longest first. Group: the text. */
  named: RegExp;
  /** A label at the start of the reply (`B.`, `(B)`), or declared (`Answer: B`). Absent without labels. */
  leading?: RegExp;
  declared: RegExp;
  /** A capital letter as label in running text: alone for a list of letters, after "option" for a mapping. */
  capital?: RegExp;
  /** Folded label or text → option. */
  byName: Map<string, string>;
}

const readers = new BoundedCache<Reader>(256);

const fold = (text: string, lower = true): string =>
  foldText(text, { case: lower, joiners: 'drop' })
    .text.replace(/[*_`~]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const trimSigns = /^[\s"'“”„«»()[\]{}<>#>.,:;!?-]+|[\s"'“”„«»()[\]{}<>.,:;!?-]+$/g;

/** Reply or option without case, Markdown, surrounding signs and superfluous spaces. */
const clean = (text: string): string => fold(text).replace(trimSigns, '') || fold(text);

const isLetter = (name: string): boolean => /^\p{L}$/u.test(name);
const isLabel = (name: string): boolean => /^[\p{L}\p{Nd}]$/u.test(name);

const bounded = (name: string): string => {
  const characters = [...name];
  return (
    boundaryBefore(characters[0]!, 3) + escapeRegex(name).replaceAll(' ', '\\s+') + boundaryAfter(characters.at(-1)!, 3)
  );
};

const add = (map: Map<string, string | null>, name: string, option: string): void => {
  const known = map.get(name);
  map.set(name, known === undefined || known === option ? option : null);
};

const build = (options: ChoiceOptions): Reader => {
  const list = Array.isArray(options);
  const entries: [string, string][] = list
    ? (options as readonly string[]).map((option) => [option, option])
    : Object.entries(options as Record<string, string>);
  const exact = new Map<string, string | null>();
  const byName = new Map<string, string>();
  const texts: string[] = [];
  const labels: string[] = [];
  for (const [option, text] of entries) {
    for (const name of new Set([option, text])) add(exact, clean(name), option);
    if (!list || isLabel(option)) labels.push(fold(option));
    if (!isLetter(text)) texts.push(fold(text));
  }
  for (const [name, option] of exact) if (option !== null) byName.set(name, option);
  for (const [option, text] of entries) for (const name of [option, text]) byName.set(fold(name), option);
  const longestFirst = (names: string[]) => names.filter((name) => name !== '').sort((a, b) => b.length - a.length);
  const label = longestFirst([...new Set(labels)])
    .map(escapeRegex)
    .join('|');
  const anyName = longestFirst([...new Set([...labels, ...texts])])
    .map(escapeRegex)
    .join('|');
  const named = longestFirst([...new Set(texts)])
    .map(bounded)
    .join('|');
  const capitals = entries.map(([option]) => option).filter((option) => /^\p{Lu}$/u.test(option));
  return {
    exact,
    byName,
    ...(capitals.length === 0 ? {} : { capital: capitalPattern(capitals, list) }),
    named: new RegExp(named === '' ? '(?!)' : named, 'gv'),
    declared: new RegExp(
      `(?<!${wordCharacter})(?:answer|choice|option|verdict|pick|antwort|respuesta|réponse|reponse)\\s*(?:is|:|=|-|ist|es|est)+\\s*[\\("'\\[]*(${anyName})(?!_|${wordCharacter})(?!\\s*(?:,|/|&|or|and)\\s*(?:${anyName})(?!_|${wordCharacter}))`,
      'gv',
    ),
    ...(label === ''
      ? {}
      : { leading: new RegExp(`^[\\("'\\[]*(${label})(?:[\\)\\]"'.:,;](?!\\d)|\\s*-\\s|\\s*$)`, 'v') }),
  };
};

const capitalPattern = (capitals: string[], list: boolean): RegExp => {
  const words = '(?<=(?:[Oo]ption|[Cc]hoice|[Aa]nswer|[Ll]etter) [\\("\'\\[]?)';
  // A and I are words where a letter, not a sign, follows them.
  const alone = list ? `|(?<!['_]|${wordCharacter})(?!(?:A|I)\\s+${wordCharacter})` : '';
  const brackets = '|(?<=[\\(\\[])(?=.[\\)\\]])';
  return new RegExp(`(?:${words}${brackets}${alone})(${capitals.join('|')})(?!['_+#&\\-]|${wordCharacter})`, 'gv');
};

/** "not agree", "isn't correct": naming under a negation is not choosing. */
const negation = /(?:\b(?:not|never|neither|nor|cannot)|n't)\s+(?:an?\s+|the\s+)?$/;

const namedOptions = (text: string, cased: string, reader: Reader): Set<string> | null => {
  const named = new Set<string>();
  for (const match of reader.capital === undefined ? [] : cased.matchAll(reader.capital)) {
    if (negation.test(cased.slice(Math.max(0, match.index - 24), match.index))) return null;
    named.add(match[1]!);
  }
  for (const match of text.matchAll(reader.named)) {
    if (negation.test(text.slice(Math.max(0, match.index - 24), match.index))) return null;
    named.add(reader.byName.get(match[0].replace(/\s+/g, ' '))!);
  }
  return named;
};

const one = (options: Set<string> | null): string | null => (options?.size === 1 ? [...options][0]! : null);

/**
 * Which option a reply picks: it is all of the reply; or its label leads the reply (`B.`, `(B) because …`); or the reply
 * declares it (`Answer: B`, all such declarations agreeing); or it is the only option whose text is named, longest
 * names first, at word boundaries, and not negated. Case, Markdown and surrounding punctuation do not matter.
 * Labels are the keys of a mapping and options of one letter or digit; without a sign after them they are too easily words.
 * @returns the option as given (the label, for a mapping); null when none or more than one is picked
 */
export const readChoice = (text: string, options: ChoiceOptions): string | null => {
  const reader = readers.getOrMake(JSON.stringify(options), () => build(options));
  const exact = reader.exact.get(clean(text));
  if (exact !== undefined) return exact;
  const folded = fold(text);
  const declared = new Set([...folded.matchAll(reader.declared)].map((match) => reader.byName.get(match[1]!)!));
  if (declared.size > 0) return one(declared);
  const led = reader.leading?.exec(folded);
  const named = namedOptions(folded, fold(text, false), reader);
  if (led) {
    const option = reader.byName.get(led[1]!)!;
    return named === null || named.size === 0 || named.has(option) ? option : null;
  }
  return one(named);
};
