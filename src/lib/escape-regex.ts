/** The text as a literal of a JavaScript regular expression, with any flags. */
export const escapeRegex = (text: string): string =>
  text.replace(/[\\^$.*+?()[\]{}|/&\-~!#%,:;<=>@`'"]/g, (sign) =>
    /[\\^$.*+?()[\]{}|/]/.test(sign) ? `\\${sign}` : `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
