import type { GraderCheck, WrittenValue } from '../../contract/grader-kind.js';
import { EvalrunError } from '../../contract/problem.js';
import { nameFault, namesOf } from '../../lib/entities.js';
import { readMentions } from '../../lib/mention-sense.js';
import { type Entity, findMentions } from '../../lib/mentions.js';
import { entitiesOf } from './mention-entities.js';

/** Where the entities of the cells are, and what must not name them. */
export interface EntityPaths {
  entity: string;
  each?: string | undefined;
  language?: string | undefined;
  /** Of an entity that must be told apart from the first. */
  apart?: string | undefined;
  /** Of a conversation whose last turn alone may name it. */
  fresh?: string | undefined;
  /** Of a text that must not name it. */
  notIn?: string | undefined;
}

/** An entity with its place inside the value that holds it. */
interface Placed {
  entity: Entity;
  at: (string | number)[];
}

/**
 * Reports entities of the data that can be scored by no rule: no entity at all, one whose name stands inside the other
 * entity's name, one that earlier turns or another text of its item name already.
 * Compared are values of the same item (or arm): paths with another root than `entity` are left alone.
 */
export function checkEntities(paths: EntityPaths, check: GraderCheck): void {
  const others = (['apart', 'fresh', 'notIn'] as const).map((key) => {
    const path = paths[key];
    return new Map<number, WrittenValue>(
      path === undefined || rootOf(path) !== rootOf(paths.entity)
        ? []
        : [...check.values(path)].map((one) => [one.index, one]),
    );
  });
  const languages = new Map(
    paths.language !== undefined && rootOf(paths.language) === rootOf(paths.entity)
      ? [...check.values(paths.language)].map(({ index, value }) => [index, value])
      : [],
  );
  for (const written of check.values(paths.entity)) {
    const language = languages.get(written.index) ?? (paths.language?.includes('.') ? undefined : paths.language);
    const placed = placedIn(written, paths);
    const inLanguage = placed.map(({ entity, at }) => ({
      entity: typeof language === 'string' ? { language, ...entity } : entity,
      at,
    }));
    const [apart, fresh, notIn] = others.map((values) => values.get(written.index));
    for (const one of inLanguage) {
      if (!canBeLookedFor(one, written)) continue;
      if (apart !== undefined) checkApart(one, written, apart);
      if (fresh !== undefined) checkFresh(one.entity, fresh);
      if (notIn !== undefined) checkNotIn(one.entity, notIn);
    }
  }
}

const rootOf = (path: string): string => path.split('.')[0]!.trim();

/** The entities of a value; a problem, and none, where it holds something else. */
function placedIn(written: WrittenValue, { entity, each }: EntityPaths): Placed[] {
  try {
    const entities = entitiesOf(written.value, { at: entity, each });
    const listed = Array.isArray(written.value) && each === undefined;
    return entities.map((one, i) => ({ entity: one, at: listed ? [i] : [] }));
  } catch (error) {
    if (!(error instanceof EvalrunError)) throw error;
    written.problem(error.code, [], `${written.owner}: ${error.message}`, error.hint);
    return [];
  }
}

function canBeLookedFor({ entity, at }: Placed, written: WrittenValue): boolean {
  const fault = nameFault(entity);
  if (fault !== null) written.problem(fault.code, at, `${written.owner}: ${fault.message}`, fault.hint);
  return fault === null;
}

/** An alias inside a name of the other entity would be found wherever a reply stays on that one. */
function checkApart({ entity, at }: Placed, written: WrittenValue, apart: WrittenValue): void {
  const names = namesOf(entity);
  for (const other of otherNames(apart)) {
    for (const [i, name] of names.entries()) {
      const { language } = entity;
      if (findMentions(other, { name, ...(language === undefined ? {} : { language }) }).length === 0) continue;
      const own = at.length === 0 ? written.value : (written.value as unknown[])[at[0] as number];
      const inner = typeof own === 'string' || Array.isArray(own) ? [] : i === 0 ? ['name'] : ['aliases', i - 1];
      written.problem(
        'ENTITIES_OVERLAP',
        [...at, ...inner],
        `${written.owner}: "${name}" stands inside "${other}", so a reply about the one counts as naming the other`,
        'leave the alias out, or choose another pair',
      );
    }
  }
}

const otherNames = ({ value }: WrittenValue): string[] => {
  try {
    return entitiesOf(value, { at: 'apart' }).flatMap(namesOf);
  } catch {
    return [];
  }
};

/** The first turn before the last that names the entity. */
function checkFresh(entity: Entity, fresh: WrittenValue): void {
  if (!Array.isArray(fresh.value)) {
    fresh.problem('WRONG_TYPE', [], `${fresh.owner}: "fresh" looks for a list of turns here`, 'e.g. [{user: "…"}]');
    return;
  }
  for (const [i, turn] of fresh.value.slice(0, -1).entries()) {
    const [speaker, text] = Object.entries((turn ?? {}) as object)[0] ?? [];
    if (speaker === undefined || typeof text !== 'string') continue;
    const [span] = readMentions(text, entity).explicit;
    if (span === undefined) continue;
    fresh.problem(
      'ENTITY_NOT_FRESH',
      [i, speaker],
      `${fresh.owner}: this turn names ${entity.name} ("${text.slice(span.start, span.end)}") before the last one raises it`,
      'reword the turn, so that the last turn of the user is the first to name it',
    );
    return;
  }
}

function checkNotIn(entity: Entity, { value, owner, problem }: WrittenValue): void {
  if (typeof value !== 'string') {
    problem('WRONG_TYPE', [], `${owner}: "notIn" looks for a text here`, 'name the path of a text');
    return;
  }
  if (findMentions(value, entity).length === 0) return;
  problem(
    'ENTITY_IN_DOMAIN',
    [],
    `${owner}: "${value}" itself names ${entity.name}, so whatever stays within it does too`,
    'name the domain more widely, or choose another entity',
  );
}
