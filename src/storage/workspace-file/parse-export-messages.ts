import * as v from 'valibot';
import { workspaceParts } from '../../model/workspace-parts.ts';
import { parseValue } from '../../shared/parse-value.ts';
import type { Result } from '../../shared/result.ts';
import { count, notebookId, workspaceId } from '../parse-basics.ts';
import type { ExportSource, FromExportWorker, ToExportWorker } from './export-messages.ts';
import { picked } from './parse-manifest.ts';
import type { FoundRecords } from './workspace-records.ts';

/** Written by this app and read by who writes them: what is within is checked when the file is read. */
const found = v.custom<FoundRecords>(
  (value) => typeof value === 'object' && value !== null && 'records' in value && 'problems' in value,
  'Expected records',
);

const source: v.GenericSchema<unknown, ExportSource> = v.variant('kind', [
  v.object({ kind: v.literal('database'), name: v.string(), workspaceId }),
  v.object({
    kind: v.literal('page'),
    found,
    logs: v.custom<Extract<ExportSource, { kind: 'page' }>['logs']>((value) => value instanceof Map),
    blobs: v.custom<Extract<ExportSource, { kind: 'page' }>['blobs']>((value) => value instanceof Map),
  }),
]);

const fileHandle = v.custom<FileSystemFileHandle>(
  (value) => typeof value === 'object' && value !== null && 'createWritable' in value,
  'Expected a file to write to',
);

const toWorker: v.GenericSchema<unknown, ToExportWorker> = v.variant('type', [
  v.object({ type: v.literal('measure-workspace'), source, only: v.nullable(notebookId) }),
  v.object({
    type: v.literal('write-workspace'),
    source,
    only: v.nullable(notebookId),
    picked,
    appVersion: v.string(),
    target: v.nullable(fileHandle),
  }),
  v.object({ type: v.literal('cancel') }),
]);

const fromWorker: v.GenericSchema<unknown, FromExportWorker> = v.variant('type', [
  v.object({
    type: v.literal('workspace-measured'),
    sizes: v.array(v.object({ parts: v.array(v.picklist(workspaceParts)), byteSize: count })),
  }),
  v.object({ type: v.literal('write-progressed'), doneBytes: count, allBytes: count }),
  v.object({
    type: v.literal('workspace-written'),
    file: v.nullable(v.instance(Blob)),
    byteSize: count,
    losses: v.array(v.string()),
  }),
  v.object({ type: v.literal('export-failed'), message: v.string() }),
]);

/** Checks what arrives in the worker. */
export function parseToExportWorker(message: unknown): Result<ToExportWorker, string> {
  return parseValue(toWorker, message);
}

/** Checks what arrives on the page. */
export function parseFromExportWorker(message: unknown): Result<FromExportWorker, string> {
  return parseValue(fromWorker, message);
}
