import type { FilterKind } from '../../contract/filter-kind.js';
import type { GraderKind } from '../../contract/grader-kind.js';
import type { JsonObject } from '../../contract/json.js';
import type { Persona } from '../../contract/persona.js';
import type { Place } from '../../contract/problem.js';
import type { Part, Path } from './part.js';

/** A list whose entries know where they are written. */
export interface Listed<T> {
  /** Keys beside the list: id, title, licence, source. */
  head: Record<string, unknown>;
  entries: T[];
  placeOf(index: number, path: Path, aim?: 'key' | 'value'): Place;
}

/** A grader of an eval after its file was merged in. */
export interface GraderPart {
  part: Part;
  id: string;
  /** Undefined where the kind is not known. */
  kind: GraderKind | undefined;
  /** The kind's own keys. */
  options: Record<string, unknown>;
  /** True if its keys have the right form, so that the kind may be asked about it. */
  sound: boolean;
}

/** A filter of an eval's pairs. */
export interface FilterPart {
  part: Part;
  /** Undefined where the kind is not known. */
  kind: FilterKind | undefined;
  /** The kind's own keys, as they go into the plan. */
  options: JsonObject;
  /** True if its keys have the right form and its suites could be read, so that the kind may be asked about it. */
  sound: boolean;
}

/** An eval with everything it names. Parts that could not be read are `unread`. */
export interface EvalParts {
  part: Part;
  /** True if the eval itself (not what it names) has the right form. */
  sound: boolean;
  suite: Listed<Record<string, unknown>> | 'unread';
  /** null: the eval has no personas. */
  people: Listed<Persona> | 'unread' | null;
  graders: GraderPart[];
  filters: FilterPart[];
}
