import path from 'node:path';
import type { TrainingFile, TuningOrder } from '../../contract/trainer-kind.js';
import type { LoadedTune } from '../../stages/load/load-tune.js';
import type { Invocation } from '../invocation.js';

/** A tuning with everything that is asked of it. */
export interface TuneTask {
  loaded: LoadedTune;
  order: TuningOrder;
  /** Absolute: where its state and files are. */
  folder: string;
  /** What a person types to go on with it. */
  command: string;
}

const quoted = (word: string): string => (/^[\w./=:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** @param config the document as the user named it */
export function tuneTask(
  loaded: LoadedTune,
  files: readonly TrainingFile[],
  config: string,
  { cwd, flags }: Invocation,
): TuneTask {
  const { id, model, base, options } = loaded;
  const words = [config, ...(flags.out === undefined ? [] : ['--out', flags.out])];
  return {
    loaded,
    order: { tune: id, model, base, options, files },
    folder: path.resolve(cwd, flags.out ?? path.join('reports', 'tune', id)),
    command: ['evalrun tune', ...words.map(quoted)].join(' '),
  };
}
