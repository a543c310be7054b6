/** A column of numbers that grows: far smaller than an array of them. */
export class NumberColumn<Numbers extends Float64Array | Uint32Array | Uint16Array | Uint8Array> {
  #values: Numbers;
  #length = 0;
  readonly #make: (length: number) => Numbers;

  constructor(make: (length: number) => Numbers) {
    this.#make = make;
    this.#values = make(1024);
  }

  get length(): number {
    return this.#length;
  }

  get(index: number): number {
    return this.#values[index] ?? 0;
  }

  /** Sets a value; those between the end and the index are 0. */
  set(index: number, value: number): void {
    if (index >= this.#values.length) {
      // Columns are as long as a country has people: an eighth too much on average, not a third.
      const larger = this.#make(Math.max(index + 1, Math.ceil(this.#values.length * 1.25)));
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[index] = value;
    if (index >= this.#length) this.#length = index + 1;
  }

  push(value: number): void {
    this.set(this.#length, value);
  }
}
