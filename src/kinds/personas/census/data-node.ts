import { EvalrunError } from '../../../contract/problem.js';
import { nearestHint } from '../../../lib/nearest.js';
import { placeOf } from '../../../lib/yaml-place.js';
import { parseYaml, type YamlSource } from '../../../lib/yaml-source.js';

/** A value of a data document with the place it stands at. What is wrong is collected, and the reading goes on. */
export class DataNode {
  readonly value: unknown;
  readonly path: (string | number)[];
  readonly #source: YamlSource;
  readonly #problems: EvalrunError[];

  private constructor(source: YamlSource, problems: EvalrunError[], path: (string | number)[], value: unknown) {
    this.#source = source;
    this.#problems = problems;
    this.path = path;
    this.value = value;
  }

  /**
   * Reads a whole document with `read`.
   * @throws EvalrunError, or an AggregateError of several, with file, line and column of each fault
   */
  static read<Result>(file: string, text: string, read: (root: DataNode) => Result): Result {
    const source = parseYaml(file, text);
    const problems = [...source.problems];
    const root = new DataNode(source, problems, [], source.value);
    const result = problems.length === 0 ? read(root) : undefined;
    if (problems.length === 1) throw problems[0];
    if (problems.length > 1) throw new AggregateError(problems, `${file} has ${problems.length} problems`);
    return result as Result;
  }

  /** Notes a fault of this value. */
  fail(code: string, message: string, hint?: string): void {
    const where = placeOf(this.#source, this.path, code === 'UNKNOWN_KEY' ? 'key' : 'value');
    this.#problems.push(new EvalrunError(code, message, { where, ...(hint === undefined ? {} : { hint }) }));
  }

  /** Entries of a mapping; with `known`, other keys are faults. */
  entries(known?: readonly string[]): [string, DataNode][] {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.fail('WRONG_TYPE', `${this.#name()} must be a mapping`);
      return [];
    }
    const entries = Object.entries(value).map(([key, one]): [string, DataNode] => [key, this.#child(key, one)]);
    for (const [key, node] of known === undefined ? [] : entries) {
      if (known?.includes(key) === false) {
        node.fail('UNKNOWN_KEY', `unknown key ${key}`, nearestHint(key, known, 'keys'));
      }
    }
    return entries;
  }

  /** Items of a list. */
  items(): DataNode[] {
    if (Array.isArray(this.value)) return this.value.map((one, index) => this.#child(index, one));
    this.fail('WRONG_TYPE', `${this.#name()} must be a list`);
    return [];
  }

  /** The value of a key; undefined if it is not there. */
  optional(key: string): DataNode | undefined {
    const { value } = this;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    return this.#child(key, (value as Record<string, unknown>)[key]);
  }

  /** The value of a key that must be there; a fault, and undefined, otherwise. */
  required(key: string): DataNode | undefined {
    const node = this.optional(key);
    if (node === undefined && typeof this.value === 'object' && this.value !== null) {
      this.fail('MISSING_KEY', `${this.#name()} needs the key ${key}`);
    }
    return node;
  }

  /** Text that is not empty; '' after a fault. */
  text(): string {
    if (typeof this.value === 'string' && this.value.trim() !== '') return this.value;
    this.fail('WRONG_TYPE', `${this.#name()} must be text`, 'put it in quotes');
    return '';
  }

  /** A number within bounds; 0 after a fault. */
  number(low = -Infinity, high = Infinity): number {
    const { value } = this;
    if (typeof value !== 'number') this.fail('WRONG_TYPE', `${this.#name()} must be a number`);
    else if (value >= low && value <= high) return value;
    else this.fail('WRONG_VALUE', `${this.#name()} is ${value}, outside ${low} to ${high}`);
    return 0;
  }

  /** One text, or a list of texts with at least one. */
  texts(): string[] {
    if (!Array.isArray(this.value)) return [this.text()];
    if (this.value.length === 0) this.fail('WRONG_VALUE', `${this.#name()} must not be empty`);
    return this.items().map((item) => item.text());
  }

  #child(key: string | number, value: unknown): DataNode {
    return new DataNode(this.#source, this.#problems, [...this.path, key], value);
  }

  #name(): string {
    return this.path.length === 0 ? 'the document' : String(this.path.at(-1));
  }
}
