import { closeSync, existsSync, ftruncateSync, openSync } from 'node:fs';
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

/** How long entries may wait for company before they are written; waiting makes frames larger and the file smaller. */
const lingerMs = 2;
/** More entries than this waiting to be written hold the producers up. */
const backlog = 4096;

/**
 * Appends to a run's record. One writer at a time (see `takeLock`). An acknowledged entry survives the death of the
 * process; at most the last second of them can be lost when the machine itself loses power.
 */
export class RecordWriter extends RecordReader {
  #handle: FileHandle;
  #pending = { calls: noLines(), cells: noLines(), session: noLines() };
  #waiting: PromiseWithResolvers<void> = Promise.withResolvers();
  #writing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #offset: number;
  #unsynced = false;
  #syncTimer: NodeJS.Timeout;
  #failure: unknown = null;
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
    this.#syncTimer = setInterval(() => void this.#sync(), 1000);
    this.#syncTimer.unref();
    this.#waiting.promise.catch(() => {});
  }

  #settle(entry: CellEntry): void {
    if (entry.outcome.kind === 'answered' || entry.outcome.kind === 'refused') this.settled.add(entry.cell);
    else this.settled.delete(entry.cell);
  }

  /** Resolves once the reply is in the file. */
  async putCall(entry: CallEntry): Promise<void> {
    const { call, ...line } = entry;
    this.#pending.calls.lines.push(JSON.stringify(line));
    this.#pending.calls.keys.push(call);
    await this.#enqueued();
  }

  /** Resolves at once while there is room; the entry is written after all calls put before it. */
  putCell(entry: CellEntry): Promise<void> | undefined {
    this.#pending.cells.lines.push(JSON.stringify(entry));
    this.#settle(entry);
    const written = this.#enqueued();
    if (this.#pending.cells.lines.length > backlog) return written;
    written.catch(() => {});
    return undefined;
  }

  async putSession(entry: SessionEntry): Promise<void> {
    this.#pending.session.lines.push(JSON.stringify(entry));
    await this.#enqueued();
  }

  #enqueued(): Promise<void> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    if (this.#timer === null && this.#writing === null) this.#timer = setTimeout(() => this.#flush(), lingerMs);
    return this.#waiting.promise;
  }

  #flush(): void {
    this.#timer = null;
    if (this.#writing !== null) return;
    const batch = this.#pending;
    const waiting = this.#waiting;
    if (batch.calls.lines.length + batch.cells.lines.length + batch.session.lines.length === 0) return;
    this.#pending = { calls: noLines(), cells: noLines(), session: noLines() };
    this.#waiting = Promise.withResolvers();
    this.#waiting.promise.catch(() => {});
    this.#writing = this.#write(batch).then(
      () => {
        this.#writing = null;
        waiting.resolve();
        if (
          this.#pending.calls.lines.length + this.#pending.cells.lines.length + this.#pending.session.lines.length >
          0
        )
          this.#flush();
      },
      (error: unknown) => {
        this.#writing = null;
        this.#failure = error;
        waiting.reject(error);
        this.#waiting.reject(error);
      },
    );
  }

  async #write(batch: { calls: Pending; cells: Pending; session: Pending }): Promise<void> {
    const parts: Buffer[] = [];
    const placed: (() => void)[] = [];
    let offset = this.#offset;
    const place = (kind: FrameKind, pending: Pending): void => {
      if (pending.lines.length === 0) return;
      const frame = encodeFrame(kind, pending.lines, pending.keys);
      const payloadOffset = offset + 24 + pending.keys.length * 16;
      const payloadBytes = frame.length - 24 - pending.keys.length * 16;
      placed.push(() => {
        if (kind === 'calls') this.#indexCalls(pending, { payloadOffset, payloadBytes });
        else this.others.push({ kind, payloadOffset, payloadBytes, entries: pending.lines.length });
      });
      parts.push(frame);
      offset += frame.length;
    };
    place('calls', batch.calls);
    place('cells', batch.cells);
    place('session', batch.session);
    const bytes = Buffer.concat(parts);
    for (let written = 0; written < bytes.length; ) {
      written += (await this.#handle.write(bytes, written, bytes.length - written, this.#offset + written))
        .bytesWritten;
    }
    this.#offset = offset;
    this.#unsynced = true;
    for (const remember of placed) remember();
  }

  #indexCalls({ lines, keys }: Pending, place: FramePlace): void {
    const frame = this.frames.push(place) - 1;
    keys.forEach((key, row) => {
      this.index.add(digestWords(key), frame, row);
    });
    this.recent.set(
      frame,
      lines,
      lines.reduce((total, line) => total + 2 * line.length, 64),
    );
  }

  async #sync(): Promise<void> {
    if (!this.#unsynced) return;
    this.#unsynced = false;
    await this.#handle.datasync().catch(() => {});
  }

  /** Writes and syncs what is pending. */
  async flush(): Promise<void> {
    while (this.#writing !== null || this.#timer !== null) {
      if (this.#timer !== null) {
        clearTimeout(this.#timer);
        this.#flush();
      }
      await this.#writing;
    }
    if (this.#failure !== null) throw this.#failure;
    await this.#sync();
  }

  async closeWriter(): Promise<void> {
    clearInterval(this.#syncTimer);
    try {
      await this.flush();
    } finally {
      await this.#handle.close();
      this.close();
    }
  }
}
