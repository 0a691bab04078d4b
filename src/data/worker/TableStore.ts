import type { DatasetBuffers } from '../../model/dataset.ts';
import { BlobHash } from '../../model/ids.ts';
import { assertNever } from '../../shared/assert-never.ts';
import type { FromTableWorker, ToTableWorker } from '../table-messages.ts';
import { exportDataset } from './export-dataset.ts';
import { joinTables } from './join-tables.ts';
import { OpenTable } from './OpenTable.ts';
import { readArrowFile } from './read-arrow-file.ts';
import { findDatasetProblem } from './validate-buffers.ts';
import { writeArrowFile } from './write-arrow-file.ts';

/** The tables that are open in the worker, and what can be asked of them. */
export class TableStore {
  readonly #tables = new Map<number, OpenTable>();
  #nextTableId = 1;

  /** Carries out a command. Never rejects: what goes wrong is an answer too. */
  async handle(command: ToTableWorker): Promise<FromTableWorker> {
    try {
      return await this.#carryOut(command);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { type: 'request-failed', requestId: command.requestId, message };
    }
  }

  async #carryOut(command: ToTableWorker): Promise<FromTableWorker> {
    const { requestId } = command;
    switch (command.type) {
      case 'import-dataset':
        return await this.#import(requestId, command);
      case 'import-csv':
        return await this.#import(requestId, { buffers: await readCsvFile(command.file), before: null });
      case 'open-table': {
        const bytes = await readBytes(command.file);
        return { type: 'table-opened', requestId, ...this.#keep(bytes) };
      }
      case 'export-dataset': {
        const bytes = await readBytes(command.file);
        return { type: 'dataset-exported', requestId, buffers: exportDataset(readArrowFile(bytes)) };
      }
      case 'open-csv': {
        const buffers = await readCsvFile(command.file);
        return { type: 'table-opened', requestId, ...this.#keep(writeArrowFile(buffers)) };
      }
      case 'read-window': {
        const window = this.#find(command.tableId).readWindow(command.rows, command.columns);
        return { type: 'window-read', requestId, window };
      }
      case 'read-cell': {
        const text = this.#find(command.tableId).readCell(command.row, command.column);
        return { type: 'cell-read', requestId, text };
      }
      case 'close-table':
        this.#tables.delete(command.tableId);
        return { type: 'table-closed', requestId };
      case 'store-bytes': {
        const { bytes, mediaType } = command;
        const hashing = hash(bytes);
        const file = new Blob([bytes], { type: mediaType });
        return { type: 'bytes-stored', requestId, file, sha256: await hashing };
      }
      case 'check-json': {
        const { checkJson } = await import('../../model/check-json.ts');
        const problem = checkJson(await command.file.text(), command.expected);
        return { type: 'json-checked', requestId, problem };
      }
      default:
        return assertNever(command);
    }
  }

  async #import(
    requestId: number,
    { buffers, before }: Pick<Extract<ToTableWorker, { type: 'import-dataset' }>, 'buffers' | 'before'>,
  ): Promise<FromTableWorker> {
    const problem = findDatasetProblem(buffers);
    if (problem !== null) throw new Error(problem);
    const written = writeArrowFile(buffers);
    const bytes = before
      ? joinTables(readArrowFile(await readBytes(before)), readArrowFile(written))
      : written;
    // A browser may hash beside this thread, so it is begun first and awaited last.
    const hashing = hash(bytes);
    const file = new Blob([bytes], { type: 'application/vnd.apache.arrow.file' });
    const sha256 = await hashing;
    // Read back, so that the file's bytes are the one copy kept: the buffers go with this call.
    const kept = this.#keep(bytes);
    return { type: 'dataset-imported', requestId, ...kept, file, sha256, byteSize: bytes.byteLength };
  }

  #keep(bytes: Uint8Array) {
    const table = new OpenTable(readArrowFile(bytes));
    const tableId = this.#nextTableId++;
    this.#tables.set(tableId, table);
    return { tableId, summary: table.summary };
  }

  #find(tableId: number): OpenTable {
    const table = this.#tables.get(tableId);
    if (table === undefined) throw new Error('The table was closed.');
    return table;
  }
}

async function readCsvFile(file: Blob): Promise<DatasetBuffers> {
  // Most tables come from Python: what reads CSV is loaded when there is some.
  const { readCsv } = await import('./read-csv.ts');
  return readCsv(await file.text());
}

async function readBytes(file: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The table file could not be read from storage: ${reason}`, { cause: error });
  }
}

async function hash(bytes: Uint8Array<ArrayBuffer>): Promise<BlobHash> {
  // Browsers leave it out on plain http, whatever TypeScript says.
  const subtle: SubtleCrypto | undefined = globalThis.crypto.subtle;
  if (subtle === undefined) {
    throw new Error('This page has no SHA-256, as it was not opened over https or from localhost.');
  }
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return BlobHash.from(Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''));
}
