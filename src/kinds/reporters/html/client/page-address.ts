/** What the part behind `#` asks for. */
export type Address =
  | { kind: 'cell'; cell: number }
  | { kind: 'slice'; provider: string; arm: string; field: string | null; group: string | null };

/** Reads `#cell/12` and `#transcripts/provider/arm[/field/group]`; null for everything else. */
export function readAddress(hash: string): Address | null {
  const [what, ...parts] = hash.replace(/^#/, '').split('/').map(decoded);
  if (what === 'cell' && /^\d+$/.test(parts[0] ?? '')) return { kind: 'cell', cell: Number(parts[0]) };
  if (what !== 'transcripts' || parts.length < 2) return null;
  const [provider, arm, field, group] = parts;
  return { kind: 'slice', provider: provider!, arm: arm!, field: field ?? null, group: group ?? null };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
