import { closeSync, openSync } from 'node:fs';
import type { CallEntry, CellEntry, SessionEntry } from '../contract/record.js';
import { BoundedCache } from '../lib/bounded-cache.js';
import { DigestIndex, digestWords } from '../lib/digest-index.js';
import { type FrameInfo, type FrameKind, readLines, scanFrames } from './frame-file.js';

/** A recorded reply without its digest, which is the key of its line. */
type CallLine = Omit<CallEntry, 'call'>;

/** A frame's place; three numbers a frame, however many calls it holds. */
export type FramePlace = Pick<FrameInfo, 'payloadOffset' | 'payloadBytes'>;

/** The replies of a run by digest. Readers may open it while a writer appends: they see what was there when they opened. */
export class RecordReader {
  protected readonly index = new DigestIndex();
  protected readonly frames: FramePlace[] = [];
  /** Frames as they are on disk, in order; calls frames have an index in `frames`. */
  protected readonly others: (FramePlace & { kind: FrameKind })[] = [];
  protected readonly recent = new BoundedCache<string[], number>(6 << 20);
  protected readonly fd: number;
  readonly tornBytes: number;
  protected readonly intactBytes: number;

  /** @throws EvalrunError DAMAGED_RECORD for anything but a torn tail. */
  constructor(readonly file: string) {
    const scan = scanFrames(file, (frame) => this.remember(frame));
    this.tornBytes = scan.tornBytes;
    this.intactBytes = scan.intactBytes;
    this.fd = openSync(file, 'r');
  }

  private remember({ kind, payloadOffset, payloadBytes, entries, keys }: FrameInfo): void {
    if (kind !== 'calls') {
      this.others.push({ kind, payloadOffset, payloadBytes });
      return;
    }
    const key = new Uint32Array(4);
    for (let row = 0; row < entries; row++) {
      for (let word = 0; word < 4; word++) key[word] = keys.readUInt32BE(row * 16 + word * 4);
      this.index.add(key, this.frames.length, row);
    }
    this.frames.push({ payloadOffset, payloadBytes });
  }

  /** Unique replies. */
  get calls(): number {
    return this.index.size;
  }

  has(digest: string): boolean {
    return this.index.has(digestWords(digest));
  }

  read(digest: string): CallEntry | null {
    const place = this.index.find(digestWords(digest));
    if (place === null) return null;
    return { call: digest, ...(JSON.parse(this.linesOf(place.frame)[place.row]!) as CallLine) };
  }

  protected linesOf(frame: number): string[] {
    const known = this.recent.get(frame);
    if (known !== undefined) return known;
    const place = this.frames[frame]!;
    const lines = readLines(this.fd, place);
    this.keep(frame, lines);
    return lines;
  }

  /** Keeps a frame's lines at hand, in memory that is bounded. */
  protected keep(frame: number, lines: string[]): void {
    const bytes = lines.reduce((total, line) => total + 2 * line.length, 64);
    this.recent.set(frame, lines, bytes);
  }

  /** Every reply, in the order of the file, one frame in memory at a time. */
  *replies(): Generator<CallLine> {
    for (const frame of this.frames) for (const line of readLines(this.fd, frame)) yield JSON.parse(line) as CallLine;
  }

  *cells(): Generator<CellEntry> {
    yield* this.entries<CellEntry>('cells');
  }

  *sessions(): Generator<SessionEntry> {
    yield* this.entries<SessionEntry>('session');
  }

  private *entries<Entry>(kind: FrameKind): Generator<Entry> {
    for (const frame of this.others) {
      if (frame.kind !== kind) continue;
      for (const line of readLines(this.fd, frame)) yield JSON.parse(line) as Entry;
    }
  }

  close(): void {
    closeSync(this.fd);
  }
}
