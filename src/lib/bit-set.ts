/** A set of small non-negative integers, one bit each. */
export class BitSet {
  #words: Uint32Array;
  #size = 0;

  /** @param capacity members are below it */
  constructor(capacity: number) {
    this.#words = new Uint32Array(Math.ceil(capacity / 32));
  }

  get size(): number {
    return this.#size;
  }

  has(member: number): boolean {
    return (this.#words[member >>> 5]! & (1 << (member & 31))) !== 0;
  }

  add(member: number): void {
    if (this.has(member)) return;
    this.#words[member >>> 5]! |= 1 << (member & 31);
    this.#size++;
  }

  delete(member: number): void {
    if (!this.has(member)) return;
    this.#words[member >>> 5]! &= ~(1 << (member & 31));
    this.#size--;
  }
}
