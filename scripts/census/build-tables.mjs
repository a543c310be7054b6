/**
 * Makes census tables (`evals/shared/census/us-2024.json`) from microdata and published tables; its README.md tells the
 * method. Same files, same bytes.
 *
 *   node --max-old-space-size=8192 scripts/census/build-tables.mjs --person FOLDER --housing FOLDER \
 *     --published TABLES.json --dictionary DICTIONARY.csv --out FILE.json [--id ID] [--states 11,56] [--report FILE.json]
 *
 * FOLDER: Parquet or CSV files of the ACS PUMS, or one file, or several of either with commas between. --states 11,56 makes
 * tables of these states only, whose population is taken from the raked microdata throughout. --report: how near raking
 * came to the margins, and the parents chosen with the bits that each tells. States of the published tables that the microdata lack and that
 * have no donors are left out.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { importSources } from '../import-sources.mjs';
import { columnsOf } from './columns.mjs';
import { rakedRows } from './rake.mjs';
import { readMicrodata } from './read-microdata.mjs';
import { selectParents } from './select-parents.mjs';
import { tablesText } from './tables-text.mjs';

const option = { type: 'string' };
const names = ['person', 'housing', 'published', 'dictionary', 'out', 'id', 'report', 'states'];
const { values: given } = parseArgs({ options: Object.fromEntries(names.map((name) => [name, option])) });
const log = (line) => process.stderr.write(`${line}\n`);

const sources = await importSources(`
  export { streamTable } from './src/tables/stream-table.js';
  export { tablesAt } from './src/tables/table-files.js';
  export { categorizer, otherCategory } from './src/lib/category-of.js';
  export { censusAttributes } from './src/kinds/personas/census/attributes-of.js';
  export { industryCategory, occupationCategory } from './src/kinds/personas/census/job-categories.js';
`);

const published = JSON.parse(await readFile(given.published, 'utf8'));
const labels = labelsOf(await readFile(given.dictionary, 'utf8'));
const filesAt = async (places) => {
  const found = await Promise.all(places.split(',').map((place) => sources.tablesAt(place)));
  return found.flatMap(({ files }) => files);
};
const data = await readMicrodata(sources.streamTable, {
  person: await filesAt(given.person),
  housing: await filesAt(given.housing),
});
log(`${data.n} persons`);
data.sector = categoryOf(labels.industry, sources.industryCategory);
data.jobGroup = categoryOf(labels.occupation, sources.occupationCategory);
const rows = rakedRows(data, published, given.states?.split(','));
log(`${rows.n} rows raked, ${Math.round(rows.weight.reduce((a, b) => a + b, 0))} people`);
const columns = columnsOf(data, rows);
const parents = selectParents(columns, { log });
const text = tablesText(columns, parents, {
  id: given.id ?? 'us-census-2024',
  log,
  sources,
  labels,
  published: given.states ? null : published.tables,
});
await writeFile(given.out, text);
log(`${given.out}: ${text.length} characters`);
if (given.report) await writeFile(given.report, `${JSON.stringify({ raking: rows.report, parents }, null, 1)}\n`);

/** Labels of INDP and OCCP by code without padding. */
function labelsOf(dictionary) {
  const found = { INDP: {}, OCCP: {} };
  for (const line of dictionary.split(/\r?\n/)) {
    const match = /^VAL,(INDP|OCCP),C,4,(\d{4}),\d{4},(?:"(.*)"|([^"]*))$/.exec(line);
    if (match) found[match[1]][Number(match[2])] = match[3] ?? match[4];
  }
  return { industry: found.INDP, occupation: found.OCCP };
}

function categoryOf(label, category) {
  const known = new Map();
  return (code) => {
    if (!known.has(code)) {
      const name = code < 0 ? '' : (category(String(code), label[code]) ?? String(code));
      known.set(code, name);
    }
    return known.get(code);
  };
}
