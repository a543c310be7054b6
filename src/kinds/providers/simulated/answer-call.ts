import type { Call, Reply } from '../../../contract/call.js';
import { canonicalJson } from '../../../lib/canonical-json.js';
import { KeyedRandom } from '../../../lib/rng.js';
import { choiceLogprobs } from './choosing/choice-logprobs.js';
import { plantChoice } from './choosing/plant-choice.js';
import { writeChoice } from './choosing/write-choice.js';
import { writeReply } from './conversation/reply-in-conversation.js';
import { judge, rationaleFor } from './judging/judge.js';
import { quoteSubmission } from './judging/quote-submission.js';
import { writeAnswer, writeRefusal } from './persona/answer-question.js';
import { anyone, cluesInAnswer } from './persona/considerations.js';
import { writeCritique } from './persona/criticise-answer.js';
import { answerPipeline } from './pipeline/answer-pipeline.js';
import { plantAnswer, plantCritique, plantReply, plantRevision } from './probabilities.js';
import type { Field } from './read-format.js';
import { type Request, readRequest } from './read-request.js';
import { type FieldValue, shapeReply } from './reply-shape.js';
import type { World } from './world.js';

const samplings = new WeakMap<object, string>();

/** The text with which the simulated model answers. A function of world, sampling, messages and repeat. */
export function answerCall(world: World, call: Call): string {
  const random = randomFor(world, call);
  const request = readRequest(call.messages);
  if (request.kind === 'pipeline') return answerPipeline(world, request.asked, random);
  if (request.kind === 'judgement') return judgement(world, request, random);
  if (request.kind === 'viewpoints') return viewpoints(world, request, random);
  if (request.kind === 'choice')
    return writeChoice(request.asked, plantChoice(world, request.asked, request.persona), random);
  if (request.kind === 'question') return answer(world, request, random);
  if (request.kind === 'critique') return critique(world, request, random);
  if (request.kind === 'revision') return revision(world, request, random);
  return reply(world, request, random);
}

/** Logprobs of a reply's first tokens where it answers a multiple-choice question; otherwise none. */
export function logprobsOf(world: World, { messages }: Call, text: string): Pick<Reply, 'logprobs'> {
  const request = readRequest(messages);
  if (request.kind !== 'choice') return {};
  return { logprobs: choiceLogprobs(text, plantChoice(world, request.asked, request.persona)) };
}

function randomFor(world: World, { sampling, messages, repeat }: Call): KeyedRandom {
  let sampled = samplings.get(sampling);
  if (sampled === undefined) {
    sampled = canonicalJson(sampling);
    samplings.set(sampling, sampled);
  }
  return new KeyedRandom(
    world.seed,
    world.model,
    sampled,
    String(repeat),
    ...messages.flatMap(({ role, content }) => [role, content]),
  );
}

/** What a judge says when it forgets about JSON: no verdict can be read into it. */
const undecided = 'I would like to see more of the exchange before I commit myself to either side.';

type Of<Kind extends Request['kind']> = Extract<Request, { kind: Kind }>;

function judgement(world: World, { fields, verdicts, blocks }: Of<'judgement'>, random: KeyedRandom): string {
  const verdict = judge(world, verdicts, blocks, random);
  const rationale = rationaleFor(verdict, verdicts[0] ?? '', random);
  const chosen = fields.find((field) => field.choices !== null);
  const valueFor = (field: Field): FieldValue => {
    if (field === chosen) return verdict.verdict;
    if (field.name === 'quotes') return quoteSubmission(world, verdict.verdict, { verdicts, blocks }, random);
    return field.numeric || /confiden/i.test(field.name) ? verdict.confidence : rationale;
  };
  return shapeReply(world, fields, valueFor, undecided, random);
}

function viewpoints(world: World, { fields, count }: Of<'viewpoints'>, random: KeyedRandom): string {
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  const represented = numbers.filter(() => random.chance(world.judging.represented));
  const valueFor = ({ name }: Field) => (name === 'represented' ? represented : 'I looked for each of them in turn.');
  return shapeReply(world, fields, valueFor, undecided, random);
}

function answer(world: World, { approach, persona, question, fields }: Of<'question'>, random: KeyedRandom): string {
  const planted = plantAnswer(world, approach, persona, question);
  const fate = random.uniform();
  const clues = fate < planted.adherence ? (planted.clues ?? [anyone]) : [];
  const written =
    fate >= 1 - planted.refusal
      ? { answer: writeRefusal(random), before: 'This is a question to be careful with.' }
      : writeAnswer(question, clues, random);
  if (fields === null) return written.answer;
  const target = fields.find((field) => /answer|reply|response/i.test(field.name)) ?? fields.at(-1);
  const valueFor = (field: Field): string | number => {
    if (field === target) return written.answer;
    return field.numeric || /confiden/i.test(field.name) ? 50 + random.below(45) : written.before;
  };
  return shapeReply(world, fields, valueFor, written.answer, random);
}

function critique(world: World, { persona }: Of<'critique'>, random: KeyedRandom): string {
  const { voiced, clues } = plantCritique(world, persona);
  return writeCritique(random.uniform() < voiced ? clues : [], random);
}

function revision(world: World, { question, critique: said }: Of<'revision'>, random: KeyedRandom): string {
  const clues = [...cluesInAnswer(said)];
  const { adherence, refusal } = plantRevision(world, { voiced: clues.length === 0 ? 0 : 1, clues });
  const fate = random.uniform();
  if (fate >= 1 - refusal) return writeRefusal(random);
  return writeAnswer(question, fate < adherence ? clues : [], random).answer;
}

function reply(world: World, { conversation, fields }: Of<'conversation'>, random: KeyedRandom): string {
  const planted = plantReply(world, conversation);
  const fate = random.uniform();
  const engaged = random.uniform() < planted.engagement / (1 - planted.refusal);
  // One draw decides between naming, pointing to and leaving out; declining takes the upper end.
  const plan = {
    mention: fate < planted.mention,
    implicit: fate >= planted.mention && fate < planted.mention + planted.implicit,
    engaged,
  };
  const text =
    fate >= 1 - planted.refusal ? writeRefusal(random, conversation.language) : writeReply(plan, conversation, random);
  return fields === null ? text : shapeReply(world, fields, () => text, text, random);
}
