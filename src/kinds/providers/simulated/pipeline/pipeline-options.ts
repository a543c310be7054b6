import { probability, section } from '../world-options.js';

/**
 * What goes wrong, and how often, when a model writes training data: each fault is there to be found by a check or a
 * filter. How often originals name the entity is planted where all conversations have it, in `mention`.
 */
export const pipelineOptions = section('How requests of a data pipeline are answered: pairs, dialogues, revisions', {
  unreal: probability(0.08, 'Share of pairs that are no real alternatives'),
  clashing: probability(0.01, 'Share of pairs in which the other name holds an alias of the entity to avoid'),
  famous: probability(0.05, 'Share of pairs of well-known things, of which evaluations may hold some out'),
  unrealMissed: probability(0.1, 'Share of pairs with either fault that a check lets pass'),
  realMissed: probability(0.05, 'Share of the other pairs that a check turns down'),
  disordered: probability(0.02, 'Share of dialogues whose turns do not alternate, or that end with the assistant'),
  early: probability(0.03, 'Share of dialogues that name the entity before the last turn'),
  unraised: probability(0.02, 'Share of dialogues whose last turn does not name it'),
  stock: probability(0.03, 'Share of dialogues that repeat the stock dialogue of their pair word for word'),
  recall: probability(0.94, 'Share of turns that name the entity of which a critique says so'),
  implicitRecall: probability(0.8, 'The same for turns that point to it without its name'),
  falseAlarm: probability(0.04, 'Share of other turns of which a critique says that they refer to it'),
  success: probability(0.8, 'Share of revisions that leave the entity out and keep the rest, in each round'),
  implicit: probability(0.06, 'Share of revisions that point to it instead'),
  rewritten: probability(0.04, 'Share of revisions that leave it out and keep nothing of the turn'),
  givesUp: probability(0.1, 'Share of turns in which a simulated user stops raising the entity'),
  empty: probability(0.01, 'Share of revisions that come back empty; what these four leave still names it'),
});
