import type { Json } from '../../contract/json.js';
import type { Item } from '../../contract/prompt-suite.js';
import type { StepOutputs } from './step-outputs.js';

/** What paths see of a cell of a finished run from which items are made. */
export interface SourceCell {
  ordinal: number;
  item: Item;
  persona: { id: string; [attribute: string]: Json } | null;
  arm: { id: string };
  provider: string;
  /** From 1. */
  repeat: number;
  /** Outputs by step: `text`, and the fields of a parsed reply. */
  steps: { [step: string]: { [field: string]: unknown } };
  /** Scores by grader: the value, and the label where there is one; null where it is unscored. */
  scores: { [grader: string]: { value: number; label?: string } | null };
}

/** A finished run whose cells become items. */
export interface SourceRun {
  /** As a person would name its folder. */
  folder: string;
  /** Run id. */
  id: string;
  eval: string;
  /** Name and SHA-256 (hex) of the file that its content follows from. */
  file: { name: string; digest: string };
  steps: StepOutputs[];
  graders: string[];
  /** Axes with more than one point: they become part of an item's id. */
  several: { arms: boolean; providers: boolean; repeats: boolean };
  /** All its cells. */
  planned: number;
  /** The answered cells in the order of items, one in memory at a time. */
  cells(): AsyncIterable<SourceCell>;
}

/**
 * Finds a finished run: a folder, or the newest finished run of an eval.
 * @param named as it is written in the document
 * @param folder of the document
 * @returns null where there is none
 * @throws EvalrunError where it is not finished or cannot be read
 */
export type OpenSourceRun = (named: string, folder: string) => SourceRun | null;
