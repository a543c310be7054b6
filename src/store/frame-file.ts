import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { EvalrunError } from '../contract/problem.js';

/*
 * A record file is a sequence of frames. Each frame is two zstd frames: a skippable one with our header, then the
 * compressed lines. So the whole file is a valid .zst file, and `zstdcat record.ndjson.zst` shows every line of it.
 *
 *   0  u32  0x184D2A5E, zstd's magic number of a skippable frame
 *   4  u32  length of what follows, up to the payload: 16 + 16 × keys
 *   8  u8   format version, 1
 *   9  u8   kind of entries
 *  10  u16  0
 *  12  u32  length of the payload in bytes
 *  16  u32  CRC-32 of all the rest: the header before and after it, keys, payload
 *  20  u32  number of entries
 *  24       keys, 16 bytes each, one per entry or none
 *           payload: a zstd frame of newline-separated JSON
 *
 * Numbers are little-endian. A frame that ends beyond the file is a torn tail: the writer was killed.
 */

/** What a frame holds. */
export const frameKinds = { calls: 1, cells: 2, session: 3 } as const;
export type FrameKind = keyof typeof frameKinds;

/** Where a frame stands in its file, and what it says of itself. */
export interface FrameInfo {
  kind: FrameKind;
  /** Byte offset of the header. */
  offset: number;
  payloadOffset: number;
  payloadBytes: number;
  entries: number;
  /** The keys, 16 bytes each; empty for kinds without keys. Valid only until the next frame is read. */
  keys: Buffer;
}

/** Result of walking a record file. */
export interface FrameScan {
  /** Bytes up to the end of the last whole frame. */
  intactBytes: number;
  /** Bytes of a torn last frame, 0 if there is none. */
  tornBytes: number;
}

const magic = 0x184d2a5e;
const headBytes = 24;
const keyBytes = 16;
const names = Object.fromEntries(Object.entries(frameKinds).map(([name, code]) => [code, name])) as {
  [code: number]: FrameKind;
};

/** Over the header too: a kind or a count that flipped must not pass for another frame. */
const checksum = (head: Buffer, body: Buffer): number =>
  crc32(body, crc32(head.subarray(20, headBytes), crc32(head.subarray(0, 16))));

/**
 * @param lines one JSON text per entry, without line breaks
 * @param keys 32 hex digits per entry, or none
 * @returns the frame, whose last bytes are the payload
 */
export function encodeFrame(kind: FrameKind, lines: string[], keys: string[]): { bytes: Buffer; payloadBytes: number } {
  const text = Buffer.from(`${lines.join('\n')}\n`, 'utf8');
  const payload = zstdCompressSync(text, { params: { [constants.ZSTD_c_compressionLevel]: 3 } });
  const packedKeys = Buffer.from(keys.join(''), 'hex');
  const head = Buffer.alloc(headBytes);
  head.writeUInt32LE(magic, 0);
  head.writeUInt32LE(headBytes - 8 + packedKeys.length, 4);
  head.writeUInt8(1, 8);
  head.writeUInt8(frameKinds[kind], 9);
  head.writeUInt32LE(payload.length, 12);
  head.writeUInt32LE(lines.length, 20);
  const body = Buffer.concat([packedKeys, payload]);
  head.writeUInt32LE(checksum(head, body), 16);
  return { bytes: Buffer.concat([head, body]), payloadBytes: payload.length };
}

/**
 * Reads exactly `bytes` at `position`, or fewer at the end of the file.
 * @param into holds them if it is large enough; otherwise new memory does
 */
function readAt(fd: number, position: number, bytes: number, into?: Buffer): Buffer {
  const buffer = into !== undefined && into.length >= bytes ? into : Buffer.allocUnsafe(bytes);
  let filled = 0;
  while (filled < bytes) {
    const read = readSync(fd, buffer, filled, bytes - filled, position + filled);
    if (read === 0) break;
    filled += read;
  }
  return buffer.subarray(0, filled);
}

function damaged(file: string, offset: number, frame: number, what: string): EvalrunError {
  return new EvalrunError('DAMAGED_RECORD', `${file}: byte ${offset}, frame ${frame + 1}: ${what}`, {
    hint: `the ${frame} frames before it are intact; restore the file from a backup, or move the run folder away and run again`,
  });
}

/** A tail of zeros is what some file systems leave after a power cut; it holds nothing. */
const isZero = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0);

/** @throws EvalrunError DAMAGED_RECORD where there is no such file */
function openThere(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new EvalrunError('DAMAGED_RECORD', `${file} is not there`, {
      hint: 'restore it from a copy, or start a new run',
    });
  }
}

/**
 * Walks all frames and checks every checksum.
 * @param each called for every whole frame, in order
 * @throws EvalrunError DAMAGED_RECORD with byte offset and frame number for anything but a torn tail.
 */
export function scanFrames(file: string, each: (frame: FrameInfo) => void): FrameScan {
  const fd = openThere(file);
  try {
    const size = fstatSync(fd).size;
    let scratch = Buffer.alloc(0);
    let frames = 0;
    let offset = 0;
    const torn = (): FrameScan => ({ intactBytes: offset, tornBytes: size - offset });
    while (offset < size) {
      const head = readAt(fd, offset, headBytes);
      if (head.length < headBytes) {
        if (size - offset >= 4 && head.readUInt32LE(0) !== magic && !isZero(head))
          throw damaged(file, offset, frames, 'no frame starts here');
        return torn();
      }
      if (head.readUInt32LE(0) !== magic) {
        if (isZero(readAt(fd, offset, size - offset))) return torn();
        throw damaged(file, offset, frames, 'no frame starts here');
      }
      const kind = names[head.readUInt8(9)];
      const keysLength = head.readUInt32LE(4) - (headBytes - 8);
      const payloadBytes = head.readUInt32LE(12);
      const entries = head.readUInt32LE(20);
      if (head.readUInt8(8) !== 1 || kind === undefined || (keysLength !== 0 && keysLength !== entries * keyBytes)) {
        throw damaged(file, offset, frames, 'the header is not one that this version writes');
      }
      const payloadOffset = offset + headBytes + keysLength;
      if (payloadOffset + payloadBytes > size) {
        if (hasFrameAfter(fd, offset + headBytes, size))
          throw damaged(file, offset, frames, 'its length runs past the end of the file');
        return torn();
      }
      const bodyBytes = keysLength + payloadBytes;
      if (scratch.length < bodyBytes) scratch = Buffer.allocUnsafe(2 * bodyBytes);
      const body = readAt(fd, offset + headBytes, bodyBytes, scratch);
      if (checksum(head, body) !== head.readUInt32LE(16))
        throw damaged(file, offset, frames, 'the checksum does not match');
      each({ kind, offset, payloadOffset, payloadBytes, entries, keys: body.subarray(0, keysLength) });
      frames++;
      offset = payloadOffset + payloadBytes;
    }
    return torn();
  } finally {
    closeSync(fd);
  }
}

/** Whether a header stands somewhere after `from`: then the frame before it is damaged, not torn. */
function hasFrameAfter(fd: number, from: number, size: number): boolean {
  const needle = Buffer.alloc(4);
  needle.writeUInt32LE(magic, 0);
  const chunkBytes = 1 << 20;
  for (let position = from; position < size; position += chunkBytes - 3) {
    if (readAt(fd, position, Math.min(chunkBytes, size - position)).includes(needle)) return true;
  }
  return false;
}

/** The lines of a frame, each still JSON text. */
export function readLines(fd: number, frame: Pick<FrameInfo, 'payloadOffset' | 'payloadBytes'>): string[] {
  const text = zstdDecompressSync(readAt(fd, frame.payloadOffset, frame.payloadBytes)).toString('utf8');
  return text.slice(0, -1).split('\n');
}
