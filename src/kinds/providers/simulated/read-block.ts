/** What stands between `<name>` and `</name>`, trimmed; undefined if the text has no such block. */
export function blockIn(text: string, name: string): string | undefined {
  const open = text.indexOf(`<${name}>`);
  if (open < 0) return undefined;
  const start = open + name.length + 2;
  const end = text.indexOf(`</${name}>`, start);
  return end < 0 ? undefined : text.slice(start, end).trim();
}
