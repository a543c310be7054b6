/** Tables of keys for docs/config-reference.md, from the JSON Schemas of the documents. */

const MARKS = /(<!-- keys of (\w+) -->\n)[\s\S]*?(<!-- end -->)/g;

/** The text with the content between `<!-- keys of NAME -->` and `<!-- end -->` made anew. */
export function withKeyTables(text, schemas) {
  return text.replace(MARKS, (_, start, name, end) => {
    const schema = schemas[name] && wholeOf(schemas[name]);
    if (schema === undefined)
      throw new Error(`docs/config-reference.md asks for the keys of ${name}, which is no document`);
    return `${start}\n${tableOf(schema)}\n${kindTables(schema, `kinds of ${name}`)}${end}`;
  });
}

/** Of a document that may extend another: all keys, and those required of one that stands alone. */
const wholeOf = (schema) =>
  schema.else === undefined ? schema : { ...schema.else, properties: schema.then.properties };

/** True if two texts differ at most in how their tables are spaced, which a formatter decides. */
export function sameButSpacing(one, other) {
  const plain = (text) =>
    text
      .replace(/ *\| */g, '|')
      .replace(/-{3,}/g, '---')
      .replace(/\n{2,}/g, '\n');
  return plain(one) === plain(other);
}

const HEAD = '| key | form | meaning |\n|---|---|---|\n';

function tableOf(schema) {
  return `${HEAD}${rows(schema, '').join('\n')}\n`;
}

/** One row a key, keys of inner mappings below it as `outer.inner`. */
function rows(schema, prefix) {
  const required = schema.required ?? [];
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const name = `${prefix}${key}`;
    const must = required.includes(key) ? '' : ' (optional)';
    const own = `| \`${name}\` | ${form(value)}${must} | ${escaped(value.description ?? '')} |`;
    return [own, ...innerRows(value, name)];
  });
}

function innerRows(value, name) {
  if (value.type === 'array' && value.items !== undefined) return innerRows(value.items, `${name}[]`);
  if (isDocument(value)) return [];
  // One of two forms; those of a grader are told apart by kind, and have tables of their own.
  const forms = [value.else, value.then].filter((one) => one?.additionalProperties === false);
  if (forms.length > 0) return forms.flatMap((one) => rows(one, `${name}.`));
  if (value.type === 'object' && value.allOf === undefined) return rows(value, `${name}.`);
  if (value.type === 'object') return rows(value, `${name}.`);
  const inner = (value.anyOf ?? []).filter((branch) => branch.type === 'object' && !isDocument(branch));
  return inner.flatMap((branch) => rows(branch, `${name}.`));
}

/** Documents in place have a table of their own. */
const isDocument = (schema) =>
  ['eval', 'provider', 'personas', 'prompts'].some((key) => schema.properties?.[key] !== undefined);

function form(value) {
  if (value.enum !== undefined) return value.enum.map((word) => `\`${word}\``).join(', ');
  if (value.const !== undefined) return `\`${value.const}\``;
  const branches = value.anyOf ?? value.oneOf;
  if (Array.isArray(branches) && value.type === undefined) return [...new Set(branches.map(form))].join(' or ');
  const words = {
    string: 'text',
    number: 'number',
    integer: 'whole number',
    boolean: 'true or false',
    array: 'list',
    object: 'mapping',
  };
  return words[value.type] ?? 'anything';
}

const escaped = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** For every place whose keys depend on `kind`: one table a kind. */
function kindTables(schema, title) {
  const tables = dispatches(schema).flatMap(([where, dispatch]) =>
    dispatch.allOf.flatMap((one) => {
      const kind = one.if.properties.kind.const;
      const own = ownRows(one.then, dispatch.properties);
      if (own.length === 0) return [`**${where}\`kind: ${kind}\`** has no keys of its own.\n\n`];
      return [`**${where}\`kind: ${kind}\`**\n\n${HEAD}${own.join('\n')}\n\n`];
    }),
  );
  return tables.length === 0 ? '' : `\nKeys by kind (${title}):\n\n${[...new Set(tables)].join('')}`;
}

function dispatches(schema) {
  if (schema.allOf?.[0]?.if !== undefined) return [['', schema]];
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const entry = value.items?.else ?? value.items ?? value;
    const candidates = [entry, ...(entry.anyOf ?? [])];
    const own = candidates
      .filter((one) => one.allOf?.[0]?.if !== undefined && !isDocument(one))
      .map((one) => [`\`${key}\`, `, one]);
    // A mapping in place may hold such a list itself, as `pairs` holds filters.
    const inner = value.type === 'object' && value.allOf === undefined && !isDocument(value) ? dispatches(value) : [];
    return [...own, ...inner.map(([where, one]) => [where.replace(/^`/, `\`${key}.`), one])];
  });
}

function ownRows(then, base) {
  const branches = then.anyOf ?? then.oneOf ?? [then];
  const all = branches.flatMap((branch) => {
    const properties = Object.fromEntries(
      Object.entries(branch.properties ?? {}).filter(([key]) => base[key] === undefined),
    );
    return rows({ properties, required: branch.required }, '');
  });
  return [...new Set(all)];
}
