import { stringify } from 'yaml';
import type { Json, JsonObject } from '../../contract/json.js';
import { sha256 } from '../../lib/canonical-json.js';
import { jsonLine } from '../../lib/json-line.js';
import type { LoadedPersonas } from '../../stages/load/load-personas.js';

/** A frozen set: a table of people, and the persona set that names it. */
export interface FrozenSet {
  /** Content of NAME.jsonl: one person a line. */
  people: string;
  /** Content of NAME.yaml. */
  document: string;
}

/**
 * Freezes a draw. The same draw by the same evalrun gives the same bytes: there is no date in it, and no path.
 * @param table name of the table, as the persona set beside it names it
 */
export function frozenSet(loaded: LoadedPersonas, how: { table: string; evalrunVersion: string }): FrozenSet {
  const { id, title, licence, source } = loaded;
  const people = loaded.draw.people.map((person) => `${jsonLine(person)}\n`).join('');
  const document = stringify(
    {
      personas: id,
      ...(title === undefined ? {} : { title }),
      ...(licence === undefined ? {} : { licence }),
      ...(source === undefined ? {} : { source }),
      facts: frozenFacts(loaded, { ...how, sha256: sha256(people) }),
      people: how.table,
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
  return { people, document: `# Frozen by "evalrun personas". Use it in an eval: personas: FILE.yaml\n${document}` };
}

function frozenFacts(
  { kind, options, draw }: LoadedPersonas,
  frozen: { table: string; evalrunVersion: string; sha256: string },
): JsonObject {
  const { people, population } = draw;
  const weighted = people.filter((person) => person.weight !== undefined).length;
  const facts: { [key: string]: Json } = {
    evalrun: frozen.evalrunVersion,
    kind,
    options,
    ...draw.facts,
    people: people.length,
    weights: weighted === 0 ? 'all alike' : weighted === people.length ? 'of their own' : `${weighted} of their own`,
    sha256: frozen.sha256,
    rejected: draw.rejected,
    absent: draw.absent,
  };
  if (population !== null) facts.population = population.title;
  return facts;
}
