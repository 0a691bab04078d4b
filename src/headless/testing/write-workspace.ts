import { writeFile as writeToDisk } from 'node:fs/promises';
import { FakeTableWorker } from '../../data/testing/FakeTableWorker.ts';
import * as build from '../../data/testing/build-dataset.ts';
import { TableEngine } from '../../data/TableEngine.ts';
import type { DataSchema } from '../../model/data-schema.ts';
import { SchemaId } from '../../model/data-schema.ts';
import { CellId, WorkspaceId, type BlobHash } from '../../model/ids.ts';
import { standardNetworkPolicy } from '../../model/network-policy.ts';
import type { DatasetCell } from '../../model/dataset-cell.ts';
import type { Notebook } from '../../model/notebook.ts';
import { standardSettings } from '../../model/settings.ts';
import { statementInput, type StatementCell } from '../../model/statement.ts';
import { buildDatasetCell, buildProfile } from '../../model/testing/builders.ts';
import { carrySettings } from '../../storage/workspace-file/carried-records.ts';
import { writeFile } from '../../storage/workspace-file/testing/write-file.ts';

const workspaceId = WorkspaceId.from('workspace');

/** The schema of the rows that statements of tests return. */
export const rowsSchema: DataSchema = {
  id: SchemaId.from('rows'),
  workspaceId,
  name: 'Rows',
  description: '',
  fields: [{ name: 'n', type: 'integer', isNullable: false, description: '', limits: {} }],
  createdAt: 1,
  changedAt: 1,
};

/** A Statement for tests, whose id is its title, and whose rows are of `rowsSchema`. */
export function buildStatement(title: string, source: string): StatementCell {
  return {
    kind: 'statement',
    id: CellId.from(title),
    title,
    source,
    inputs: [statementInput],
    configuration: {
      timeoutSeconds: 300,
      isBulk: false,
      isDebugged: false,
      inputSchema: null,
      outputSchema: rowsSchema.id,
      checkpointColumn: null,
      isAppending: false,
      cycles: { type: 'once' },
    },
  };
}

/** A Dataset for tests of one column `n`, whose id is its title, and its bytes. */
export async function buildDataset(
  title: string,
  numbers: readonly bigint[],
): Promise<{ readonly cell: DatasetCell; readonly blob: readonly [BlobHash, Blob] }> {
  const tables = new TableEngine(() => new FakeTableWorker());
  const { file, sha256, byteSize, summary, table } = await tables.importDataset(
    build.dataset(build.int64('n', numbers)),
  );
  table.close();
  const made = buildDatasetCell(title, sha256);
  const content = made.content && { ...made.content, table: { summary, blob: sha256, byteSize } };
  return { cell: { ...made, content }, blob: [sha256, file] };
}

/** Writes a workspace with these notebooks to a file. */
export async function writeWorkspace(
  path: string,
  notebooks: readonly Notebook[],
  blobs: ReadonlyMap<BlobHash, Blob> = new Map(),
): Promise<void> {
  const records = {
    workspace: { id: workspaceId, title: 'Workspace', createdAt: 500, network: standardNetworkPolicy },
    settings: carrySettings({ ...standardSettings, activeProfile: 'ada' }),
    profiles: [buildProfile('ada')],
    schemas: [rowsSchema],
    models: [],
    versions: [],
    groups: [],
    lines: [],
    schedules: [],
    notebooks,
    checkpoints: [],
    sessions: [],
    jobs: [],
  };
  const reader = {
    readBlob: (hash: BlobHash) => Promise.resolve(blobs.get(hash) ?? null),
    loadLog: () => Promise.resolve([]),
  };
  const { file } = await writeFile({ records, reader });
  await writeToDisk(path, new Uint8Array(await file.arrayBuffer()));
}
