import { closeSync, existsSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { CallEntry, CellEntry, SessionEntry } from '../contract/record.js';
import { BitSet } from '../lib/bit-set.js';
import { digestWords } from '../lib/digest-index.js';
import { encodeFrame, type FrameKind } from './frame-file.js';
import { type FramePlace, RecordReader } from './record-reader.js';

interface Pending {
  lines: string[];
  keys: string[];
}

const noLines = (): Pending => ({ lines: [], keys: [] });

/** How long replies, on which others wait, may wait for company: larger frames are smaller files and fewer writes. */
const callLingerMs = 4;
/** The same for cells and notes, on which nobody waits. */
const otherLingerMs = 100;
/** So many cells are written at once, whatever the time. */
const mostCellsWaiting = 512;
const syncEveryMs = 1000;

/** Nobody may be waiting for a write, so its failure alone is no unhandled rejection. */
function waitForWrite(): PromiseWithResolvers<void> {
  const wait = Promise.withResolvers<void>();
  wait.promise.catch(() => {});
  return wait;
}

/**
 * Appends to a run's record. One writer at a time (see `takeLock`). An acknowledged entry survives the death of the
 * process; at most the last second of them can be lost when the machine itself loses power.
 *
 * Batches are written synchronously: a few kilobytes into the page cache take microseconds, a trip through the thread
 * pool a hundred times that. Only the sync to the disk is left to another thread.
 */
export class RecordWriter extends RecordReader {
  readonly #handle: FileHandle;
  #calls = noLines();
  #cells = noLines();
  #session = noLines();
  /** Resolves when the pending calls are in the file. */
  #callsWritten = waitForWrite();
  /** Resolves when all that is pending is in the file. */
  #allWritten = waitForWrite();
  #callTimer: NodeJS.Timeout | null = null;
  #otherTimer: NodeJS.Timeout | null = null;
  readonly #syncTimer: NodeJS.Timeout;
  #offset: number;
  #unsynced = false;
  #failure: unknown = null;
  /** Cells that need not run again. */
  readonly settled: BitSet;

  /** @param cells number of cells of the plan */
  static async open(file: string, cells: number): Promise<RecordWriter> {
    if (!existsSync(file)) closeSync(openSync(file, 'wx'));
    return new RecordWriter(file, await open(file, 'r+'), cells);
  }

  private constructor(file: string, handle: FileHandle, cells: number) {
    super(file);
    this.#handle = handle;
    if (this.tornBytes > 0) ftruncateSync(handle.fd, this.intactBytes);
    this.#offset = this.intactBytes;
    this.settled = new BitSet(cells);
    for (const entry of this.cells()) this.#settle(entry);
    this.#syncTimer = setInterval(() => void this.#sync(), syncEveryMs);
    this.#syncTimer.unref();
  }

  #settle({ cell, outcome }: CellEntry): void {
    if (outcome.kind === 'answered' || outcome.kind === 'refused') this.settled.add(cell);
    else this.settled.delete(cell);
  }

  /** Resolves once the reply is in the file. */
  putCall({ call, ...line }: CallEntry): Promise<void> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    this.#calls.lines.push(JSON.stringify(line));
    this.#calls.keys.push(call);
    this.#callTimer ??= setTimeout(() => this.#write(false), callLingerMs);
    return this.#callsWritten.promise;
  }

  /**
   * The entry is written after all calls put before it.
   * @throws the failure of an earlier write
   */
  putCell(entry: CellEntry): void {
    this.#enqueueOther(this.#cells, entry);
    this.#settle(entry);
    if (this.#cells.lines.length >= mostCellsWaiting) this.#write(true);
  }

  /** Writes the note at once, with all that is pending: it says what happened until now, also if a kill comes next. */
  putSession(entry: SessionEntry): Promise<void> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    this.#enqueueOther(this.#session, entry);
    const written = this.#allWritten.promise;
    this.#write(true);
    return written;
  }

  #enqueueOther(pending: Pending, entry: object): void {
    if (this.#failure !== null) throw this.#failure;
    pending.lines.push(JSON.stringify(entry));
    this.#otherTimer ??= setTimeout(() => this.#write(true), otherLingerMs);
  }

  /** Writes the pending calls, or everything. A failure is final: whoever waits hears of it, and all later puts fail. */
  #write(all: boolean): void {
    if (this.#failure !== null) return;
    const waits = all ? [this.#callsWritten, this.#allWritten] : [this.#callsWritten];
    try {
      this.#append(all);
      for (const wait of waits) wait.resolve();
      this.#callsWritten = waitForWrite();
      if (all) this.#allWritten = waitForWrite();
    } catch (error) {
      this.#failure = error;
      for (const wait of [this.#callsWritten, this.#allWritten]) wait.reject(error);
    }
  }

  #append(all: boolean): void {
    const batch: [FrameKind, Pending][] = [['calls', this.#calls]];
    if (all) batch.push(['cells', this.#cells], ['session', this.#session]);
    const parts: Buffer[] = [];
    const placed: { kind: FrameKind; pending: Pending; place: FramePlace }[] = [];
    let offset = this.#offset;
    for (const [kind, pending] of batch) {
      if (pending.lines.length === 0) continue;
      const { bytes, payloadBytes } = encodeFrame(kind, pending.lines, pending.keys);
      offset += bytes.length;
      placed.push({ kind, pending, place: { payloadOffset: offset - payloadBytes, payloadBytes } });
      parts.push(bytes);
    }
    this.#writeAt(this.#offset, Buffer.concat(parts));
    this.#offset = offset;
    this.#forget(all);
    for (const { kind, pending, place } of placed) {
      if (kind === 'calls') this.#indexCalls(pending, place);
      else this.others.push({ kind, ...place });
    }
  }

  #writeAt(start: number, bytes: Buffer): void {
    for (let written = 0; written < bytes.length; ) {
      written += writeSync(this.#handle.fd, bytes, written, bytes.length - written, start + written);
    }
    this.#unsynced = true;
  }

  /** Empties what was written, with its timers. */
  #forget(all: boolean): void {
    clearTimeout(this.#callTimer ?? undefined);
    this.#callTimer = null;
    this.#calls = noLines();
    if (!all) return;
    clearTimeout(this.#otherTimer ?? undefined);
    this.#otherTimer = null;
    this.#cells = noLines();
    this.#session = noLines();
  }

  #indexCalls({ lines, keys }: Pending, place: FramePlace): void {
    const frame = this.frames.push(place) - 1;
    keys.forEach((key, row) => {
      this.index.add(digestWords(key), frame, row);
    });
    this.keep(frame, lines);
  }

  async #sync(): Promise<void> {
    if (!this.#unsynced) return;
    this.#unsynced = false;
    await this.#handle.datasync().catch(() => {});
  }

  /** Writes what is pending, syncs and ends the writing; the file is intact whatever happens. It can still be read. */
  async endWriting(): Promise<void> {
    clearInterval(this.#syncTimer);
    try {
      this.#write(true);
      if (this.#failure !== null) throw this.#failure;
      await this.#sync();
    } finally {
      clearTimeout(this.#callTimer ?? undefined);
      clearTimeout(this.#otherTimer ?? undefined);
      await this.#handle.close();
    }
  }
}
