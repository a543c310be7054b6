import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { buildSync } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../../..');

/** Refuses and reports every connection and name look-up of the process. */
const guard = `
import dns from 'node:dns';
import net from 'node:net';
const refuse = (what) => (...args) => {
  process.stdout.write('TRIED ' + what + ' ' + JSON.stringify(args[0]) + '\\n');
  throw new Error('no network here');
};
net.Socket.prototype.connect = refuse('connect');
dns.lookup = refuse('lookup');
dns.promises.lookup = refuse('lookup');
`;

const program = `
const { promptfoo } = await import('./grader.mjs');
const input = (text) => ({ text, render: (t) => t, lookup: () => undefined, trial: { outputs: {} },
  ask: async () => ({ text: '{"pass": true, "score": 1, "reason": "r"}', finish: 'stop', tokens: null }) });
for (const options of [
  { assertion: { type: 'contains', value: 'a' } },
  { assertion: { type: 'llm-rubric', value: 'a' }, role: 'judge' },
]) {
  const grader = await promptfoo.create({ id: 'g', kind: 'promptfoo', of: 'reply', options });
  process.stdout.write('SCORE ' + (await grader.grade(input('abc'))).value + '\\n');
}
process[Symbol.for('promptfoo.telemetry.instance')].record('eval_ran', {});
await new Promise((resolve) => setTimeout(resolve, 1500));
process.stdout.write('CONTROL\\n');
await fetch('http://127.0.0.1:8099/').catch(() => {});
process.exit(0);
`;

test('nothing leaves the machine while promptfoo grades', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'evalrun-offline-'));
  try {
    buildSync({
      entryPoints: [path.join(root, 'src/kinds/graders/promptfoo.ts')],
      outfile: path.join(folder, 'grader.mjs'),
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'error',
      plugins: [],
      external: ['promptfoo'],
    });
    writeFileSync(path.join(folder, 'guard.mjs'), guard);
    writeFileSync(path.join(folder, 'program.mjs'), program);
    // The package is found from here.
    writeFileSync(
      path.join(folder, 'hooks.mjs'),
      `
import { registerHooks } from 'node:module';
registerHooks({ resolve: (name, context, next) => next(name, name === 'promptfoo' ? { ...context, parentURL: ${JSON.stringify(`file://${root}/index.js`)} } : context) });
`,
    );
    const out = execFileSync(process.execPath, ['--import', './guard.mjs', '--import', './hooks.mjs', 'program.mjs'], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 50_000,
    });
    const [graded, control] = out.split('CONTROL');
    expect(graded).not.toContain('TRIED');
    expect(control).toContain('TRIED connect');
    expect(out.split('\n').filter((line) => line.startsWith('SCORE'))).toEqual(['SCORE 1', 'SCORE 1']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
