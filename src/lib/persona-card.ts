/** How an attribute is said on a card, where its bare value would not say what it is. */
type Saying = (value: string) => string;

const asItIs: Saying = (value) => value;

/** Lines of a card: what begins each, and its attributes in order. A later attribute of a list stands in for the first. */
const LINES: { start: string; parts: [attributes: string[], say: Saying][] }[] = [
  {
    start: 'Who',
    parts: [
      [['age'], (value) => `age ${value}`],
      [['sex'], asItIs],
      [['race'], asItIs],
      [['place of birth'], (value) => `born in ${value}`],
      [['household language'], (value) => `language at home: ${value}`],
    ],
  },
  {
    start: 'Work',
    parts: [
      [['education'], asItIs],
      [['employment status'], asItIs],
      [['detailed job description', 'occupation category', 'industry category'], asItIs],
      [['income'], (value) => `income ${value}`],
    ],
  },
  {
    start: 'Household',
    parts: [
      [['marital status'], asItIs],
      [['household type'], asItIs],
      [['family presence and age'], asItIs],
    ],
  },
  {
    start: 'Outlook',
    parts: [
      [['ideology'], asItIs],
      [['political views'], asItIs],
      [['religion'], (value) => `religion: ${value}`],
    ],
  },
];

/**
 * A person in at most four short lines: who, work, household, outlook. What is missing, empty or `Not Applicable` is left
 * out, and so is a line of which nothing is known; undefined if that is all of them. Knows the attributes of the PERSONA
 * set by their names, in any case.
 */
export function personaCard(attributes: { readonly [attribute: string]: unknown }): string | undefined {
  const known = new Map<string, string>();
  for (const [name, value] of Object.entries(attributes)) {
    const text = spoken(value);
    if (text !== undefined) known.set(name.toLowerCase().replaceAll('_', ' '), text);
  }
  const lines = LINES.flatMap(({ start, parts }) => {
    const said = parts.flatMap(([names, say]) => {
      const value = names.map((name) => known.get(name)).find((one) => one !== undefined);
      return value === undefined ? [] : [say(value)];
    });
    return said.length === 0 ? [] : [`${start}: ${said.join('; ')}`];
  });
  return lines.length === 0 ? undefined : lines.join('\n');
}

/** A value in one line without a full stop; undefined where it says nothing. */
function spoken(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).replaceAll(/\s+/g, ' ').trim().replace(/\.$/, '');
  return text === '' || /^(?:not applicable|n\/a)$/i.test(text) ? undefined : text;
}
