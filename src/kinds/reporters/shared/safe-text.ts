/**
 * Text of models and of data files, made harmless for the three places it can reach. All three leave printable text
 * as it is; none of them interprets anything.
 */

// CSI, OSC, DCS and the like, with their bodies; then single escapes.
const escapeSequence =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]P^_X]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const control = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const shownControl = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/g;

/** One line for a terminal: escape sequences and control and direction characters removed, line breaks as spaces. */
export function terminalText(text: string): string {
  return text
    .replace(/[\r\n\t]+/g, ' ')
    .replace(escapeSequence, '')
    .replace(control, '')
    .toWellFormed();
}

/** The same number of UTF-16 units, with control characters shown as their pictures (`␛`) or as `�`. */
export function visibleText(text: string): string {
  return text.replace(shownControl, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '␡' : '�';
  });
}

/** Content for an element or attribute of XML 1.0: what XML cannot hold is removed, the rest escaped. */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(escapeSequence, '')
    .replace(notXml, '')
    .replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
