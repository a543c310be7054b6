/**
 * Where the entries of 16-byte keys are: an open-addressing table in typed arrays, 24 bytes a slot and at most
 * three quarters full, so that millions of calls cost tens of megabytes and no objects.
 */
export class DigestIndex {
  #keys: Uint32Array;
  #frames: Int32Array;
  #rows: Uint32Array;
  #mask: number;
  #size = 0;

  constructor(capacity = 1024) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(16, capacity)));
    this.#keys = new Uint32Array(slots * 4);
    this.#frames = new Int32Array(slots).fill(-1);
    this.#rows = new Uint32Array(slots);
    this.#mask = slots - 1;
  }

  get size(): number {
    return this.#size;
  }

  /** @param key 16 bytes. @returns whether the key is new; a known key keeps its first place. */
  add(key: Uint32Array, frame: number, row: number): boolean {
    const slot = this.#slotOf(key);
    if (this.#frames[slot]! >= 0) return false;
    this.#keys.set(key, slot * 4);
    this.#frames[slot] = frame;
    this.#rows[slot] = row;
    this.#size++;
    if (this.#size > (this.#mask + 1) * 0.75) this.#grow();
    return true;
  }

  find(key: Uint32Array): { frame: number; row: number } | null {
    const slot = this.#slotOf(key);
    const frame = this.#frames[slot]!;
    return frame < 0 ? null : { frame, row: this.#rows[slot]! };
  }

  has(key: Uint32Array): boolean {
    return this.#frames[this.#slotOf(key)]! >= 0;
  }

  /** The slot that holds the key, or the free one where it would go. Keys are digests, so their first word is a hash. */
  #slotOf(key: Uint32Array): number {
    let slot = key[0]! & this.#mask;
    while (this.#frames[slot]! >= 0) {
      const at = slot * 4;
      const keys = this.#keys;
      if (keys[at] === key[0] && keys[at + 1] === key[1] && keys[at + 2] === key[2] && keys[at + 3] === key[3])
        return slot;
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }

  #grow(): void {
    const [keys, frames, rows] = [this.#keys, this.#frames, this.#rows];
    const slots = (this.#mask + 1) * 2;
    this.#keys = new Uint32Array(slots * 4);
    this.#frames = new Int32Array(slots).fill(-1);
    this.#rows = new Uint32Array(slots);
    this.#mask = slots - 1;
    for (let old = 0; old < frames.length; old++) {
      if (frames[old]! < 0) continue;
      const key = keys.subarray(old * 4, old * 4 + 4);
      const slot = this.#slotOf(key);
      this.#keys.set(key, slot * 4);
      this.#frames[slot] = frames[old]!;
      this.#rows[slot] = rows[old]!;
    }
  }
}

/** A digest of 32 hex digits as four words. */
export function digestWords(digest: string): Uint32Array {
  const words = new Uint32Array(4);
  for (let word = 0; word < 4; word++) words[word] = Number.parseInt(digest.slice(word * 8, word * 8 + 8), 16);
  return words;
}
