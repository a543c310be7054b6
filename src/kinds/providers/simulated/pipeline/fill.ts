/** A text with each `{name}` replaced by its value; values are never read again. */
export const fill = (text: string, values: { readonly [name: string]: string }): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
