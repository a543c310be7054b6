/** The parts of a JSON Schema that decide an order. */
export interface Shape {
  properties?: { [key: string]: Shape };
  items?: Shape;
}

/** A copy with keys in the schema's order; keys that it does not list follow, sorted. */
export function orderBySchema(value: unknown, schema: Shape | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => orderBySchema(item, schema?.items));
  if (value === null || typeof value !== 'object') return value;
  const properties = schema?.properties ?? {};
  const listed = Object.keys(properties).filter((key) => Object.hasOwn(value, key));
  const others = Object.keys(value)
    .filter((key) => !Object.hasOwn(properties, key))
    .sort();
  const entries = [...listed, ...others].map((key) => {
    const child = (value as { [key: string]: unknown })[key];
    return [key, orderBySchema(child, properties[key])];
  });
  return Object.fromEntries(entries);
}
