import Type, { type Static } from 'typebox';
import { closed, id, provenance, table } from './words.js';

const person = Type.Object(
  {
    id: id('Unique within the set.'),
    attributes: Type.Record(Type.String(), Type.Unknown(), {
      minProperties: 1,
      description: 'Attribute → value, in the order in which a model sees them; read as persona.<attribute>.',
    }),
    weight: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, description: 'How many people this persona stands for. Absent: all alike.' }),
    ),
  },
  closed,
);

export const peopleList = Type.Array(person, { minItems: 1, description: 'The personas, one entry each.' });

const people = Type.Union([peopleList, table('Table of personas, one a line')], {
  description: 'The personas, one entry each; or the table that holds them.',
});

/** Options of `kind: inline`, the default: the people are in the document itself, or in a table that it names. */
export const inlinePeople = Type.Object({ people });

/** A persona set in a file of its own; the kind's own keys stand beside these. */
export const personasDocument = Type.Object(
  {
    personas: id('Id of the set.'),
    ...provenance,
    kind: Type.Optional(Type.String({ description: 'How the personas are come by. Default: inline.' })),
    facts: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'How a frozen set was drawn: kind, options, seed, versions. Written by "evalrun personas --out".',
      }),
    ),
  },
  { title: 'evalrun persona set' },
);

/** The same where it is referenced: the id may be left out. */
export const inlinePersonas = Type.Object(
  { ...personasDocument.properties, personas: Type.Optional(personasDocument.properties.personas) },
  { description: 'A persona set in place.' },
);

export type PersonDocument = Static<typeof person>;
export type PersonasDocument = Static<typeof inlinePersonas>;
