import { EvalrunError } from '../contract/problem.js';
import { nearestHint } from './nearest.js';

interface EngineError {
  message: string;
  token?: { getPosition?(): number[]; getText?(): string };
}

/** Turns the engine's error into a TEMPLATE_SYNTAX problem placed within the template. */
export function templateSyntaxError(error: unknown, filters: readonly string[], tags: readonly string[]): EvalrunError {
  const { message, token } = error as EngineError;
  const [line = 1, column = 1] = token?.getPosition?.() ?? [];
  const said = message.replace(/, line:\d+, col:\d+$/, '');
  const filter = /undefined filter: (\S+)/.exec(said)?.[1];
  const tag = /tag "(\S+)" not found/.exec(said)?.[1];
  const hint =
    filter !== undefined
      ? nearestHint(filter, filters, 'filters')
      : tag !== undefined
        ? nearestHint(tag, [...tags, ...tags.map((name) => `end${name}`)], 'tags')
        : 'templates hold {{ path }}, {{ path | filter }}, {% if path %}…{% endif %}, {% for x in path %}…{% endfor %}';
  const what =
    filter !== undefined
      ? `unknown filter "${filter}"`
      : tag !== undefined
        ? `unknown or misplaced tag "${tag}"`
        : said;
  return new EvalrunError('TEMPLATE_SYNTAX', `template: ${what}`, {
    where: { file: '', line, column },
    ...(hint === undefined ? {} : { hint }),
    cause: error,
  });
}
