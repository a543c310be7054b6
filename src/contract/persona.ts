import type { Json, JsonObject } from './json.js';

/** One simulated person. */
export interface Persona {
  /** Unique within its set. */
  id: string;
  /** Attribute name → value, in the order in which the persona is shown to a model. */
  attributes: { [attribute: string]: Json };
  /** How many people of the population this persona stands for, > 0. Absent means equal weights. */
  weight?: number;
}

/** A frozen list of personas with where they come from. */
export interface PersonaSet {
  id: string;
  title?: string;
  /** SPDX identifier or words. */
  licence?: string;
  source?: string;
  /** How it was drawn: seed, versions, digests. Absent for sets that people wrote. */
  facts?: JsonObject;
  people: Persona[];
}
