import { type Attributes, type Condition, readCondition } from './condition.js';
import { DataNode } from './data-node.js';

/** What cannot stand together in one person. */
export interface Rule {
  /** Id, unique within its file; rejected draws are counted under it. */
  id: string;
  why: string;
  /** True for a person who breaks the rule: one that meets everything the rule forbids together. */
  broken: Condition;
}

/**
 * Reads a rules file: a list `rules` of `{rule, why, forbid}`, where `forbid` is a condition (see `readCondition`).
 *
 * @param file how problems name the file
 * @throws EvalrunError, or an AggregateError of several, with the place of each fault
 */
export function readRules(text: string, file = 'rules.yaml'): Rule[] {
  return DataNode.read(file, text, (root) => {
    root.entries(['rules', 'source', 'licence', 'asOf', 'note']);
    const seen = new Set<string>();
    return (root.required('rules')?.items() ?? []).map((node) => readRule(node, seen));
  });
}

/** The first rule that a person breaks; null if there is none. Attributes that are missing break no rule. */
export function brokenRule(rules: readonly Rule[], attributes: Attributes): string | null {
  for (const rule of rules) if (rule.broken(attributes)) return rule.id;
  return null;
}

function readRule(node: DataNode, seen: Set<string>): Rule {
  node.entries(['rule', 'why', 'forbid']);
  const name = node.required('rule');
  const id = name?.text() ?? '';
  if (seen.has(id)) name?.fail('DUPLICATE_ID', `there are two rules ${id}`);
  seen.add(id);
  const why = node.required('why')?.text() ?? '';
  const forbid = node.required('forbid');
  return { id, why, broken: forbid === undefined ? () => false : readCondition(forbid) };
}
