/**
 * A map that forgets: once the sizes of its entries add up to more than `capacity`, the least recently used go first.
 * O(1) per operation. The newest entry always stays.
 */
export class BoundedCache<Value, Key = string> {
  readonly #entries = new Map<Key, { value: Value; size: number }>();
  readonly #capacity: number;
  #total = 0;

  /** @param capacity in the unit of the sizes given to `set`; entries where they are left at 1 */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Number of entries. */
  get size(): number {
    return this.#entries.size;
  }

  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: Key, value: Value, size = 1): void {
    this.#drop(key);
    this.#entries.set(key, { value, size });
    this.#total += size;
    for (const oldest of this.#entries.keys()) {
      if (this.#total <= this.#capacity || oldest === key) break;
      this.#drop(oldest);
    }
  }

  /** The value of `key`, made by `make` if it is not there. Nothing is kept when `make` throws. */
  getOrMake(key: Key, make: () => Value): Value {
    const known = this.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.set(key, made);
    return made;
  }

  #drop(key: Key): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#total -= entry.size;
  }
}
