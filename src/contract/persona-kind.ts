import type { TSchema } from 'typebox';
import type { JsonObject } from './json.js';
import type { Persona } from './persona.js';

/** A way to come by personas. Adding one means adding one file and one line in the registry. */
export interface PersonaKind {
  readonly kind: string;
  readonly options: TSchema;
  /** @throws EvalrunError for bad data. */
  load(options: JsonObject, folder: string): Promise<Persona[]>;
}
