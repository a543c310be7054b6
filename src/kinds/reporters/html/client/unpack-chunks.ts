import type { Chunk } from '../transcripts/packed.js';

/** Reads the page's packed transcripts one chunk after the other, so that the first can be shown at once. */
export async function* unpackChunks(page: Document): AsyncGenerator<Chunk> {
  for (const element of page.querySelectorAll('script.chunk')) {
    yield JSON.parse(await inflate(bytesOf(element.textContent))) as Chunk;
    // The packed form has served its purpose.
    element.remove();
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}
