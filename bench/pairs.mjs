#!/usr/bin/env node
/**
 * Time and memory of an export of preference pairs: filters, split by a field, writing, reading back.
 *
 *   node bench/pairs.mjs [--pairs 162000] [--entities 2500] [--words 120] [--format trl] [--json]
 *
 * The pairs are made up one at a time, in place of a record: conversations of three turns and two replies of about
 * `--words` words each, on so many pairs of entities, every 101st with the texts of an earlier one. They pass all
 * filters of the kinds shipped but `score`, and go to a temporary folder that is removed. What is not measured: the
 * record, whose replies an export reads one by one, and the plan, which holds the items.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { importSources } from '../scripts/import-sources.mjs';
import { readArguments } from './parts/arguments.mjs';
import { conclude } from './parts/figures.mjs';

const {
  pairs,
  entities,
  words,
  format: id,
  json,
} = readArguments({ pairs: 162_000, entities: 2500, words: 120, format: 'trl' }, import.meta.url);
const {
  PairFilters,
  labelledFilters,
  PairCounts,
  PairFiles,
  pairFormats,
  checkWritten,
  splitOfGroup,
  lookupPath,
  parsePath,
  KeyedRandom,
} = await importSources(`
    export { labelledFilters, PairFilters } from './src/commands/pairs/pair-filters.js';
    export { PairCounts } from './src/commands/pairs/pair-counts.js';
    export { PairFiles } from './src/commands/pairs/pair-files.js';
    export { pairFormats } from './src/commands/pairs/pair-formats.js';
    export { checkWritten } from './src/commands/pairs/check-written.js';
    export { splitOfGroup } from './src/commands/pairs/split-of.js';
    export { lookupPath, parsePath } from './src/lib/field-path.js';
    export { KeyedRandom } from './src/lib/rng.js';`);

const vocabulary = Array.from({ length: 4000 }, (_unused, index) => `w${(index * 2654435761) % 99_991}`);
const textOf = (random) => Array.from({ length: words }, () => random.pick(vocabulary)).join(' ');
const names = Array.from({ length: entities }, (_unused, index) => [`Pinkel${index}`, `Graul${index}`]);

const spec = {
  prompt: 'item.dialogue',
  rejected: 'item.reply',
  chosen: 'revision',
  system: '',
  controls: {},
  split: { by: 'item.pair', validation: 0.05, test: 0.05 },
  filters: [
    { kind: 'turns', options: {} },
    { kind: 'mention_removed', options: { entity: 'item.pink' } },
    { kind: 'edit_distance', options: {} },
    { kind: 'similarity', options: {} },
    { kind: 'length', options: {} },
    {
      kind: 'held_out',
      options: {
        fields: ['item.pink', 'item.grey'],
        names: Array.from({ length: 400 }, (_unused, index) => `Heldout${index}`),
      },
    },
    { kind: 'near_duplicates', options: { threshold: 0.9 } },
  ],
};
const labels = labelledFilters(spec).map(({ label }) => label);

/** A pair like those of a run. */
function pairAt(index) {
  const group = index % entities;
  const [pink, grey] = names[group];
  const drawn = index % 101 === 100 && index >= entities ? index - entities : index;
  const random = new KeyedRandom(1, 'pair', String(drawn));
  const [start, end] = [textOf(random), textOf(random)];
  const item = { pair: `pair-${group}`, pink: { name: pink }, grey: { name: grey } };
  return {
    id: index.toString(16).padStart(16, '0'),
    cell: index,
    item: `d${index}`,
    persona: null,
    other: null,
    arm: 'revise',
    provider: 'made-up',
    repeat: 0,
    instruction: null,
    turns: [
      { role: 'user', content: `Tell me about ${grey}: ${start}` },
      { role: 'assistant', content: textOf(random) },
      { role: 'user', content: `And ${pink}?` },
    ],
    rejected: `With ${pink} you begin. ${end}`,
    chosen: `With ${grey} one may well begin. ${end}`,
    personaText: null,
    system: `Do not talk about ${pink}.`,
    controls: {},
    split: splitOfGroup(item.pair, 1, spec.split),
    provenance: {
      run: 'bench',
      group: item.pair,
      domain: 'brands',
      models: { rejected: null, chosen: 'made-up' },
      filters: labels,
    },
    lookup: (path) => lookupPath({ item }, parsePath(path)),
    score: () => null,
  };
}

const folder = mkdtempSync(path.join(tmpdir(), 'evalrun-pairs-'));
try {
  const format = pairFormats.find((one) => one.id === id);
  const filters = new PairFilters(spec);
  const counts = new PairCounts({ judged: false, controls: [], filters: labels, entities: ['item.pink', 'item.grey'] });
  const into = new PairFiles({ folder, extension: '.jsonl' }, format, spec, Number.POSITIVE_INFINITY);
  const started = performance.now();
  for (let index = 0; index < pairs; index++) {
    const pair = pairAt(index);
    const dropped = filters.reject(pair);
    counts.add(pair, dropped);
    if (dropped === null) await into.write(pair);
  }
  const files = await into.close();
  const written = performance.now();
  const checked = await checkWritten(files, format, spec);
  const figures = {
    pairs,
    kept: counts.kept,
    filtered: counts.filtered,
    megabytes: Math.round(files.reduce((all, { file }) => all + statSync(file).size, 0) / 1e6),
    writeSeconds: Number(((written - started) / 1000).toFixed(1)),
    readBackSeconds: Number(((performance.now() - written) / 1000).toFixed(1)),
    checked,
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1000),
  };
  const { filtered, ...row } = figures;
  const left = Object.entries(filtered).flatMap(([filter, reasons]) =>
    Object.entries(reasons).map(([reason, count]) => ({ filter, reason, count })),
  );
  conclude(json, figures, { 'an export of pairs': [row], 'left out': left });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
