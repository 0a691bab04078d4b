import * as v from 'valibot';
import type {
  ImportChoice,
  ImportedKind,
  ImportItem,
  ImportResult,
  ImportSummary,
  SalvagedFile,
} from '../../model/workspace-import.ts';
import { parseValue } from '../../shared/parse-value.ts';
import type { Result } from '../../shared/result.ts';
import { count, importId, notebookId, time, workspaceId } from '../parse-basics.ts';
import type { FromImportWorker, ToImportWorker } from './import-messages.ts';
import { importedKinds } from './match-records.ts';
import { picked } from './parse-manifest.ts';

const kind: v.GenericSchema<unknown, ImportedKind> = v.picklist(importedKinds);

const choice: v.GenericSchema<unknown, ImportChoice> = v.object({
  way: v.picklist(['new', 'merge', 'replace']),
  conflicts: v.array(v.object({ kind, id: v.string(), choice: v.picklist(['keep', 'take', 'both']) })),
  title: v.string(),
});

const item: v.GenericSchema<unknown, ImportItem> = v.object({
  kind,
  id: v.string(),
  title: v.string(),
  hereTitle: v.nullable(v.string()),
  state: v.picklist(['new', 'same', 'different']),
  changedAt: v.nullable(time),
  hereChangedAt: v.nullable(time),
  bothProblem: v.nullable(v.string()),
});

const salvaged: v.GenericSchema<unknown, SalvagedFile> = v.object({
  kind: v.picklist(['backup', 'rescue']),
  writtenAt: time,
  workspaces: v.array(
    v.object({ id: workspaceId, title: v.string(), notebookCount: count, isInTrash: v.boolean() }),
  ),
  chosen: workspaceId,
  distrustedCount: count,
});

const summary: v.GenericSchema<unknown, ImportSummary> = v.object({
  title: v.string(),
  appVersion: v.string(),
  picked,
  byteSize: count,
  items: v.array(item),
  counts: v.object({
    cells: count,
    jobs: count,
    sessions: count,
    versions: count,
    datasets: count,
    checkpoints: count,
  }),
  hosts: v.array(v.string()),
  absent: v.object({ notPicked: count, lost: v.array(v.string()) }),
  problems: v.array(v.string()),
  salvaged: v.exactOptional(salvaged),
});

const result: v.GenericSchema<unknown, ImportResult> = v.object({
  importId,
  workspaceId,
  notebookId: v.nullable(notebookId),
  trashedIds: v.array(notebookId),
  losses: v.array(v.string()),
});

const toWorker: v.GenericSchema<unknown, ToImportWorker> = v.variant('type', [
  v.object({
    type: v.literal('read-file'),
    file: v.instance(Blob),
    name: v.string(),
    databaseName: v.string(),
    workspaceId,
    wanted: v.nullable(workspaceId),
  }),
  v.object({ type: v.literal('store-file'), choice }),
  v.object({ type: v.literal('cancel') }),
]);

const fromWorker: v.GenericSchema<unknown, FromImportWorker> = v.variant('type', [
  v.object({ type: v.literal('import-progressed'), doneBytes: count, allBytes: count }),
  v.object({ type: v.literal('import-finishing') }),
  v.object({ type: v.literal('file-read'), summary }),
  v.object({ type: v.literal('file-stored'), result }),
  v.object({ type: v.literal('import-cancelled') }),
  v.object({ type: v.literal('import-failed'), message: v.string() }),
]);

/** Checks what arrives in the worker. */
export function parseToImportWorker(message: unknown): Result<ToImportWorker, string> {
  return parseValue(toWorker, message);
}

/** Checks what arrives on the page. */
export function parseFromImportWorker(message: unknown): Result<FromImportWorker, string> {
  return parseValue(fromWorker, message);
}
