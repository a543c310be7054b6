import { resolve } from 'node:path';
import { isTableFile } from '../../tables/table.js';
import { checkEval } from './check-eval.js';
import { checkItems, checkPeople } from './check-ids.js';
import { type OpenDocument, typeOf } from './document-files.js';
import { DOCUMENT_KEYS, type DocumentType } from './document-schemas.js';
import { checkChain } from './load-chain.js';
import { loadConfigIn } from './load-config.js';
import type { LoadDeps } from './load-deps.js';
import { type LoadSession, startSession } from './load-session.js';
import { tuneOf } from './load-tune.js';
import { openEval } from './open-eval.js';
import { peopleOf } from './open-people.js';
import { suiteOf } from './open-suite.js';
import { validate } from './validate.js';

/** What `evalrun check` found to be in order. */
export interface CheckedFile {
  type: DocumentType;
  /** Every file that was read, as the user would name it → SHA-256 of its text, 64 hex digits. */
  sources: Map<string, string>;
}

/**
 * Checks a document of any type, with all documents that it names.
 * @throws AggregateError of EvalrunErrors: all problems of all files
 */
export async function checkFile(file: string, deps: LoadDeps): Promise<CheckedFile> {
  const session = startSession(deps);
  const path = resolve(deps.cwd, file);
  if (isTableFile(path)) {
    const message = `${file} is a table, which is checked with the document that names it`;
    const hint = 'check the eval, prompt suite or persona set that it belongs to';
    session.problems.add('WRONG_DOCUMENT', { file, line: 1, column: 1 }, message, hint);
    session.problems.throwIfAny();
  }
  const opened = await session.files.openAny(path, undefined);
  const type = opened === null ? undefined : typeOf(opened.part.value);
  if (opened !== null && type === undefined) {
    const keys = Object.keys(DOCUMENT_KEYS).map((key) => `${key}:`);
    const hint = `one of these keys tells the type: ${keys.join(' ')}`;
    session.problems.add(
      'WRONG_DOCUMENT',
      opened.part.place([]),
      `${opened.source.file} is no document of evalrun`,
      hint,
    );
  }
  if (opened !== null && type !== undefined) await checkDocument(session, opened, { type, path, file });
  session.problems.throwIfAny();
  return { type: type!, sources: session.files.digests };
}

async function checkDocument(
  session: LoadSession,
  opened: OpenDocument,
  what: { type: DocumentType; path: string; file: string },
): Promise<void> {
  const { problems, schemas } = session;
  if (what.type === 'config') {
    await loadConfigIn(session, what.path, what.file);
    return;
  }
  if (what.type === 'chain') {
    await checkChain(session, opened, what.file);
    return;
  }
  if (what.type === 'eval') {
    checkEval(await openEval(session, opened.part, opened.folder), session.deps.registry, problems);
    return;
  }
  if (what.type === 'tune') {
    await tuneOf(session, opened);
    return;
  }
  validate(schemas[what.type], opened.part, problems);
  if (what.type === 'prompts') checkItems(await suiteOf(session, opened.part, opened.folder), problems);
  if (what.type === 'personas') checkPeople(await peopleOf(session, opened.part, opened.folder), problems);
}
