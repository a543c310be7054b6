import type { Message } from '../../../../contract/message.js';
import { blockIn } from '../read-block.js';
import type { Subject } from './references.js';
import type { DialogueTask } from './write-dialogue.js';
import type { RevisionTask } from './write-revision.js';

/** A request that comes up where training data is made. */
export type PipelineRequest =
  | { task: 'topics'; domain: string; count: number }
  | { task: 'pairs'; topic: string; count: number }
  /** Whether two things are real alternatives. */
  | { task: 'real'; pink: Subject; grey: Subject; difference: string }
  | { task: 'plans'; pink: string; grey: string; count: number }
  | ({ task: 'dialogue' } & DialogueTask)
  /** Whether a turn refers to an entity, and where. */
  | { task: 'critique'; pink: Subject; reply: string }
  | ({ task: 'revision' } & RevisionTask)
  /** The next turn of a user who keeps raising an entity. */
  | { task: 'user turn'; pink: string };

const asked = /\{"(topics|pairs|plans|dialogue|real|refers|message)"/;
/** How many are listed where a request does not say. */
const usual = 5;

/**
 * Reads a request by the object that it asks for and the blocks that it shows: `<domain>` or `<topic>` for lists, `<pink>`
 * and `<grey>` for the two entities, `<difference>`, `<plan>`, `<reply>`, `<critique>`.
 * @returns null for any other request
 */
export function readPipeline(messages: readonly Message[]): PipelineRequest | null {
  if (!messages.some(({ content }) => /<(?:pink|topic|domain)>/.test(content))) return null;
  const text = messages.map(({ content }) => content).join('\n');
  const block = (name: string): string => blockIn(text, name) ?? '';
  const [pink, grey] = [subjectIn(block('pink')), subjectIn(block('grey'))];
  const wanted = asked.exec(text)?.[1];
  const all = (...names: string[]): boolean => names.every((name) => blockIn(text, name) !== undefined);
  switch (wanted) {
    case 'topics':
      return all('domain') ? { task: 'topics', domain: block('domain'), count: countIn(text, wanted) } : null;
    case 'pairs':
      return all('topic') ? { task: 'pairs', topic: block('topic'), count: countIn(text, wanted) } : null;
    case 'plans':
      return all('pink', 'grey')
        ? { task: 'plans', pink: pink.name, grey: grey.name, count: countIn(text, wanted) }
        : null;
    case 'dialogue':
      return all('pink', 'grey') ? { task: 'dialogue', pink: pink.name, grey: grey.name, plan: block('plan') } : null;
    case 'real':
      return all('pink', 'grey', 'difference') ? { task: 'real', pink, grey, difference: block('difference') } : null;
    case 'refers':
      return all('pink', 'reply') ? { task: 'critique', pink, reply: block('reply') } : null;
    case 'message':
      return all('pink', 'conversation') ? { task: 'user turn', pink: pink.name } : null;
    default:
      return all('pink', 'reply', 'critique')
        ? { task: 'revision', pink, grey: grey.name, reply: block('reply') }
        : null;
  }
}

/** `Name` on the first line; names after a colon on the second. */
function subjectIn(block: string): Subject {
  const [name = '', others = ''] = block.split('\n').map((line) => line.trim());
  const colon = others.indexOf(':');
  const aliases = others
    .slice(colon + 1)
    .split(',')
    .map((alias) => alias.trim())
    .filter((alias) => alias !== '');
  return { name, aliases };
}

/** "12 topics", "10 different plans": how many of a kind are asked for. */
function countIn(text: string, kind: string): number {
  const found = new RegExp(`\\b(\\d{1,3}) (?:[a-z-]+ ){0,2}${kind}\\b`).exec(text)?.[1];
  return found === undefined ? usual : Math.max(1, Number(found));
}
