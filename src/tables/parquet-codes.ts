import type { AsyncBuffer, Compressors, FileMetaData, ParquetParsers, SchemaTree } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { convert, DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { decompressPage, readDataPage, readDataPageV2 } from 'hyparquet/src/datapage.js';
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import { readPlain } from 'hyparquet/src/plain.js';
import type { ColumnDecoder, DataPage, DataPageHeader, DecodedArray, PageHeader } from 'hyparquet/src/types.js';
import { textOf } from './parquet-value.js';

/** Texts of a column of one row group: that of row i is `texts[ids[i]]`. Four bytes a row, and each text of a page once. */
export interface CodedColumn {
  ids: Uint32Array;
  texts: string[];
}

/** What it takes to decode a column. */
export interface CodeReading {
  source: AsyncBuffer;
  metadata: FileMetaData;
  compressors: Compressors;
  parsers: Partial<ParquetParsers>;
}

/** Whether a column holds one plain value a row, which is what `readCodes` reads. Decimals need their exact digits. */
export function isCodable({ children, element }: SchemaTree): boolean {
  return children.length === 0 && element.repetition_type !== 'REPEATED' && element.converted_type !== 'DECIMAL';
}

/**
 * Texts of a column of a row group, as `textOf` writes its values. A page of numbers that stand for texts of a dictionary
 * stays such numbers: hyparquet's own reading makes an object of each 64-bit integer, which costs several times as much.
 * @param path the schema's root and the column, which `isCodable`
 * @throws whatever hyparquet throws for damaged bytes
 */
export async function readCodes(
  path: [root: SchemaTree, column: SchemaTree],
  group: { index: number; rows: number },
  { source, metadata, compressors, parsers }: CodeReading,
): Promise<CodedColumn> {
  const { name } = path[1].element;
  const chunk = metadata.row_groups[group.index]?.columns.find((one) => one.meta_data?.path_in_schema[0] === name);
  const facts = chunk?.meta_data;
  if (facts === undefined) throw new Error(`the row group ${group.index} has no column ${name}`);
  const first = Number(facts.dictionary_page_offset || facts.data_page_offset);
  const bytes = await source.slice(first, first + Number(facts.total_compressed_size));
  const reader = { view: new DataView(bytes), offset: 0 };
  const decoder: ColumnDecoder = {
    pathInSchema: [name],
    type: facts.type,
    element: path[1].element,
    schemaPath: path,
    codec: facts.codec,
    compressors,
    parsers: { ...DEFAULT_PARSERS, ...parsers },
  };
  const pages = new PageCoder(group.rows, decoder);
  while (!pages.isFull && reader.offset < bytes.byteLength - 1) {
    const header = parquetHeader(reader);
    const page = new Uint8Array(bytes, reader.offset, header.compressed_page_size);
    reader.offset += header.compressed_page_size;
    pages.add(header, page);
  }
  return pages.done();
}

interface CodePage {
  definitionLevels: Uint8Array;
  /** Places in the dictionary. */
  dataPage: Uint32Array;
}

/** As hyparquet's `readDataPage`, for places in a dictionary: in typed arrays, which take an eighth and half as much. */
function codePage(bytes: Uint8Array, { num_values: rows }: DataPageHeader, { element }: ColumnDecoder): CodePage {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  const definitionLevels = new Uint8Array(element.repetition_type === 'REQUIRED' ? 0 : rows);
  let values = rows;
  if (definitionLevels.length > 0) {
    readRleBitPackedHybrid(reader, 1, definitionLevels);
    values = 0;
    for (let row = 0; row < rows; row++) values += definitionLevels[row] as number;
  }
  const dataPage = new Uint32Array(values);
  const width = values === 0 ? 0 : reader.view.getUint8(reader.offset++);
  if (width > 0) readRleBitPackedHybrid(reader, width, dataPage, bytes.byteLength - reader.offset);
  return { definitionLevels, dataPage };
}

/** From so many different texts on the texts of pages without a dictionary are not looked up. */
const MOST_KNOWN = 1 << 16;

/** Turns the pages of one column into codes, one after another. */
class PageCoder {
  readonly #ids: Uint32Array;
  readonly #decoder: ColumnDecoder;
  readonly #texts = [''];
  readonly #known = new Map<string, number>([['', 0]]);
  /** For each place in the page of the dictionary the code of its text. */
  #dictionary: Uint32Array = new Uint32Array(0);
  #length = 0;

  constructor(rows: number, decoder: ColumnDecoder) {
    this.#ids = new Uint32Array(rows);
    this.#decoder = decoder;
  }

  get isFull(): boolean {
    return this.#length >= this.#ids.length;
  }

  /** @throws Error if rows are missing */
  done(): CodedColumn {
    if (this.isFull) return { ids: this.#ids, texts: this.#texts };
    const name = this.#decoder.element.name;
    throw new Error(`column "${name}" has ${this.#length} of ${this.#ids.length} values`);
  }

  add(header: PageHeader, bytes: Uint8Array): void {
    if (header.type === 'DICTIONARY_PAGE') {
      this.#dictionary = this.#codesOf(convert(this.#dictionaryOf(header, bytes), this.#decoder));
      return;
    }
    const { dataPage, levels, encoding } = this.#dataOf(header, bytes);
    if (encoding.endsWith('_DICTIONARY')) this.#place(this.#lookedUp(dataPage), levels);
    else this.#place(this.#codesOf(convert(dataPage, this.#decoder)), levels);
  }

  #dictionaryOf(header: PageHeader, bytes: Uint8Array): DecodedArray {
    const { codec, compressors, type, element } = this.#decoder;
    const count = header.dictionary_page_header?.num_values;
    if (count === undefined) throw new Error('a page of a dictionary lacks its header');
    const page = decompressPage(bytes, header.uncompressed_page_size, codec, compressors);
    const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
    return readPlain({ view, offset: 0 }, type, count, element.type_length);
  }

  #dataOf(header: PageHeader, bytes: Uint8Array) {
    const { codec, compressors } = this.#decoder;
    const one = header.data_page_header;
    const own = one ?? header.data_page_header_v2;
    if (own === undefined) throw new Error(`pages of the type ${header.type} are not read`);
    let page: DataPage | CodePage;
    if (one === undefined) page = readDataPageV2(bytes, header, this.#decoder);
    else {
      const whole = decompressPage(bytes, header.uncompressed_page_size, codec, compressors);
      const read = one.encoding.endsWith('_DICTIONARY') ? codePage : readDataPage;
      page = read(whole, one, this.#decoder);
    }
    return { dataPage: page.dataPage, levels: page.definitionLevels ?? [], encoding: own.encoding };
  }

  #codesOf(values: DecodedArray): Uint32Array {
    const codes = new Uint32Array(values.length);
    for (let i = 0; i < codes.length; i++) codes[i] = this.#codeOf(textOf(values[i]));
    return codes;
  }

  #codeOf(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const code = this.#texts.push(text) - 1;
    if (code < MOST_KNOWN) this.#known.set(text, code);
    return code;
  }

  /** Codes of places in the dictionary. */
  #lookedUp(places: DecodedArray): Uint32Array {
    const codes = new Uint32Array(places.length);
    const dictionary = this.#dictionary;
    for (let i = 0; i < codes.length; i++) {
      const code = dictionary[places[i] as number];
      if (code === undefined) throw new Error('a page names a value that its dictionary does not have');
      codes[i] = code;
    }
    return codes;
  }

  /** Notes a page's rows. Where there are levels, rows of level 0 have no value: their text is ''. */
  #place(codes: Uint32Array, levels: ArrayLike<number>): void {
    const rows = levels.length > 0 ? levels.length : codes.length;
    const start = this.#length;
    if (start + rows > this.#ids.length) throw new Error('a page has more rows than its row group');
    if (levels.length === 0) this.#ids.set(codes, start);
    let next = 0;
    for (let row = 0; row < levels.length; row++) {
      if (levels[row] === 1) this.#ids[start + row] = codes[next++] as number;
    }
    if (levels.length > 0 && next !== codes.length) throw new Error('a page has other values than its levels say');
    this.#length = start + rows;
  }
}
