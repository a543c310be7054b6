import type { Message } from '../../../contract/message.js';
import { BoundedCache } from '../../../lib/bounded-cache.js';

/** One field of the JSON object that a request asks for. */
export interface Field {
  name: string;
  /** Allowed values, where the request lists them (`<one of: a | b>`). */
  choices: string[] | null;
  /** The place of the value holds a bare number or says that it is one. */
  numeric: boolean;
}

const formats = new BoundedCache<Field[]>(256);

/** The JSON object that the messages ask for; null if they ask for plain text. What stands inside a submission asks for nothing. */
export function readFormat(messages: readonly Message[]): Field[] | null {
  for (const role of ['system', 'user'] as const) {
    for (let index = messages.length - 1; index >= 0; index--) {
      const message = messages[index]!;
      if (message.role !== role) continue;
      const fields = fieldsIn(message.content, role === 'user');
      if (fields !== null) return fields;
    }
  }
  return null;
}

/** In a user's message only an explicit request for JSON counts. */
function fieldsIn(content: string, explicit: boolean): Field[] | null {
  const start = content.lastIndexOf('{"');
  if (start < 0) return null;
  const rest = content.slice(start);
  if (/<\/\w+>/.test(rest) || (explicit && !/\bjson\b/i.test(content.slice(Math.max(0, start - 200), start))))
    return null;
  const known = formats.get(rest);
  if (known !== undefined) return known;
  const fields: Field[] = [];
  for (const match of rest.matchAll(/"([\w -]+)"\s*:\s*("(?:[^"\\]|\\.)*"|[^,}"]+)/g)) {
    const value = match[2]!;
    const listed =
      /one of:?\s*([^<>]*)/i.exec(value)?.[1] ?? (value.includes(' | ') ? value.replaceAll(/["<>]/g, '') : undefined);
    const choices =
      listed
        ?.split('|')
        .map((choice) => choice.trim().replaceAll('"', ''))
        .filter((choice) => choice !== '') ?? null;
    fields.push({ name: match[1]!, choices, numeric: /\d|number|integer/i.test(value) && choices === null });
  }
  formats.set(rest, fields);
  return fields.length === 0 ? null : fields;
}
