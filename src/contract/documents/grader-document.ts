import Type, { type Static } from 'typebox';
import { rounds } from './step-document.js';
import { id, name, path, provenance } from './words.js';

const kind = Type.String({ description: 'How the text is graded.' });
const whenRefused = Type.Optional(
  Type.Number({ description: 'Score of a cell that the endpoint refused; without it such a cell is unscored.' }),
);
const whenUnparseable = Type.Optional(
  Type.Number({ description: 'Score where the graded reply could not be parsed; without it such a cell is unscored.' }),
);

/** A grader in a file of its own, to be named by `use`. The kind's own keys stand beside these. */
export const graderDocument = Type.Object(
  { grader: id('Id of the grader.'), ...provenance, kind, whenRefused, whenUnparseable },
  { title: 'evalrun grader' },
);

/** A grader of an eval. The kind's own keys stand beside these. */
export const graderEntry = Type.Object({
  id: name('Unique among the graders.'),
  kind,
  of: path('What is graded: a step’s id (its text), or step.field of its parsed reply.'),
  rounds,
  whenRefused,
  whenUnparseable,
});

/** A grader of an eval that is taken from a file; keys given here go before those of the file. */
export const graderUse = Type.Object({
  id: graderEntry.properties.id,
  use: path('Grader file, relative to this one.'),
  of: graderEntry.properties.of,
  rounds,
  whenRefused,
  whenUnparseable,
});

export type GraderEntry = Static<typeof graderEntry>;
