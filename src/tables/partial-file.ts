import { Buffer } from 'node:buffer';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';

const ENOUGH = 1 << 18;

/** A file that is written beside its name and takes it when it is whole. */
export class PartialFile {
  readonly #file: string;
  readonly #partial: string;
  #handle: Promise<FileHandle> | undefined;
  #texts: string[] = [];
  #length = 0;

  constructor(file: string) {
    this.#file = file;
    this.#partial = `${file}.partial`;
  }

  /** Appends a text; it is held until some have come together. */
  async text(text: string): Promise<void> {
    this.#texts.push(text);
    this.#length += text.length;
    if (this.#length >= ENOUGH) await this.#flush();
  }

  /** Appends bytes; they may be changed once this is settled. */
  async bytes(bytes: Uint8Array): Promise<void> {
    this.#handle ??= open(this.#partial, 'w');
    const handle = await this.#handle;
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await handle.write(bytes, done, bytes.length - done);
      done += bytesWritten;
    }
  }

  async finish(): Promise<void> {
    await this.#flush();
    const handle = await this.#handle!;
    await handle.sync();
    await handle.close();
    await rename(this.#partial, this.#file);
  }

  async abort(): Promise<void> {
    this.#texts = [];
    const handle = await this.#handle;
    await handle?.close();
    await rm(this.#partial, { force: true });
  }

  async #flush(): Promise<void> {
    const text = this.#texts.join('');
    this.#texts = [];
    this.#length = 0;
    await this.bytes(Buffer.from(text));
  }
}
