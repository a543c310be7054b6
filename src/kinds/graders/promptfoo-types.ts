import { isPromptfooCodeTrusted } from '../promptfoo-library.js';

/** Assertions that a model decides: asked through a role, so that the calls are recorded and limited like all others. */
const judged = new Set([
  'context-faithfulness',
  'context-recall',
  'context-relevance',
  'conversation-relevance',
  'factuality',
  'g-eval',
  'llm-rubric',
  'model-graded-closedqa',
  'model-graded-factuality',
]);

const needInput = new Set(['factuality', 'g-eval', 'model-graded-closedqa', 'model-graded-factuality']);
const code = /^(?:javascript|python|ruby)$/;
const remote =
  /^(?:webhook|classifier|moderation|pi|answer-relevance|agent-rubric|search-rubric|similar(?::.*)?|promptfoo:.*)$/;
const facts =
  /^(?:cost|latency|perplexity(?:-score)?|finish-reason|guardrails|skill-used|tool-call-f1|trajectory:.*|trace-.*)$/;
const several = /^(?:select-.*|max-score|assert-set|human)$/;

/** An assertion's type without `not-`. */
const baseOf = (type: string): string => type.replace(/^not-/, '');

export const isJudged = (type: string): boolean => judged.has(baseOf(type));
export const isCode = (type: string): boolean => code.test(baseOf(type));
export const needsInput = (type: string): boolean => needInput.has(baseOf(type));

/** Why an assertion type cannot be used here; null if it can. */
export const refusalOf = (type: string): { code: string; message: string; hint: string } | null => {
  const base = baseOf(type);
  if (code.test(base) && !isPromptfooCodeTrusted()) {
    return {
      code: 'PROMPTFOO_CODE',
      message: `promptfoo's "${type}" runs code from this file`,
      hint: 'Code in YAML runs only when the user trusts it; use a "matches" or "judge" grader.',
    };
  }
  if (remote.test(base)) {
    return {
      code: 'PROMPTFOO_TYPE',
      message: `promptfoo's "${type}" would call a service beside the providers of the config`,
      hint: 'Such calls could be neither recorded nor limited; use a "judge" grader, or llm-rubric with a role.',
    };
  }
  if (facts.test(base) || several.test(base)) {
    return {
      code: 'PROMPTFOO_TYPE',
      message: `promptfoo's "${type}" needs more than the text of one reply`,
      hint: several.test(base)
        ? 'Use a "judge" grader in pairwise mode, or several graders.'
        : 'Use an assertion about the text.',
    };
  }
  return null;
};
