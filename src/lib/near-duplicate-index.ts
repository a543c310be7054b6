const { imul } = Math;

/** Hashes in a signature. At a similarity of .9 the estimate has a standard error of √(.9 · .1 / 128) = .027. */
const hashes = 128;
/** Signatures in a chunk: half a megabyte. */
const chunk = 1024;
/** How sure it is to meet a set that is as similar as the threshold. */
const wantedRecall = 0.99;
/** Most sets that are looked at in one band of a new one, the newest first: time stays linear where much is alike. */
const mostLookedAt = 256;

/** The most rows a band under which two sets at the threshold still share a band as surely as is wanted. */
function rowsFor(threshold: number): number {
  const sizes = [32, 16, 8, 4, 2, 1];
  return sizes.find((rows) => 1 - (1 - threshold ** rows) ** (hashes / rows) >= wantedRecall) ?? 1;
}

/** The functions h(x) = a·x + b over 2³², a odd, followed by a finalizer: constants by a fixed Weyl sequence. */
const multipliers = Int32Array.from({ length: hashes }, (_unused, index) => imul(index + 1, 0x9e3779b1) | 1);
const addends = Int32Array.from({ length: hashes }, (_unused, index) => imul(index + 1, 0x85ebca77));

/** Lists of numbers by key, chained through arrays: a band of 160,000 sets takes two megabytes. */
class Chains {
  #heads = new Int32Array(1 << 12).fill(-1);
  #next = new Int32Array(1 << 11);
  #keys = new Uint32Array(1 << 11);

  /** @param entry 0, 1, 2 … in this order */
  add(entry: number, key: number): void {
    if (entry >= this.#next.length) this.#grow();
    this.#keys[entry] = key;
    this.#link(entry);
  }

  /** Entries with this key, newest first. */
  *of(key: number): Generator<number> {
    for (let entry = this.#heads[key % this.#heads.length]!; entry !== -1; entry = this.#next[entry]!)
      if (this.#keys[entry] === key) yield entry;
  }

  #link(entry: number): void {
    const slot = this.#keys[entry]! % this.#heads.length;
    this.#next[entry] = this.#heads[slot]!;
    this.#heads[slot] = entry;
  }

  #grow(): void {
    const count = this.#next.length;
    const keys = new Uint32Array(count * 2);
    keys.set(this.#keys);
    this.#keys = keys;
    this.#next = new Int32Array(count * 2);
    this.#heads = new Int32Array(count * 4).fill(-1);
    for (let entry = 0; entry < count; entry++) this.#link(entry);
  }
}

/**
 * Finds sets that are nearly the same as an earlier one, by MinHash and locality-sensitive hashing.
 *
 * Source: Broder, "On the resemblance and containment of documents" (1997); the bands follow Leskovec, Rajaraman and
 * Ullman, "Mining of Massive Datasets", chapter 3. A similarity is an estimate from 128 hashes. A set at the threshold
 * shares a band with probability ≥ .99; of very many that do, the newest 256 a band are looked at. About 0.6 KB a set,
 * whatever its size. Deterministic.
 */
export class NearDuplicateIndex {
  readonly #threshold: number;
  readonly #rows: number;
  readonly #bands: Chains[];
  /** Chunks, so that growing copies nothing. */
  readonly #signatures: Uint32Array[] = [];
  #count = 0;

  /** @param threshold estimated Jaccard similarity from which on two sets are nearly the same, 0 < threshold ≤ 1 */
  constructor(threshold: number) {
    this.#threshold = threshold;
    this.#rows = rowsFor(threshold);
    this.#bands = Array.from({ length: hashes / this.#rows }, () => new Chains());
  }

  /**
   * @param set hashes of what a text consists of, 32 bits; an empty set is like no other
   * @returns whether an earlier set that was new is nearly the same; one that is not is remembered
   */
  isNew(set: ReadonlySet<number>): boolean {
    if (set.size === 0) return true;
    const signature = signatureOf(set);
    const keys = this.#bands.map((_unused, band) => this.#keyOf(signature, band));
    const seen = new Set<number>();
    for (const [band, chains] of this.#bands.entries()) {
      let looked = 0;
      for (const entry of chains.of(keys[band]!)) {
        if (++looked > mostLookedAt) break;
        if (seen.has(entry)) continue;
        seen.add(entry);
        if (this.#similarity(entry, signature) >= this.#threshold) return false;
      }
    }
    this.#remember(signature, keys);
    return true;
  }

  #remember(signature: Uint32Array, keys: readonly number[]): void {
    const place = this.#count % chunk;
    if (place === 0) this.#signatures.push(new Uint32Array(chunk * hashes));
    this.#signatures.at(-1)!.set(signature, place * hashes);
    for (const [band, chains] of this.#bands.entries()) chains.add(this.#count, keys[band]!);
    this.#count++;
  }

  #keyOf(signature: Uint32Array, band: number): number {
    let key = 0x811c9dc5;
    for (let row = band * this.#rows; row < (band + 1) * this.#rows; row++) key = mixed(key ^ signature[row]!);
    return key >>> 0;
  }

  #similarity(entry: number, signature: Uint32Array): number {
    const known = this.#signatures[Math.floor(entry / chunk)]!;
    const from = (entry % chunk) * hashes;
    let same = 0;
    for (let index = 0; index < hashes; index++) if (known[from + index] === signature[index]) same++;
    return same / hashes;
  }
}

const mixed = (bits: number): number => {
  const x = imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  return x ^ (x >>> 13);
};

/** Of each hash function the smallest value over the set. */
function signatureOf(set: ReadonlySet<number>): Uint32Array {
  const signature = new Uint32Array(hashes).fill(0xffffffff);
  for (const member of set) {
    for (let index = 0; index < hashes; index++) {
      const value = mixed((imul(member, multipliers[index]!) + addends[index]!) | 0) >>> 0;
      if (value < signature[index]!) signature[index] = value;
    }
  }
  return signature;
}
