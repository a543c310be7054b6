/** Shorter values would hit ordinary words; no real key is that short. */
const shortestSecret = 6;

/**
 * Makes a function that takes secrets out of a text: each value as it is, URL-encoded and in base64.
 * @param secrets name → value; empty and very short values are left alone
 */
export function createRedactor(secrets: { [name: string]: string | undefined }): (text: string) => string {
  const forms: [string, string][] = [];
  for (const [name, value] of Object.entries(secrets)) {
    if (value === undefined || value.length < shortestSecret) continue;
    const encoded = [
      value,
      JSON.stringify(value).slice(1, -1),
      encodeURIComponent(value),
      Buffer.from(value).toString('base64'),
      Buffer.from(value).toString('base64url'),
    ];
    for (const form of new Set(encoded)) forms.push([form, `[${name}]`]);
  }
  forms.sort(([a], [b]) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const [form, mark] of forms) if (clean.includes(form)) clean = clean.replaceAll(form, mark);
    return clean;
  };
}
