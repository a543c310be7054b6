import { promisify } from 'node:util';
import { gzip, type ZlibOptions } from 'node:zlib';
import type { Transcript } from '../../../../contract/trial.js';
import { type Chunk, type PackedRow, packTranscript } from './packed.js';

const compress = promisify<Buffer | string, ZlibOptions, Buffer>(gzip);
// Small enough to show the first page at once, large enough for gzip to find what repeats.
const chunkUnits = 400_000;
// Half the time of the default for a tenth more bytes.
const gzipLevel = 4;

/** What goes into the page. */
export interface EmbeddedTranscripts {
  /** Gzip of a `Chunk` as JSON, base64. */
  chunks: string[];
  embedded: number;
}

/** How much is embedded at most. `units` counts UTF-16 code units of text, each string once. */
export interface EmbedLimits {
  transcripts: number;
  units: number;
}

/** Reads transcripts until a limit is reached, and compresses them in chunks beside the reading. */
export async function embedTranscripts(
  source: AsyncIterable<Transcript>,
  limits: EmbedLimits,
): Promise<EmbeddedTranscripts> {
  const numbers = new Map<string, number>();
  const compressed: Promise<string>[] = [];
  let chunk: Chunk = { strings: [], rows: [] };
  let units = 0;
  let inChunk = 0;
  let embedded = 0;
  const ref = (text: string): number => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    chunk.strings.push(text);
    inChunk += text.length;
    return numbers.size - 1;
  };
  const close = () => {
    if (chunk.rows.length > 0) compressed.push(compressChunk(chunk));
    units += inChunk;
    inChunk = 0;
    chunk = { strings: [], rows: [] };
  };
  if (limits.transcripts > 0) {
    for await (const transcript of source) {
      const row: PackedRow = packTranscript(transcript, ref);
      chunk.rows.push(row);
      embedded += 1;
      if (embedded >= limits.transcripts || units + inChunk >= limits.units) break;
      if (inChunk >= chunkUnits) close();
    }
  }
  close();
  return { chunks: await Promise.all(compressed), embedded };
}

async function compressChunk(chunk: Chunk): Promise<string> {
  return (await compress(JSON.stringify(chunk), { level: gzipLevel })).toString('base64');
}
