import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What the config of a small eval may differ in; keys of the document itself go in as they are. */
export interface DemoShape {
  /** Number of items. */
  items?: number;
  /** Keys that take the place of the eval's own. */
  eval?: object;
  /** Keys that take the place of the config's own. */
  config?: object;
}

/** A folder of its own, with a clean-up. */
export function scratch(): { root: string; file(...parts: string[]): string; remove(): void } {
  const root = mkdtempSync(path.join(tmpdir(), 'evalrun-e2e-'));
  return {
    root,
    file: (...parts) => path.join(root, ...parts),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Writes a document; JSON is YAML. */
export function writeDocument(file: string, document: object): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(document, null, 2));
  return file;
}

/** What item `index` asks; no two are alike. */
export const question = (index: number): string => `Should town ${index} pay for a second library?`;

/** An OpenAI-like provider at the test's server, whose address comes by EVALRUN_TEST_URL. */
export const mockProvider = (id = 'mock', more: object = {}): object => ({
  provider: id,
  kind: 'openai',
  model: id,
  baseUrl: 'http://127.0.0.1:9/v1',
  baseUrlEnv: 'EVALRUN_TEST_URL',
  ...more,
});

/** Asks each item in two arms, once, and looks for the echo in the reply. */
export const demoEval = ({ items = 3, eval: changes = {} }: DemoShape = {}): object => ({
  eval: 'demo',
  title: 'Does the reply echo the question?',
  items: Array.from({ length: items }, (_unused, index) => ({
    id: `q${index}`,
    text: question(index),
    topic: index % 2 === 0 ? 'even' : 'odd',
  })),
  arms: { plain: {}, terse: { instruction: 'Be brief.' } },
  steps: [
    {
      id: 'reply',
      messages: [{ system: '{{ arm.instruction }}', when: 'arm.instruction' }, { user: '{{ item.text }}' }],
    },
  ],
  graders: [{ id: 'echoed', kind: 'matches', of: 'reply', contains: 'ECHO' }],
  metrics: [{ id: 'echo_rate', kind: 'rate', of: 'echoed', better: 'higher', by: ['item.topic'] }],
  contrasts: [{ name: 'brevity', metric: 'echo_rate', of: 'terse', against: 'plain' }],
  ...changes,
});

/** Runs it, and writes report.json alone. */
export const demoConfig = (shape: DemoShape = {}): object => ({
  run: demoEval(shape),
  providers: [mockProvider()],
  reports: ['json'],
  ...shape.config,
});

/** A judge of the replies, asked through the role `judge`. */
export const judgeGrader = {
  id: 'fits',
  kind: 'judge',
  role: 'judge',
  of: 'reply',
  verdicts: { yes: 1, no: 0 },
  messages: [{ user: 'Question: {{ item.text }}\nAnswer: {{ submission }}\nIs it an answer?' }],
};
