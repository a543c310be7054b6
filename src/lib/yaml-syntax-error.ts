import type { YAMLError } from 'yaml';
import { EvalrunError, type Place } from '../contract/problem.js';

const HINTS: Record<string, string> = {
  TAB_AS_INDENT: 'indent with spaces',
  BAD_INDENT: 'check the indentation of this line and the brackets above it',
  BAD_DQ_ESCAPE: 'in double quotes a backslash starts an escape; use single quotes or |- for text with backslashes',
  BAD_SCALAR_START: 'put the text in quotes',
  MULTILINE_IMPLICIT_KEY: 'a text with ": " in it needs quotes, or start it on its own line after >-',
  BLOCK_AS_IMPLICIT_KEY: 'a text with ": " in it needs quotes, or start it on its own line after >-',
  UNEXPECTED_TOKEN: 'put text that holds special characters in quotes',
  MISSING_CHAR: 'close the quote or bracket that is open here, or put a space after the colon',
};

/** Turns an error of the YAML parser into a problem: DUPLICATE_KEY, MULTIPLE_DOCUMENTS, UNKNOWN_TAG or YAML_SYNTAX. */
export function yamlSyntaxError(error: YAMLError, text: string, place: (offset: number) => Place): EvalrunError {
  const [start, end] = error.pos;
  const where = place(start);
  switch (error.code) {
    case 'DUPLICATE_KEY': {
      const key = /^(?:"[^"\n]*"|'[^'\n]*'|[^:\n]*)/.exec(text.slice(start, start + 200))?.[0].trim() ?? '';
      return new EvalrunError('DUPLICATE_KEY', `the key ${key} occurs twice in the same mapping`, {
        where,
        hint: 'keep one of the two',
      });
    }
    case 'MULTIPLE_DOCS':
      return new EvalrunError('MULTIPLE_DOCUMENTS', 'the file holds more than one YAML document', {
        where,
        hint: 'put each document into its own file; "---" separates documents',
      });
    case 'TAG_RESOLVE_FAILED':
      return new EvalrunError('UNKNOWN_TAG', `the tag ${text.slice(start, end)} is not supported`, {
        where,
        hint: 'leave the tag out; put text that starts with "!" in quotes',
      });
    default: {
      const hint = HINTS[error.code];
      return new EvalrunError('YAML_SYNTAX', error.message, { where, ...(hint === undefined ? {} : { hint }) });
    }
  }
}
