import { gzipSync } from 'node:zlib';
import type { SchemaElement } from 'hyparquet';
import type { ParquetWriter } from 'hyparquet-writer';
import type { PartialFile } from './partial-file.js';
import type { RowFormat, TableColumn } from './write-table.js';

/** A row group is written when it has so many rows, or so many characters of text. */
const MOST_ROWS = 50_000;
const MOST_TEXT = 6_000_000;

/** Rows as Parquet, in row groups of bounded size. */
export function openParquetRows(columns: TableColumn[], target: PartialFile): RowFormat {
  let cells: unknown[][] = columns.map(() => []);
  let rows = 0;
  let text = 0;
  let opened: Promise<ParquetWriter> | undefined;
  const writeGroup = async (): Promise<void> => {
    opened ??= openWriter(columns, target);
    const writer = await opened;
    const columnData = columns.map(({ name }, i) => ({ name, data: cells[i]! }));
    cells = columns.map(() => []);
    const rowGroupSize = rows;
    rows = 0;
    text = 0;
    if (rowGroupSize > 0) await writer.write({ columnData, rowGroupSize });
  };
  return {
    write: async (row) => {
      for (const [i, column] of columns.entries()) {
        const value = row[i]!;
        cells[i]!.push(column.type === 'integer' && value !== null ? BigInt(value as number) : value);
        if (typeof value === 'string') text += value.length;
      }
      rows++;
      if (rows >= MOST_ROWS || text >= MOST_TEXT) await writeGroup();
    },
    end: async () => {
      await writeGroup();
      await (await opened!).finish();
    },
  };
}

async function openWriter(columns: TableColumn[], target: PartialFile): Promise<ParquetWriter> {
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
  // The bytes of a row group are handed on; `offset` goes on counting all of them.
  class GroupWriter extends ByteWriter {
    async flush(): Promise<void> {
      await target.bytes(this.getBytes());
      this.index = 0;
    }
    override async finish(): Promise<void> {
      await this.flush();
    }
  }
  return new ParquetWriter({
    writer: new GroupWriter(1 << 20),
    schema: [{ name: 'root', num_children: columns.length }, ...columns.map(elementOf)],
    codec: 'GZIP',
    compressors: { GZIP: (bytes: Uint8Array) => gzipSync(bytes, { level: 4 }) },
    createdBy: 'evalrun',
  });
}

function elementOf({ name, type }: TableColumn): SchemaElement {
  const common = { name, repetition_type: 'OPTIONAL' as const };
  if (type === 'string') return { ...common, type: 'BYTE_ARRAY', converted_type: 'UTF8' };
  if (type === 'number') return { ...common, type: 'DOUBLE' };
  return { ...common, type: type === 'integer' ? 'INT64' : 'BOOLEAN' };
}
