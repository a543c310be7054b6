import { contextTables, fewestInCell } from './context-tables.mjs';
import { populationOf } from './population.mjs';
import { variables } from './variables.mjs';

const source =
  'U.S. Census Bureau, American Community Survey 2024 1-year Public Use Microdata Sample, raked to published tables of 2020-2024';
const title = 'Residents of the United States, American Community Survey 2024';

/**
 * The tables as the text of their file, one line a variable.
 * @param chosen of `selectParents`
 * @param facts `id`, `labels` of INDP and OCCP, `sources`: what is used of `src/`, `published`: published tables
 * that stand in for raked shares, or null; `log`
 */
export function tablesText(columns, chosen, facts) {
  const { id, labels, published, sources } = facts;
  const nodes = variables.map((variable) => nodeOf(variable, columns, chosen[variable.field].parents, facts));
  const used = [...new Set(nodes.flatMap(({ parents }) => parents))];
  const recodes = used.map((name) => [name, { of: columns.recode[name].of, classes: columns.recode[name].classes }]);
  const tools = {
    ...sources,
    labels: { industry: (code) => labels.industry[code], occupation: (code) => labels.occupation[code] },
  };
  const everyone = populationOf(columns, tools, { source, tables: published, title, from: 0 });
  const adults = populationOf(columns, tools, { source, tables: null, title: `${title}, aged 18 and more`, from: 18 });
  const head = {
    id,
    version: '1',
    title,
    source,
    licence: 'Public domain (17 USC 105)',
    fewestPersonsInCell: fewestInCell,
  };
  const lines = (entries) => entries.join(',\n');
  const parts = [
    ...Object.entries(head).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`),
    `"recodes": {\n${lines(recodes.map(([name, recode]) => `${JSON.stringify(name)}: ${JSON.stringify(recode)}`))}\n}`,
    `"nodes": [\n${lines(nodes.map((node) => JSON.stringify(node)))}\n]`,
    `"labels": ${JSON.stringify(labels)}`,
    `"population": ${JSON.stringify(everyone)}`,
    `"adults": ${JSON.stringify(adults)}`,
  ];
  return `{\n${lines(parts)}\n}\n`;
}

function nodeOf({ field, helper, universe, outside, forced = [] }, columns, parents, { log }) {
  const table = contextTables(columns, field, parents, { forced: forced.length });
  const contexts = Object.keys(table.contexts);
  const depth = Math.max(...contexts.map((key) => (key === '' ? 0 : key.split('.').length)));
  log(`${field}: ${contexts.length} contexts, ${JSON.stringify(table.contexts).length} bytes`);
  return {
    field,
    ...(helper && { helper }),
    ...(universe && { universe, outside: outside ?? '' }),
    parents: parents.slice(0, Math.max(depth, forced.length)),
    forced: forced.length,
    ...table,
  };
}
