import type { TokenChoice } from '../contract/call.js';
import type { ChoiceOptions } from './read-choice.js';

/** More labels than this get no shares: a list of so many options is not told apart by twenty tokens. */
const mostOptions = 32;
/** A first token that two options share may have so much probability; with more, the position decides nothing. */
const mostAmbiguous = 0.001;

const leadingSigns = /^[\s\p{P}\p{S}]+/u;
const trailingSigns = /[\s\p{P}\p{S}]+$/u;
const wordEnd = /^(?:$|[^\p{L}\p{N}])/u;

/** One letter is compared as it is, since `a` is a word; anything else in lower case. */
const fold = (text: string): string => ([...text].length === 1 ? text : text.toLowerCase());
const bare = (text: string): string => fold(text.replace(leadingSigns, '').replace(trailingSigns, ''));

interface Forms {
  /** Per option, what it is written as: its label and, for a mapping, its text. */
  forms: string[][];
  /** Label of a mapping → its option: a token that is a label is no beginning of another option's text. */
  labels: Map<string, number>;
}

function formsOf(options: ChoiceOptions): Forms {
  if (Array.isArray(options))
    return { forms: (options as readonly string[]).map((option) => [bare(option)]), labels: new Map() };
  const entries = Object.entries(options as Record<string, string>);
  return {
    forms: entries.map(([label, text]) => [...new Set([bare(label), bare(text)])]),
    labels: new Map(entries.map(([label], number) => [bare(label), number])),
  };
}

/** Whether a text goes on with one of an option's forms, as whole words. */
function startsWith(text: string, forms: readonly string[]): boolean {
  const rest = text.replace(leadingSigns, '');
  return forms.some(
    (form) => form !== '' && fold(rest.slice(0, form.length)) === form && wordEnd.test(rest.slice(form.length)),
  );
}

/** Options that a token may begin: none for signs and foreign words. */
function begunBy(token: string, { forms, labels }: Forms): number[] {
  const name = bare(token);
  if (name === '') return [];
  const label = labels.get(name);
  if (label !== undefined) return [label];
  const begun: number[] = [];
  forms.forEach((own, number) => {
    if (own.some((form) => form.startsWith(name))) begun.push(number);
  });
  return begun;
}

/**
 * Probability of each option at the token that decided, from a reply's first tokens.
 *
 * The deciding token is the first at which the rest of the reply goes on with the option that was picked. Every
 * alternative there counts for the option that it is, or is the beginning of (` A`, `A`, `A)`; `Agr` of `Agree`).
 * Source: logprobs as option probabilities, Santurkar et al. 2023 (OpinionQA) and Durmus et al. (arXiv 2306.16388).
 * @param text the graded text, which the tokens must add up to or begin
 * @param picked the option that the reply picks, as given
 * @returns probabilities in the order of the options, rounded to a millionth; what they lack to 1 went elsewhere (other
 * words, tokens beyond those reported). Null where the tokens do not tell: none reported, not of this text, no deciding
 * token among them, or options that begin with the same token
 */
export function optionShares(
  tokens: readonly TokenChoice[] | undefined,
  { text, options, picked }: { text: string; options: ChoiceOptions; picked: string },
): number[] | null {
  if (tokens === undefined || tokens.length === 0) return null;
  const names = Array.isArray(options) ? (options as readonly string[]) : Object.keys(options);
  if (names.length > mostOptions) return null;
  const whole = tokens.map(({ token }) => token).join('');
  if (!text.startsWith(whole) && !whole.startsWith(text)) return null;
  const known = formsOf(options);
  const own = known.forms[names.indexOf(picked)]!;
  let at = 0;
  for (const { token, top } of tokens) {
    // Signs before the option have a position of their own; the option begins where its letters do.
    if (bare(token) !== '' && startsWith(text.slice(at), own)) return sharesAt(top, known);
    at += token.length;
  }
  return null;
}

function sharesAt(top: TokenChoice['top'], known: Forms): number[] | null {
  const shares = new Array<number>(known.forms.length).fill(0);
  let ambiguous = 0;
  let total = 0;
  for (const [token, logprob] of top) {
    const begun = begunBy(token, known);
    const probability = Math.exp(logprob);
    if (begun.length > 1) ambiguous += probability;
    if (begun.length !== 1) continue;
    shares[begun[0]!]! += probability;
    total += probability;
  }
  if (ambiguous > mostAmbiguous || !(total > 0)) return null;
  // Logprobs are rounded where they come from, so they may add up to a little more than 1.
  return shares.map((share) => Math.round((share / Math.max(1, total)) * 1e6) / 1e6);
}
