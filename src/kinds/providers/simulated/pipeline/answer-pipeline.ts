import type { KeyedRandom } from '../../../../lib/rng.js';
import { shapeObject } from '../reply-shape.js';
import type { World } from '../world.js';
import type { PipelineRequest } from './read-pipeline.js';
import { userTurn } from './user-turn.js';
import { writeCritique } from './write-critique.js';
import { writeDialogue } from './write-dialogue.js';
import { plantReal, reasonFor, writePairs } from './write-pairs.js';
import { writePlans } from './write-plans.js';
import { writeRevision } from './write-revision.js';
import { writeTopics } from './write-topics.js';

/** What is left when the model forgets about JSON. */
const plain = 'Of course. Before I begin, may I ask what you would like to use this for?';

/** The text with which a request of a data pipeline is answered: JSON, but for revisions. */
export function answerPipeline(world: World, request: PipelineRequest, random: KeyedRandom): string {
  if (request.task === 'revision') return writeRevision(world, request, random);
  return shapeObject(world, objectFor(world, request, random), plain, random);
}

function objectFor(world: World, request: Exclude<PipelineRequest, { task: 'revision' }>, random: KeyedRandom): object {
  switch (request.task) {
    case 'topics':
      return { topics: writeTopics(request.domain, request.count, random) };
    case 'pairs':
      return { pairs: writePairs(world, request.topic, request.count, random) };
    case 'plans':
      return { plans: writePlans(request, random) };
    case 'dialogue':
      return { dialogue: writeDialogue(world, request, random) };
    case 'real': {
      const real = random.chance(plantReal(world, request));
      return { real, reason: reasonFor(real, random) };
    }
    case 'critique':
      return writeCritique(world, request.pink, request.reply, random);
    case 'user turn':
      return userTurn(world, request.pink, random);
  }
}
