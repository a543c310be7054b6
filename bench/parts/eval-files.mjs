import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const subjects = [
  'the old bridge',
  'a second library',
  'the night bus',
  'school meals',
  'the river bank',
  'street lamps',
  'the market hall',
];

/** What cell `index` asks about; no two are alike. */
export const questionText = (index) => `town ${index}, pay for ${subjects[index % subjects.length]}?`;
/** The whole user message, the same for evalrun, the floor and promptfoo. */
export const promptOf = (text) => `Answer briefly: ${text}`;

export const mockModel = 'mock-model';

const write = (folder, name, lines) => {
  const file = path.join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
};

/** Writes the suite as a table of JSON Lines, the way for many items, or as YAML; returns the name of the file. */
function writeQuestions(folder, count, asYaml) {
  if (!asYaml) {
    const rows = Array.from({ length: count }, (_, at) => JSON.stringify({ id: `q${at}`, text: questionText(at) }));
    return path.basename(write(folder, 'items.jsonl', rows));
  }
  const rows = Array.from({ length: count }, (_, at) => `  - {id: q${at}, text: "${questionText(at)}"}`);
  return path.basename(write(folder, 'questions.yaml', ['prompts: questions', 'licence: MIT', 'items:', ...rows]));
}

/** Items × arms × repeats of a matrix with so many cells. `arms` keeps prompts distinct, `repeats` asks them again. */
const shapes = {
  items: (cells) => ({ items: cells, arms: 1, repeats: 1 }),
  'yaml-items': (cells) => ({ items: cells, arms: 1, repeats: 1 }),
  arms: (cells) => ({ items: Math.ceil(cells / 100), arms: 100, repeats: 1 }),
  repeats: (cells) => ({ items: Math.ceil(cells / 100), arms: 1, repeats: 100 }),
};

/**
 * Writes an eval with one call and one `mentions` score a cell, against an OpenAI-compatible server.
 * @param shape items (every cell its own item, in a table), yaml-items (the same in YAML), arms or repeats
 * @returns path of the config
 */
export function writeChatEval(
  folder,
  { cells, baseUrl, concurrency, shape = 'items', reports = ['terminal', 'json', 'html'], retries = 7 },
) {
  if (!(shape in shapes)) throw new Error(`there is no shape ${shape}: ${Object.keys(shapes).join(', ')}`);
  mkdirSync(folder, { recursive: true });
  const matrix = shapes[shape](cells);
  const arms =
    matrix.arms === 1
      ? ['    plain: {}']
      : Array.from({ length: matrix.arms }, (_, at) => `    arm-${at}: {note: " (${at})"}`);
  const items = writeQuestions(folder, matrix.items, shape === 'yaml-items');
  write(folder, 'mock.yaml', [
    'provider: mock',
    'kind: openai',
    `model: ${mockModel}`,
    `baseUrl: ${baseUrl}`,
    'sampling: {temperature: 0}',
    `limits: {concurrency: ${concurrency}, retries: ${retries}}`,
  ]);
  return write(folder, 'config.yaml', [
    'run:',
    '  eval: bench',
    '  title: Does the reply echo the question?',
    `  items: ${items}`,
    '  arms:',
    ...arms,
    '  steps:',
    '    - id: reply',
    '      role: subject',
    '      messages:',
    `        - user: "${promptOf('{{ item.text }}')}${matrix.arms === 1 ? '' : '{{ arm.note }}'}"`,
    '  graders:',
    '    - {id: echoed, kind: mentions, of: reply, entity: {name: ECHO}}',
    '  metrics:',
    '    - {id: echo_rate, kind: rate, of: echoed, better: lower}',
    'providers: [mock.yaml]',
    `repeats: ${matrix.repeats}`,
    `reports: [${reports.join(', ')}]`,
  ]);
}

const education = ['High school diploma', "Bachelor's degree", "Master's degree"];
const ideology = ['Liberal', 'Moderate', 'Conservative', 'Libertarian'];

/**
 * Writes an eval on the simulated provider: people × questions × 4 arms, every call its own, one `mentions` score a cell.
 * @returns path of the config
 */
export function writeSimulatedEval(folder, { people, questions, concurrency, reports = ['terminal', 'json', 'html'] }) {
  mkdirSync(folder, { recursive: true });
  write(folder, 'people.yaml', [
    'personas: people',
    'licence: MIT',
    'people:',
    ...Array.from({ length: people }, (_, at) => {
      const attributes = `age: ${18 + (at % 70)}, sex: ${at % 2 === 0 ? 'Female' : 'Male'}, education: "${education[at % 3]}", ideology: ${ideology[at % 4]}, town: "Town ${at}"`;
      return `  - {id: p${at}, attributes: {${attributes}}}`;
    }),
  ]);
  const items = writeQuestions(folder, questions, true);
  return write(folder, 'config.yaml', [
    'run:',
    '  eval: bench-simulated',
    '  title: What does the simulated model name?',
    `  items: ${items}`,
    '  personas: people.yaml',
    '  arms:',
    ...['calm', 'brisk', 'warm', 'plain'].map(
      (tone) => `    ${tone}: {tone: Use a ${tone} tone and make the answer personal to this user.}`,
    ),
    '  steps:',
    '    - id: reply',
    '      role: subject',
    '      messages:',
    '        - system: "{{ arm.tone }}"',
    '        - system: "<persona>\\n{{ persona.profile }}\\n</persona>"',
    '        - user: "{{ item.text }}"',
    '  graders:',
    '    - {id: named, kind: mentions, of: reply, entity: {name: library, aliases: [night bus, bridge]}}',
    '  metrics:',
    '    - {id: named_rate, kind: rate, of: named, better: none, clusters: [persona.id, item.id]}',
    'providers: [simulated]',
    `limits: {concurrency: ${concurrency}}`,
    `reports: [${reports.join(', ')}]`,
  ]);
}
