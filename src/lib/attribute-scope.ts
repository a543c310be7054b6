import { personaCard } from './persona-card.js';

/** Something with an id and named attributes. */
export interface Attributed {
  id: string;
  attributes: { readonly [attribute: string]: unknown };
}

const scopes = new WeakMap<Attributed, Record<string, unknown>>();

/**
 * What templates and paths see of it: `id`; `profile`, all attributes in order as `name: value` lines; `card`, the
 * salient ones in a few lines, where there are any; each attribute under its own name; and, where the name has spaces,
 * once more with underscores. Made once for each object.
 */
export function attributeScope(entity: Attributed): Record<string, unknown> {
  const known = scopes.get(entity);
  if (known !== undefined) return known;
  const scope: Record<string, unknown> = {};
  const lines: string[] = [];
  for (const [name, value] of Object.entries(entity.attributes)) {
    scope[name] = value;
    const underscored = name.replaceAll(' ', '_');
    if (!Object.hasOwn(entity.attributes, underscored)) scope[underscored] = value;
    lines.push(`${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
  }
  scope.id = entity.id;
  scope.profile = lines.join('\n');
  const card = personaCard(entity.attributes);
  if (card !== undefined) scope.card = card;
  scopes.set(entity, scope);
  return scope;
}
