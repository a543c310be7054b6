import type { Place } from '../../contract/problem.js';
import { DocumentFiles } from './document-files.js';
import type { DocumentSchemas } from './document-schemas.js';
import { documentSchemas } from './document-schemas.js';
import type { LoadDeps } from './load-deps.js';
import { Problems } from './problems.js';

/** What the parts of one load share. */
export interface LoadSession {
  deps: LoadDeps;
  files: DocumentFiles;
  problems: Problems;
  schemas: DocumentSchemas;
  /** What a person should hear of what was read. */
  notes: string[];
  /** Takes down the runs that items are made from, where somebody asks. */
  sources?: { named: string; place: Place }[];
}

export function startSession(deps: LoadDeps): LoadSession {
  const problems = new Problems();
  return {
    deps,
    problems,
    files: new DocumentFiles(deps, problems),
    schemas: documentSchemas(deps.registry),
    notes: [],
  };
}
