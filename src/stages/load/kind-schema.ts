import type { TSchema } from 'typebox';

/** What of a kind a schema needs. */
export interface KindOptions {
  readonly kind: string;
  readonly options: TSchema;
}

/** A JSON Schema as plain data. */
export type JsonSchema = { [keyword: string]: unknown };

interface ObjectSchema {
  properties?: { [key: string]: JsonSchema };
  required?: string[];
}

/** How a kind is chosen where the document does not say. */
interface Dispatch {
  defaultKind?: string;
  /** Keys of the kind may be missing: another document completes them. */
  partial?: boolean;
}

/**
 * Schema of an object whose key `kind` decides which other keys it may have: those of `base`, and those of the kind's
 * options. Editors and validation read the same.
 */
export function withKinds(base: TSchema, kinds: readonly KindOptions[], how: Dispatch = {}): JsonSchema {
  const own = base as unknown as ObjectSchema & JsonSchema;
  const kindNames = { ...own.properties!.kind, ...(kinds.length > 0 ? { enum: kinds.map((one) => one.kind) } : {}) };
  return {
    ...own,
    properties: { ...own.properties, kind: kindNames },
    allOf: kinds.map((one) => ({
      if: {
        properties: { kind: { const: one.kind } },
        ...(how.defaultKind === one.kind ? {} : { required: ['kind'] }),
      },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: joined(own, one.options as unknown as JsonSchema, how.partial === true),
    })),
  };
}

/** Keys of `base` and of a kind's options together, and no others. Options may be an object, a union or an intersection. */
function joined(base: ObjectSchema, options: JsonSchema, partial: boolean): JsonSchema {
  for (const union of ['anyOf', 'oneOf'] as const) {
    const branches = options[union];
    if (Array.isArray(branches) && options.properties === undefined) {
      return { [union]: branches.map((branch: JsonSchema) => joined(base, branch, partial)) };
    }
  }
  if (Array.isArray(options.allOf) && options.properties === undefined) {
    return joined(base, options.allOf.reduce(intersection, {}), partial);
  }
  const { required, properties, type: _type, ...rest } = options as ObjectSchema & JsonSchema;
  return {
    additionalProperties: false,
    ...rest,
    properties: { ...base.properties, ...properties },
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
