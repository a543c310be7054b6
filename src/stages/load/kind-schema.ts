import type { TSchema } from 'typebox';
import { isObject } from './part.js';

/** What of a kind a schema needs. */
export interface KindOptions {
  readonly kind: string;
  readonly options: TSchema;
}

/** A JSON Schema as plain data. */
export type JsonSchema = { [keyword: string]: unknown };

interface ObjectSchema {
  properties?: { [key: string]: JsonSchema | true };
  required?: string[];
}

/** How a kind is chosen where the document does not say. */
interface Dispatch {
  defaultKind?: string;
  /** Keys of the kind may be missing: another document completes them. */
  partial?: boolean;
}

/** Schemas of an object whose key `kind` decides which other keys it may have. */
export interface KindSchemas {
  byKind: ReadonlyMap<string, JsonSchema>;
  /** For objects without a known kind. */
  other: JsonSchema;
  defaultKind: string | undefined;
}

/** One schema a kind, with the keys of `base` and of the kind's options: what is checked is never more than one of them. */
export function schemasByKind(base: TSchema, kinds: readonly KindOptions[], how: Dispatch = {}): KindSchemas {
  const own = base as unknown as ObjectSchema & JsonSchema;
  const schemaOf = ({ options }: KindOptions): JsonSchema => {
    const whole = joined(own.properties!, options as unknown as JsonSchema, how.partial === true) as ObjectSchema;
    return { ...own, ...whole, required: [...(own.required ?? []), ...(whole.required ?? [])] };
  };
  return {
    byKind: new Map(kinds.map((one) => [one.kind, schemaOf(one)])),
    other: withKindNames(own, kinds),
    defaultKind: how.defaultKind,
  };
}

/** The schema by which a value is to be checked. */
export function schemaFor(schema: JsonSchema | KindSchemas, value: unknown): JsonSchema {
  if (!isKindSchemas(schema)) return schema;
  const kind = isObject(value) ? (value.kind ?? schema.defaultKind) : undefined;
  return schema.byKind.get(kind as string) ?? schema.other;
}

const isKindSchemas = (schema: JsonSchema | KindSchemas): schema is KindSchemas => schema.byKind instanceof Map;

/** The same as one schema, for editors. */
export function withKinds(base: TSchema, kinds: readonly KindOptions[], how: Dispatch = {}): JsonSchema {
  const own = base as unknown as ObjectSchema & JsonSchema;
  // The base describes its own keys; the kinds only have to allow them.
  const allowed = Object.fromEntries(Object.keys(own.properties!).map((key) => [key, true as const]));
  return {
    ...withKindNames(own, kinds),
    allOf: kinds.map((one) => ({
      if: {
        properties: { kind: { const: one.kind } },
        ...(how.defaultKind === one.kind ? {} : { required: ['kind'] }),
      },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: joined(allowed, one.options as unknown as JsonSchema, how.partial === true),
    })),
  };
}

function withKindNames(base: ObjectSchema & JsonSchema, kinds: readonly KindOptions[]): JsonSchema {
  const names = kinds.length > 0 ? { enum: kinds.map((one) => one.kind) } : {};
  return { ...base, properties: { ...base.properties, kind: { ...(base.properties!.kind as JsonSchema), ...names } } };
}

/** Keys of the base and of a kind's options together, and no others. Options may be an object, a union or an intersection. */
function joined(own: ObjectSchema['properties'], options: JsonSchema, partial: boolean): JsonSchema {
  for (const union of ['anyOf', 'oneOf'] as const) {
    const branches = options[union];
    if (Array.isArray(branches) && options.properties === undefined) {
      return { [union]: branches.map((branch: JsonSchema) => joined(own, branch, partial)) };
    }
  }
  if (Array.isArray(options.allOf) && options.properties === undefined) {
    return joined(own, options.allOf.reduce(intersection, {}), partial);
  }
  const { required, properties, type: _type, ...rest } = options as ObjectSchema & JsonSchema;
  return {
    additionalProperties: false,
    ...rest,
    properties: { ...own, ...properties },
    ...(partial || required === undefined ? {} : { required }),
  };
}

function intersection(a: JsonSchema, b: JsonSchema): JsonSchema {
  const left = a as ObjectSchema;
  const right = b as ObjectSchema;
  return {
    ...a,
    ...b,
    properties: { ...left.properties, ...right.properties },
    required: [...(left.required ?? []), ...(right.required ?? [])],
  };
}
