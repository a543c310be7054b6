import type { KeyedRandom } from '../../../lib/rng.js';
import { type Attributes, type Condition, readCondition } from './condition.js';
import type { DataNode } from './data-node.js';
import { PROVENANCE_KEYS, RateTable, readProvenance } from './rate-table.js';
import { TextList } from './text-list.js';

/** What gives one attribute's text for a person; undefined: the person goes without. */
export interface Composer {
  draw(person: Attributes, random: KeyedRandom): string | undefined;
}

/** People whom an attribute is for, and what the others get. */
class Audience {
  static readonly keys = ['among', 'otherwise', 'invented', ...PROVENANCE_KEYS];
  readonly #among: Condition | undefined;
  readonly otherwise: string | undefined;

  constructor(node: DataNode) {
    readProvenance(node);
    const among = node.optional('among');
    this.#among = among && readCondition(among);
    this.otherwise = node.optional('otherwise')?.text();
  }

  covers(person: Attributes): boolean {
    return this.#among?.(person) ?? true;
  }
}

/** One text of a list of our own. Document: `texts`, beside provenance, `among` and `otherwise`. */
export class ListedText implements Composer {
  readonly texts: TextList;
  readonly #audience: Audience;

  constructor(node: DataNode) {
    node.entries(['texts', ...Audience.keys]);
    this.#audience = new Audience(node);
    this.texts = new TextList(node.required('texts'));
  }

  draw(person: Attributes, random: KeyedRandom): string | undefined {
    const covered = this.#audience.covers(person);
    return (covered ? this.texts.draw(person, random) : undefined) ?? this.#audience.otherwise;
  }
}

/**
 * A sentence of several parts. Document: `parts`, each a list of `{when, texts}` of which the first that a person meets
 * gives one of its texts. Parts are joined by `; ` in their order.
 */
export class ComposedText implements Composer {
  readonly #audience: Audience;
  readonly #parts: { meets: Condition | undefined; texts: TextList }[][];

  constructor(node: DataNode) {
    node.entries(['parts', ...Audience.keys]);
    this.#audience = new Audience(node);
    this.#parts = (node.required('parts')?.items() ?? []).map((part) =>
      part.items().map((choice) => {
        choice.entries(['when', 'texts']);
        const when = choice.optional('when');
        return { meets: when && readCondition(when), texts: new TextList(choice.required('texts')) };
      }),
    );
  }

  draw(person: Attributes, random: KeyedRandom): string | undefined {
    if (!this.#audience.covers(person)) return this.#audience.otherwise;
    const texts = this.#parts.flatMap(
      (part) => part.find(({ meets }) => meets?.(person) ?? true)?.texts.draw(person, random) ?? [],
    );
    return texts.length === 0 ? this.#audience.otherwise : capitalised(texts.join('; '));
  }
}

/**
 * Leisure of a person: activities drawn by published rates, each worded by one of our texts. Document: `activities`
 * (a rate table), `count`, `texts` (activity → list), and `children` (a list for those whom the rates do not cover).
 */
export class PersonalTime implements Composer {
  readonly activities: RateTable;
  readonly #count: number;
  readonly #texts: Map<string, TextList>;
  readonly #children: ListedText | undefined;

  constructor(node: DataNode) {
    node.entries(['activities', 'count', 'texts', 'children']);
    this.activities = new RateTable(node.required('activities') ?? node);
    this.#count = node.required('count')?.number(1, this.activities.values.length) ?? 1;
    const texts = node.required('texts')?.entries(this.activities.values) ?? [];
    this.#texts = new Map(texts.map(([activity, list]) => [activity, new TextList(list)]));
    for (const activity of this.activities.values) {
      if (!this.#texts.has(activity)) node.fail('MISSING_KEY', `texts needs the activity ${activity}`);
    }
    const children = node.optional('children');
    this.#children = children && new ListedText(children);
  }

  draw(person: Attributes, random: KeyedRandom): string | undefined {
    if (!this.activities.covers(person)) return this.#children?.draw(person, random) ?? this.activities.otherwise;
    const activities = this.activities.drawSeveral(person, random, this.#count);
    const texts = activities.flatMap((activity) => this.#texts.get(activity)?.draw(person, random) ?? []);
    return capitalised(listed(texts));
  }
}

/**
 * Political views as one sentence: party, then stances on some issues, each drawn by its published shares. Document:
 * `openings` (texts with conditions), `count`, and `issues`, rate tables whose values are phrases.
 */
export class PoliticalViews implements Composer {
  readonly issues: RateTable[];
  readonly #audience: Audience;
  readonly #openings: TextList;
  readonly #count: number;

  constructor(node: DataNode) {
    node.entries(['openings', 'count', 'issues', ...Audience.keys]);
    this.#audience = new Audience(node);
    this.#openings = new TextList(node.required('openings'));
    this.issues = (node.required('issues')?.items() ?? []).map((issue) => new RateTable(issue));
    this.#count = node.required('count')?.number(0, this.issues.length) ?? 0;
  }

  draw(person: Attributes, random: KeyedRandom): string | undefined {
    if (!this.#audience.covers(person)) return this.#audience.otherwise;
    const left = [...this.issues];
    const stances: string[] = [];
    while (stances.length < this.#count && left.length > 0) {
      const [issue] = left.splice(random.below(left.length), 1);
      const stance = issue?.draw(person, random);
      if (stance !== undefined) stances.push(stance);
    }
    const opening = this.#openings.draw(person, random);
    const parts = [opening, stances.length === 0 ? undefined : listed(stances)].filter((part) => part !== undefined);
    return parts.length === 0 ? this.#audience.otherwise : `${capitalised(parts.join('; '))}.`;
  }
}

/** `a`, `a and b`, `a, b and c`. */
function listed(texts: string[]): string {
  return texts.length < 2 ? (texts[0] ?? '') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
