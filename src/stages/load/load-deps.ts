import type { Env } from '../../contract/provider-kind.js';
import type { Registry } from '../../contract/registry.js';
import type { OpenSourceRun } from './source-run.js';

/** What loading may use of the world. */
export interface LoadDeps {
  /** Content of a file. @throws an error with `code: 'ENOENT'` where there is none. */
  read(path: string): Promise<string | Uint8Array> | string | Uint8Array;
  /** Names in a folder, for hints; [] where it does not exist. */
  list?(folder: string): Promise<string[]> | string[];
  /** Opens a finished run whose cells become items. Absent: there are none to be found. */
  openSourceRun?: OpenSourceRun;
  /** A run that items are made from may still have to be made: it is no problem that it is not there. */
  sourceRunsMayCome?: boolean;
  registry: Registry;
  env: Env;
  /** Folder that holds `providers/` of the package. */
  shippedFolder: string;
  cwd: string;
  /** `--set path=value`, in order; values are YAML. */
  sets?: readonly { path: string; value: string }[];
  /** `--provider`: only these are tested. */
  providerIds?: readonly string[];
  /** `--role judge=ID`: goes before the config's roles. */
  roleIds?: { readonly [role: string]: string };
}
