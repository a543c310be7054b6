import { readFileSync } from 'node:fs';
import zlib from 'node:zlib';

const headBytes = 24;
const callsKind = 1;

/**
 * The replies of a record as a third party reads them: from the file's own layout (docs/adr/0001), without evalrun's
 * code. A torn tail ends it.
 * @returns the lines of all calls, parsed
 */
export function* recordReplies(file) {
  const bytes = readFileSync(file);
  for (let offset = 0; offset + headBytes <= bytes.length; ) {
    const payload = offset + 8 + bytes.readUInt32LE(offset + 4);
    const end = payload + bytes.readUInt32LE(offset + 12);
    if (end > bytes.length) return;
    if (bytes.readUInt8(offset + 9) === callsKind) {
      const lines = zlib.zstdDecompressSync(bytes.subarray(payload, end)).toString('utf8').trimEnd().split('\n');
      for (const line of lines) yield JSON.parse(line);
    }
    offset = end;
  }
}
