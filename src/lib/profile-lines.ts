/** One attribute of a profile: its name, and its lines as they stand. */
export interface ProfileEntry {
  name: string;
  text: string;
}

const KEY = /^\s*([^:]*[^:\s])\s*:/;

/** A profile cut at its `name: value` lines. A line without a colon goes on with the attribute above it. */
export function profileEntries(profile: string): ProfileEntry[] {
  const entries: ProfileEntry[] = [];
  for (const line of profile.split('\n')) {
    const name = KEY.exec(line)?.[1];
    const last = entries.at(-1);
    if (name === undefined && last !== undefined) last.text += `\n${line}`;
    else entries.push({ name: name ?? '', text: line });
  }
  return entries;
}

/**
 * A profile without some of its attributes, the others in their order.
 * @param names a list of names, or a text with commas between them; case does not matter; unknown names change nothing
 */
export function profileWithout(profile: unknown, names: unknown): string {
  if (typeof profile !== 'string') throw new Error('"without" works on a text of "name: value" lines, such as profile');
  const dropped = new Set(namesOf(names).map(folded));
  return profileEntries(profile)
    .filter((entry) => !dropped.has(folded(entry.name)))
    .map((entry) => entry.text)
    .join('\n');
}

function namesOf(names: unknown): string[] {
  if (typeof names === 'string') return names.split(',');
  if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names;
  throw new Error('"without" takes a list of names, or a text with commas between them');
}

const folded = (name: string): string => name.trim().toLowerCase();
