import Type, { type Static } from 'typebox';
import { name, text } from './words.js';

/** A relation of an eval. The kind's own keys stand beside these. */
export const relationEntry = Type.Object({
  name: text('Unique among the relations and contrasts.'),
  kind: Type.String({ description: 'How the two arms are related.' }),
  metric: name('Id of a metric.'),
  of: name('Arm: the base of a relative reduction; else the arm that is asked about.'),
  against: name('Arm that it is related to.'),
});

export type RelationEntry = Static<typeof relationEntry>;
