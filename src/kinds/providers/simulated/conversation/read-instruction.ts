import { BoundedCache } from '../../../../lib/bounded-cache.js';
import type { Condition } from '../world.js';

/** What the system messages of a conversation ask for. */
export interface Instruction {
  condition: Condition;
  /** What to avoid, as it is written: the whole phrase first, then its parts. Empty unless the condition is `avoid`. */
  avoid: string[];
  /** Entity to talk about instead, as it is written. */
  instead: string | null;
  /** True if a topic is forbidden, which is more than its name. */
  wide: boolean;
}

const forbidding =
  "(?:do not|don['’]t|never|must not|mustn['’]t|should not|shouldn['’]t|may not|cannot|can['’]t|not to|without|refrain from|avoid|stay away from|steer clear of|keep away from)";
const speaking =
  '(?:(?:talk|speak|write|converse|chat|say (?:anything|a word)|tell (?:the user|them|me) (?:anything )?)(?:ing)? (?:about|of)|talking about|speaking (?:about|of)|writing about|saying anything about|mention(?:ing)?|discuss(?:ing)?|refer(?:ring)? to|allud(?:e|ing) to|bring(?:ing)? up|nam(?:e|ing)|touch(?:ing)? (?:up)?on|recommend(?:ing)?|any (?:mention|discussion) of|(?:the )?(?:topic|subject) of|us(?:e|ing) (?:any of )?(?:the|these) (?:key)?words?:?)';
// An entity ends where its sentence or clause does. A full stop after one capital is part of a name (J. S. Bach).
const ending =
  '(?=(?<!\\b\\p{Lu})[.!?](?:["”’)\\s]|$)|[;:\\n]|, (?!or |[\\p{L}\\d .&-]{1,40} (?:or|nor) )|["”]?(?: instead| at all\\b| in (?:any|your|this|the)\\b| under any| even (?:if|when)| whatever| unless| whenever| when\\b| if\\b| but\\b| and (?:talk|speak|focus|discuss|do|use|stick|keep|instead|never)| or (?:mention|refer|discuss|talk|allude|speak)| (?:is|are|must|should)\\b)| [–—-] |$)';

const forbids = [
  new RegExp(
    `\\b${forbidding},? (?:ever |even |once |directly |please |under any circumstances,? |in any way |explicitly )*${speaking} (.+?)${ending}`,
    'isu',
  ),
  new RegExp(
    `\\b(?:avoid|steer clear of|stay away from|keep away from|leave out|skip|omit) (?:${speaking} )?(.+?)${ending}`,
    'isu',
  ),
  /(?:^|[.!?:;,\n] ?)\s*([^.!?:;,\n]+?) (?:is|are) (?:off[- ]limits|not to be (?:mentioned|discussed|named)|a (?:forbidden|banned|taboo) (?:topic|subject)|forbidden|taboo)/iu,
  /(?:^|[.!?:;,\n] ?)\s*([^.!?:;,\n]+?) (?:must|should|may|can) (?:not|never) be (?:mentioned|discussed|named|talked about)/iu,
];
const redirects = new RegExp(
  `\\b(?:(?:talk|speak|write|chat)(?: only)? (?:about|of)|discuss|focus (?:only )?on|stick to|turn to|recommend|suggest|mention|(?:steer|bring|move) (?:it|the (?:conversation|talk|subject))(?: back)? (?:to|towards?)|conversation (?:on|to)) (?:only )?(.+?)${ending}`,
  'isu',
);

/** The same in German, French and Spanish, each with what it names instead; names may stand in quotes. */
const foreignForbids = [
  /\b(?:sprich|rede|sprechen Sie|reden Sie|schreib|schreiben Sie) nicht (?:über|von) (.+?)(?=[.!;\n]|$)/iu,
  /\b(?:ne )?(?:parle|parlez|mentionne|mentionnez) pas (?:de |d['’]|du |des )?(.+?)(?=[.!;\n]|$)/iu,
  /(?<!\p{L})no (?:hables?|hable|menciones?|mencione) (?:de(?:l| la)? |sobre )?(.+?)(?=[.!;\n]|$)/iu,
];
const foreignRedirects = [
  /\b(?:sprich|rede|sprechen Sie|reden Sie) (?:stattdessen |lieber )?(?:über|von) (.+?)(?=[.,!;\n]|$)/iu,
  /\bparle[zr]? (?:plutôt )?(?:de |d['’]|du )?(.+?)(?=[.,!;\n]|$)/iu,
  /\bhabl[ae] (?:en su lugar |mejor )?(?:de(?:l| la)? |sobre )?(.+?)(?=[.,!;\n]|$)/iu,
];

const instructions = new BoundedCache<Instruction>(256);

/** Reads the common ways of forbidding a subject. Sentences such as "You are a helpful assistant" instruct nothing. */
export function readInstruction(text: string): Instruction {
  const known = instructions.get(text);
  if (known !== undefined) return known;
  const instruction = read(text);
  instructions.set(text, instruction);
  return instruction;
}

const givesRole = /^\s*(?:you(?:'re| are)|du bist|sie sind|tu es|vous êtes|eres|usted es)(?!\p{L})/iu;

function read(text: string): Instruction {
  for (const pattern of forbids) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const avoid = entitiesIn(match[1]!);
    if (avoid.length === 0) continue;
    const rest = `${text.slice(0, match.index)}\n${text.slice(match.index + match[0].length)}`;
    const instead = redirects.exec(rest)?.[1];
    return {
      condition: 'avoid',
      avoid,
      instead: instead === undefined ? null : (bare(instead) ?? null),
      wide: /\b(?:topic|subject) of\b/i.test(match[0]),
    };
  }
  for (const [i, pattern] of foreignForbids.entries()) {
    const match = pattern.exec(text);
    const avoid = match === null ? [] : entitiesIn(match[1]!);
    if (match === null || avoid.length === 0) continue;
    const instead = foreignRedirects[i]!.exec(text.slice(match.index + match[0].length))?.[1];
    return { condition: 'avoid', avoid, instead: instead === undefined ? null : (bare(instead) ?? null), wide: false };
  }
  const asks = text.split(/(?<=[.!?])\s+|\n/).some((sentence) => /\p{L}/u.test(sentence) && !givesRole.test(sentence));
  return { condition: asks ? 'neutral' : 'none', avoid: [], instead: null, wide: false };
}

/** `Nikon, Leica or Sony` → three; a name with `and` or `&` inside also counts whole. */
function entitiesIn(phrase: string): string[] {
  const whole = bare(phrase);
  if (whole === undefined) return [];
  const parts = whole.split(/\s*,\s*(?:or |and )?|\s+(?:or|and|nor)\s+/).flatMap((part) => bare(part) ?? []);
  return parts.length > 1 ? [whole, ...parts] : [whole];
}

const bare = (phrase: string): string | undefined => {
  const text = phrase
    .trim()
    .replace(/^(?:the (?:word|name|topic|subject|entity)(?: of)? )/i, '')
    .replace(/^["'“‘„«(\s]+|["'”’“»),\s]+$/g, '')
    .replace(/^(?:the|a|an) /, '')
    .trim();
  return text.length === 0 || text.length > 80 ? undefined : text;
};
