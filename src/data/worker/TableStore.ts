import type { BlobHash } from '../../model/ids.ts';
import { assertNever } from '../../shared/assert-never.ts';
import { invariant } from '../../shared/invariant.ts';
import type { FromTableWorker, TableFile, TableTask } from '../table-messages.ts';
import { ArrowFile } from './ArrowFile.ts';
import { exportFile } from './export/export-file.ts';
import { queryRows } from './query/query-rows.ts';
import { readStatistics } from './query/read-statistics.ts';
import type { Run } from './query/run.ts';
import { exportDataset } from './export-dataset.ts';
import { appendRows, type TablePart } from './append-rows.ts';
import { hashBytes } from './hash-bytes.ts';
import { joinTables } from './join-tables.ts';
import { joinParts } from './join-parts.ts';
import { OpenTable } from './OpenTable.ts';
import type { TableColumns } from './table-columns.ts';
import { findDatasetProblem } from './validate-buffers.ts';
import { writeArrowFile } from './write-arrow-file.ts';

/** A table that is open, and the files that it came in, by their hashes, as far as those are known. */
interface KeptTable {
  readonly table: OpenTable;
  readonly parts: ReadonlyMap<BlobHash, TablePart>;
}

/** The tables that are open in the worker, and what can be asked of them. */
export class TableStore {
  readonly #tables = new Map<number, KeptTable>();
  #nextTableId = 1;
  /** Of the commands under way. */
  readonly #stops = new Map<number, AbortController>();

  /** Gives up a command that is still under way: it fails. */
  cancel(requestId: number): void {
    this.#stops.get(requestId)?.abort();
  }

  /** Carries out a command, and reports of one that takes long. Never rejects: what goes wrong is an answer too. */
  async handle(
    command: TableTask,
    report: (message: FromTableWorker) => void = () => undefined,
  ): Promise<FromTableWorker> {
    const { requestId } = command;
    const stop = new AbortController();
    this.#stops.set(requestId, stop);
    try {
      return await this.#carryOut(command, createRun(requestId, stop.signal, report));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { type: 'request-failed', requestId, message };
    } finally {
      this.#stops.delete(requestId);
    }
  }

  async #carryOut(command: TableTask, run: Run): Promise<FromTableWorker> {
    const { requestId } = command;
    switch (command.type) {
      case 'import-dataset':
        return await this.#import(requestId, command);
      case 'open-table': {
        const table = await readFiles(command.files);
        return { type: 'table-opened', requestId, ...this.#keep(table), hitColumns: [] };
      }
      case 'export-dataset': {
        const byteSize = command.files.reduce((sum, { size }) => sum + size, 0);
        const table = await readFiles(command.files, byteSize <= heldBytes);
        return { type: 'dataset-exported', requestId, buffers: await exportDataset(table) };
      }
      case 'read-window': {
        const window = await this.#find(command.tableId).readWindow(command.rows, command.columns);
        return { type: 'window-read', requestId, window };
      }
      case 'read-cell': {
        const text = await this.#find(command.tableId).readCell(command.row, command.column);
        return { type: 'cell-read', requestId, text };
      }
      case 'read-chart-data': {
        // Loaded when there is a chart.
        const { readChartRows } = await import('./chart/read-chart-rows.ts');
        const rows = await readChartRows(this.#find(command.tableId).columns, command.query, run.signal);
        return { type: 'chart-data-read', requestId, rows };
      }
      case 'query-table': {
        const table = this.#find(command.tableId);
        const { rows, hitColumns } = await queryRows(table.columns, table.rows, command.query, run);
        return { type: 'table-opened', requestId, ...this.#add(table.withRows(rows), new Map()), hitColumns };
      }
      case 'read-statistics': {
        const statistics = await readStatistics(this.#find(command.tableId), command.column, run);
        return { type: 'statistics-read', requestId, statistics };
      }
      case 'export-file': {
        const file = await exportFile(this.#find(command.tableId), command.request, run);
        return { type: 'file-exported', requestId, file };
      }
      case 'close-table':
        this.#tables.delete(command.tableId);
        return { type: 'table-closed', requestId };
      case 'store-bytes': {
        // The browser hashes only what lies in one piece.
        const bytes = joinParts(command.parts);
        const hashing = hashBytes(bytes);
        const file = new Blob([bytes], { type: command.mediaType });
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
    { buffers, before }: Pick<Extract<TableTask, { type: 'import-dataset' }>, 'buffers' | 'before'>,
  ): Promise<FromTableWorker> {
    const problem = findDatasetProblem(buffers);
    if (problem !== null) throw new Error(problem);
    const earlier = await Promise.all(before.map((file) => this.#readPart(file)));
    const { table, keptCount, last } = await appendRows(earlier, writeArrowFile(buffers));
    const kept = before.slice(0, keptCount);
    const file = last ? last.file : before[keptCount];
    const part = last ? { table: last.table, byteSize: last.file.byteSize } : earlier[keptCount];
    invariant(file && part, 'without new rows there is a file before');
    // The file is the one copy kept: the buffers go with this call, and rows are read from it as they are asked for.
    const opened = this.#keep(table, [...kept, file], [...earlier.slice(0, keptCount), part]);
    return { type: 'dataset-imported', requestId, ...opened, ...file, keptCount };
  }

  #keep(columns: TableColumns, files: readonly TableFile[] = [], parts: readonly TablePart[] = []) {
    const named = parts.flatMap((part, index) => {
      const file = files[index];
      return file ? [[file.sha256, part] as const] : [];
    });
    return this.#add(new OpenTable(columns), new Map(named));
  }

  #add(table: OpenTable, parts: KeptTable['parts']) {
    const tableId = this.#nextTableId++;
    this.#tables.set(tableId, { table, parts });
    return { tableId, summary: table.summary };
  }

  /** Most often the table that rows are added to is open: then it is not read again. */
  async #readPart({ file, sha256, byteSize }: TableFile): Promise<TablePart> {
    for (const { parts } of this.#tables.values()) {
      const known = parts.get(sha256);
      if (known) return known;
    }
    return { table: await ArrowFile.open(file), byteSize };
  }

  #find(tableId: number): OpenTable {
    const kept = this.#tables.get(tableId);
    if (kept === undefined) throw new Error('The table was closed.');
    return kept.table;
  }
}

/** Files of a table that is wanted whole are read at once up to here, as they are in memory beside what is made of them. */
const heldBytes = 256 * 2 ** 20;

/** Progress is told of so many times a second at most. */
const reportsPerSecond = 20;

function createRun(requestId: number, signal: AbortSignal, report: (message: FromTableWorker) => void): Run {
  let reportedAt = performance.now();
  return {
    signal,
    report: (done, total) => {
      if (performance.now() - reportedAt < 1000 / reportsPerSecond) return;
      reportedAt = performance.now();
      report({ type: 'progressed', requestId, done, total });
    },
  };
}

async function readFiles(files: readonly Blob[], isHeld = false): Promise<TableColumns> {
  return await joinTables(await Promise.all(files.map((file) => ArrowFile.open(file, { isHeld }))));
}
