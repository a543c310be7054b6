import type { TSchema } from 'typebox';
import type { JsonObject } from './json.js';
import type { Persona } from './persona.js';
import type { Population } from './population.js';

/** Where a persona kind finds the files that its options name. */
export interface PersonaContext {
  /** Absolute folder of the document; paths in the options are relative to it. */
  folder: string;
  /** Absolute folder of the installed package: the data that ships with evalrun lies under `evals/shared`. */
  shippedFolder: string;
}

/** What a kind gives: people, and everything that a reader needs to judge them by. */
export interface PersonaDraw {
  people: Persona[];
  /** Facts of provenance that belong into a frozen set: seed, versions of tables, digests of files, rows read … */
  facts: JsonObject;
  /** Consistency rule → draws that it rejected. Every rule that was applied is listed, also with 0. */
  rejected: { [rule: string]: number };
  /** Attribute of which the source knows nothing → why. Such attributes are left out of every persona. */
  absent: { [attribute: string]: string };
  /** What the people were drawn from; null where nothing is known of it. */
  population: Population | null;
}

/** A way to come by personas. Adding one means adding one file and one line in the registry. */
export interface PersonaKind {
  readonly kind: string;
  readonly options: TSchema;
  /**
   * The same options and files give the same people, byte for byte.
   * @throws EvalrunError, or an AggregateError of them, for bad data; `where` is set if a data file is at fault
   */
  load(options: JsonObject, context: PersonaContext): Promise<PersonaDraw>;
}
