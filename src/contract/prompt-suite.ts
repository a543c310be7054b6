import type { Json } from './json.js';

/** One thing that is asked. Fields beside `id` are the suite author's own; templates read them as `item.<field>`. */
export interface Item {
  /** Unique within its suite. */
  id: string;
  [field: string]: Json;
}

/** A list of items with where they come from. */
export interface PromptSuite {
  id: string;
  title?: string;
  /** SPDX identifier or words. */
  licence?: string;
  source?: string;
  items: Item[];
}
