/**
 * SERIALNO → whole number from 0 in order of appearance, in an open-addressed table of two typed arrays: 12 bytes a slot,
 * at most four fifths full. Serial numbers are 7 or 13 digits, padded or not, or from 2018 on year, HU or GQ, and 7 digits.
 */
export class SerialIndex {
  #keys = new Float64Array(1 << 12);
  #ids = new Int32Array(1 << 12).fill(-1);
  #size = 0;
  /** Serial numbers of no known form. */
  readonly #others = new Map<string, number>();

  get size(): number {
    return this.#size;
  }

  /** The number of a serial number, a new one if it was not there. */
  add(serial: string): number {
    const key = keyOf(serial);
    if (key < 0) return this.#addOther(serial);
    const slot = this.#slotOf(key);
    const known = this.#ids[slot] as number;
    if (known >= 0) return known;
    const id = this.#size++;
    this.#keys[slot] = key;
    this.#ids[slot] = id;
    if (this.#size * 5 > this.#keys.length * 4) this.#grow();
    return id;
  }

  /** -1 if it is not there. */
  find(serial: string): number {
    const key = keyOf(serial);
    return key < 0 ? (this.#others.get(serial.trim()) ?? -1) : (this.#ids[this.#slotOf(key)] as number);
  }

  #addOther(serial: string): number {
    const text = serial.trim();
    const known = this.#others.get(text);
    if (known !== undefined) return known;
    this.#others.set(text, this.#size);
    return this.#size++;
  }

  /** The key's slot, or the empty one where it belongs. */
  #slotOf(key: number): number {
    const mask = this.#keys.length - 1;
    let hash = Math.imul((key >>> 0) ^ Math.imul(Math.floor(key / 2 ** 32), 0x9e3779b1), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
    let slot = (hash ^ (hash >>> 13)) & mask;
    while (this.#ids[slot] !== -1 && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [keys, ids] = [this.#keys, this.#ids];
    this.#keys = new Float64Array(keys.length * 2);
    this.#ids = new Int32Array(keys.length * 2).fill(-1);
    for (let at = 0; at < keys.length; at++) {
      if (ids[at] === -1) continue;
      const slot = this.#slotOf(keys[at] as number);
      this.#keys[slot] = keys[at] as number;
      this.#ids[slot] = ids[at] as number;
    }
  }
}

const LETTERED = 1e15;

/** A number for a serial number of a known form; -1 for another text. */
function keyOf(serial: string): number {
  const text = serial.trim();
  const match = /^(?:(\d{4})(HU|GQ)(\d{7})|(\d{1,15}))$/i.exec(text);
  if (match === null) return -1;
  if (match[4] !== undefined) return Number(match[4]);
  const quarters = match[2]?.toUpperCase() === 'GQ' ? 1e7 : 0;
  return LETTERED + Number(match[1]) * 1e8 + quarters + Number(match[3]);
}

/** The year that a serial number of 13 characters starts with; undefined for shorter ones, which carry none. */
export function yearOf(serial: string): number | undefined {
  const text = serial.trim();
  if (text.length !== 13) return undefined;
  const year = Number(text.slice(0, 4));
  return year >= 2000 && year < 2100 ? year : undefined;
}
