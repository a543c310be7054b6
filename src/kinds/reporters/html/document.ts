import { createHash } from 'node:crypto';

/** Parts of a document. `body` is markup that has been escaped already; the data are inert. */
export interface DocumentParts {
  title: string;
  style: string;
  script: string;
  body: string;
  /** JSON for the script, by element id. */
  data: { [id: string]: unknown };
  /** Base64 of packed transcripts. */
  chunks: string[];
}

/**
 * One HTML file that needs nothing else. Its policy allows this one style and this one script, by their SHA-256, and
 * nothing that loads, sends, frames or writes markup.
 */
export function htmlDocument({ title, style, script, body, data, chunks }: DocumentParts): string {
  const policy = [
    "default-src 'none'",
    `script-src '${sha256(script)}'`,
    `style-src '${sha256(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  return [
    '<!doctype html>\n<html lang="en" data-theme="auto">\n<head>\n<meta charset="utf-8">\n',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">\n`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n',
    '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n',
    `<title>${escapeText(title)}</title>\n<style>${style}</style>\n</head>\n<body>\n${body}\n`,
    ...Object.entries(data).map(
      ([id, value]) => `<script type="application/json" id="${id}">${inertJson(value)}</script>\n`,
    ),
    ...chunks.map((chunk) => `<script type="text/plain" class="chunk">${chunk}</script>\n`),
    `<script>${script}</script>\n</body>\n</html>\n`,
  ].join('');
}

function sha256(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}

function escapeText(text: string): string {
  return text.toWellFormed().replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** JSON that cannot end the element it stands in. */
function inertJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
