import type { TableEngine } from '../data/TableEngine.ts';
import type { BlobHash } from '../model/ids.ts';
import { listTableFiles, type StoredDataset, type StoredOutput } from '../model/outputs.ts';
import type { Preview } from '../model/preview.ts';
import type { OutputContent } from './events.ts';

/** What results are read from. */
export interface ResultMeans {
  readonly tables: TableEngine;
  readonly readBlob: (hash: BlobHash) => Promise<Blob | null>;
}

/** So many rows and columns of a table are told, and so many characters of a value. */
const mostRows = 5;
const mostColumns = 50;
const mostCharacters = 10_000;

/** What is told of an output. */
export async function describeOutput(output: StoredOutput, means: ResultMeans): Promise<OutputContent> {
  switch (output.kind) {
    case 'dataset':
      return await describeTable(output, means);
    case 'json':
      return describeJson(output.byteSize, output.text ?? (await readText(output.blob, means)));
    case 'binary':
      return { kind: 'binary', byteSize: output.byteSize, sha256: output.blob };
    case 'variable':
      return { kind: 'variable', typeName: output.typeName, summary: output.summary };
    case 'secret':
      return { kind: 'secret' };
  }
}

async function describeTable(output: StoredDataset, means: ResultMeans): Promise<OutputContent> {
  const { rowCount, columns } = output.summary;
  const table = await openTable(output, means);
  try {
    const rows = { start: 0, end: Math.min(mostRows, rowCount) };
    const window = await table.readWindow(rows, { start: 0, end: Math.min(mostColumns, columns.length) });
    return {
      kind: 'dataset',
      rowCount,
      columns: columns.map(({ name, type }) => ({ name, type })),
      firstRows: window.rowNumbers.map((_, row) => window.cells.map(({ texts }) => texts[row] ?? '')),
    };
  } finally {
    table.close();
  }
}

/** The table of a dataset; whoever opens it closes it. Rejects where a part of it is gone. */
export async function openTable(
  output: Parameters<typeof listTableFiles>[0],
  { tables, readBlob }: ResultMeans,
): ReturnType<TableEngine['openTable']> {
  const files = await Promise.all(
    listTableFiles(output).map(async ({ blob }) => {
      const file = await readBlob(blob);
      if (!file) throw new Error('A part of the table is not there any more.');
      return file;
    }),
  );
  return await tables.openTable(...files);
}

async function readText(hash: BlobHash, { readBlob }: ResultMeans): Promise<string> {
  return (await (await readBlob(hash))?.text()) ?? '';
}

/** Numbers that JavaScript does not keep exactly. */
const longNumber = /\d{16}/;

function describeJson(byteSize: number, text: string): OutputContent {
  if (text.length <= mostCharacters && !longNumber.test(text)) {
    try {
      const value: unknown = JSON.parse(text);
      return { kind: 'json', byteSize, value };
    } catch {
      // Python writes NaN and Infinity, which no other reader of JSON takes.
    }
  }
  const isCut = text.length > mostCharacters;
  return { kind: 'json', byteSize, text: text.slice(0, mostCharacters), isCut };
}

/** What is told of a preview, beside its type. */
export function describePreview({ content }: Pick<Preview, 'content'>): string {
  switch (content.type) {
    case 'table':
      return `${content.rowCount} rows, ${content.table.summary.columns.length} columns`;
    case 'image':
      return content.images.length === 1 ? '1 image' : `${content.images.length} images`;
    case 'video':
    case 'audio':
      return 'url' in content.source ? content.source.url : content.source.mediaType;
    case 'iframe':
    case 'remote':
      return content.url;
    case 'problem':
      return content.problem;
    default:
      return `${content.text.byteSize} bytes`;
  }
}
