import path from 'node:path';
import { type Fidelity, fidelityOf } from '../lib/fidelity.js';
import { jsonLine } from '../lib/json-line.js';
import { type LoadedPersonas, loadPersonas } from '../stages/load/load-personas.js';
import { exitCodes } from './exit-codes.js';
import { evalrunVersion, type Flags, type Invocation, wantsColor } from './invocation.js';
import { fidelityText } from './personas/fidelity-text.js';
import { frozenSet } from './personas/frozen-set.js';
import { type NewFile, writeNew } from './personas/write-new.js';
import { loadDeps } from './prepare.js';

type PersonasFlags = Pick<Flags, 'out' | 'seed' | 'json' | 'quiet'> & { n?: number; html?: string };

/**
 * `evalrun personas CONFIG`: draws the personas of a persona set (or of the one that an eval or a config names), says how true
 * they are to what they were drawn from, and freezes them: people in FILE.jsonl, and the persona set around them, with
 * how they were drawn, in FILE.yaml. Calls no model.
 * @throws EvalrunError FILE_EXISTS, or an AggregateError of all problems of the documents
 */
export async function personas([file = '']: string[], invocation: Invocation): Promise<number> {
  const flags = invocation.flags as PersonasFlags;
  const { n, seed } = flags;
  const deps = { ...loadDeps(invocation), sets: [] };
  const loaded = await loadPersonas(file, deps, {
    ...(n === undefined ? {} : { n }),
    ...(seed === undefined ? {} : { seed }),
  });
  const { population, people } = loaded.draw;
  const fidelity = population === null ? null : fidelityOf(people, population);
  const files = [...frozenFiles(loaded, flags.out), ...(await pageFile({ loaded, fidelity }, flags.html))].map(
    (one) => ({
      ...one,
      file: path.resolve(invocation.cwd, one.name),
    }),
  );
  writeNew(files);
  const names = files.map(({ name }) => name);
  if (flags.json === true) {
    for (const record of jsonRecords(loaded, fidelity, names)) invocation.stdout.write(`${jsonLine(record)}\n`);
  } else if (flags.quiet !== true) {
    const color = wantsColor(invocation, invocation.stdout);
    invocation.stdout.write(fidelityText({ loaded, fidelity }, { columns: invocation.stdout.columns ?? 100, color }));
    if (names.length > 0) invocation.stdout.write(`\nwrote ${names.join(', ')}\n`);
  }
  return exitCodes.complete;
}

/** The two files of a frozen set. Either of them, or the name they share, may be named. */
function frozenFiles(loaded: LoadedPersonas, out: string | undefined): Omit<NewFile, 'file'>[] {
  if (out === undefined) return [];
  const stem = out.replace(/\.(jsonl|ya?ml)$/, '');
  const set = frozenSet(loaded, { table: `${path.basename(stem)}.jsonl`, evalrunVersion });
  return [
    { name: `${stem}.jsonl`, content: set.people },
    { name: `${stem}.yaml`, content: set.document },
  ];
}

async function pageFile(
  shown: { loaded: LoadedPersonas; fidelity: Fidelity | null },
  html: string | undefined,
): Promise<Omit<NewFile, 'file'>[]> {
  if (html === undefined) return [];
  // Loaded where it is asked for: the page's code is large.
  const { fidelityPage } = await import('../kinds/reporters/html/fidelity/fidelity-page.js');
  const { loaded, fidelity } = shown;
  const { id, title, kind, source, draw } = loaded;
  const about = {
    id,
    kind,
    evalrunVersion,
    ...(title === undefined ? {} : { title }),
    ...(source === undefined ? {} : { source }),
  };
  return [{ name: html, content: fidelityPage({ about, draw, fidelity }) }];
}

function* jsonRecords(loaded: LoadedPersonas, fidelity: Fidelity | null, files: string[]): Generator<object> {
  const { draw, ...head } = loaded;
  const { people, facts, population } = draw;
  yield { type: 'personas', ...head, people: people.length, facts, population: population?.title ?? null };
  for (const { categories, ...row } of fidelity?.attributes ?? []) yield { type: 'attribute', ...row, categories };
  for (const { cells: _, ...row } of fidelity?.pairs ?? []) yield { type: 'pair', ...row };
  for (const [rule, draws] of Object.entries(draw.rejected)) yield { type: 'rejected', rule, draws };
  for (const [attribute, why] of Object.entries(draw.absent)) yield { type: 'absent', attribute, why };
  yield { type: 'done', files };
}
