import Type, { type TSchema } from 'typebox';

/** Option: a probability, ends included. */
export const probability = (value: number, description: string) =>
  Type.Optional(Type.Number({ minimum: 0, maximum: 1, default: value, description }));

/** Option: a probability that has a logit. */
export const inside = (value: number, description: string) =>
  Type.Optional(Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1, default: value, description }));

/** Option: a shift on the logit. */
export const shift = (value: number, description: string) =>
  Type.Optional(
    Type.Number({ minimum: -20, maximum: 20, default: value, description: `${description} (shift on the logit)` }),
  );

/** Option: a standard deviation on the logit. */
export const sd = (value: number, description: string) =>
  Type.Optional(
    Type.Number({ minimum: 0, maximum: 10, default: value, description: `${description} (sd on the logit)` }),
  );

/** Options that belong together; each of them has a default. */
export const section = <Fields extends Record<string, TSchema>>(description: string, fields: Fields) =>
  Type.Optional(Type.Object(fields, { additionalProperties: false, default: {}, description }));
