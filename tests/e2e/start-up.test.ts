import { writeFileSync } from 'node:fs';
import { afterAll, expect, test } from '@jest/globals';
import { runCli } from '../support/cli.js';
import { scratch } from '../support/demo-eval.js';

const space = scratch();
afterAll(() => space.remove());

const PLAIN = `run:
  eval: plain
  title: Plain
  items: [{id: one, text: Hello}]
  arms: {base: {}}
  steps: [{id: reply, messages: [{user: "{{ item.text }}"}]}]
  graders: [{id: hello, kind: matches, of: reply, contains: hello}]
  metrics: [{id: hello_rate, kind: rate, of: hello, better: higher}]
providers: [{provider: model, kind: simulated}]
reports: [terminal, {kind: html, transcripts: 5}]
`;

/** Names on stderr, at the end, the files that were loaded by `require`: packages that wait are. */
const watcher = `
  import module from 'node:module';
  process.on('exit', () => process.stderr.write(Object.keys(module._cache).map((file) => 'loaded ' + file + '\\n').join('')));`;
const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(watcher)}` };

/** Waiting packages that checking a config loaded, by the names of their files. */
async function loadedBy(config: string): Promise<string[]> {
  writeFileSync(space.file('config.yaml'), config);
  const { stderr } = await runCli(['check', 'config.yaml'], { cwd: space.root, env });
  return [...stderr.matchAll(/^loaded .*[/\\]lazy[/\\](\w+)\.cjs$/gm)].map(([, name]) => name!).sort();
}

test('checking a plain config loads none of the packages that can wait, and compiles no schema', async () => {
  expect(await loadedBy(PLAIN)).toEqual([]);
});

test('what is used is loaded', async () => {
  expect(await loadedBy(PLAIN.replace('contains: hello', 'regex: hel+o'))).toEqual(['regex']);
  expect(await loadedBy(PLAIN.replace('{{ item.text }}', '{{ item.text | upcase }}'))).toEqual(['templates']);
  expect(await loadedBy(PLAIN.replace('title: Plain', 'titel: Plain'))).toEqual(['ajv']);
});
