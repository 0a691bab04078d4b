import * as v from 'valibot';
import { columnTypes, type DatasetSummary } from '../model/dataset.ts';
import { BlobHash, CellId, JobId, NotebookId, WorkspaceId } from '../model/ids.ts';
import { imageMediaTypes, stopLevels, type Job, type LogEntry } from '../model/job.ts';
import { networkModes, standardNetworkPolicy, type NetworkPolicy } from '../model/network-policy.ts';
import { timeoutLimits, type Notebook, type NotebookWheel } from '../model/notebook.ts';
import { standardSettings, themes, type Settings } from '../model/settings.ts';
import { jobErrorSchema, logEntrySchema } from '../model/parse-job.ts';
import { parseValue } from '../shared/parse-value.ts';
import { succeed, type Result } from '../shared/result.ts';
import type { LogRecord, WorkspaceRecord } from './schema.ts';

const time = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const notebookId = v.pipe(v.string(), v.transform(NotebookId.from));
const cellId = v.pipe(v.string(), v.transform(CellId.from));
const workspaceId = v.pipe(v.string(), v.transform(WorkspaceId.from));
const jobId = v.pipe(v.string(), v.transform(JobId.from));
const blobHash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/), v.transform(BlobHash.from));

const configuration = v.object({
  timeoutSeconds: v.pipe(
    v.number(),
    v.safeInteger(),
    v.minValue(timeoutLimits.minimum),
    v.maxValue(timeoutLimits.maximum),
  ),
  generateEmptyDataset: v.boolean(),
});

const cell = v.object({
  kind: v.literal('data-generator'),
  id: cellId,
  title: v.string(),
  source: v.string(),
  configuration,
});

const wheel: v.GenericSchema<unknown, NotebookWheel> = v.object({
  fileName: v.string(),
  name: v.string(),
  version: v.string(),
  modules: v.array(v.string()),
  needs: v.array(v.string()),
  byteSize: count,
  blob: blobHash,
});

const notebook: v.GenericSchema<unknown, Notebook> = v.object({
  id: notebookId,
  workspaceId,
  title: v.string(),
  cells: v.array(cell),
  // Version 1 of the database had neither.
  requirements: v.optional(v.string(), ''),
  wheels: v.optional(v.array(wheel), []),
  createdAt: time,
  changedAt: time,
  deletedAt: v.nullable(time),
});

const summary: v.GenericSchema<unknown, DatasetSummary> = v.object({
  rowCount: count,
  columns: v.array(
    v.object({
      name: v.string(),
      type: v.picklist([...columnTypes, 'nested']),
      timeZone: v.nullable(v.string()),
    }),
  ),
});

const outcome = v.variant('status', [
  v.object({
    status: v.literal('done'),
    outputs: v.array(v.object({ handle: v.string(), summary, blob: blobHash, byteSize: count })),
    images: v.array(
      v.object({
        name: v.string(),
        mediaType: v.picklist(imageMediaTypes),
        blob: blobHash,
        byteSize: count,
      }),
    ),
  }),
  v.object({
    status: v.literal('failed'),
    error: jobErrorSchema,
  }),
  // Before there were levels, every stop ended Python.
  v.object({ status: v.literal('stopped'), level: v.optional(v.picklist(stopLevels), 'hard') }),
]);

const job: v.GenericSchema<unknown, Job> = v.object({
  id: jobId,
  notebookId,
  cellId,
  startedAt: time,
  finishedAt: time,
  source: v.string(),
  configuration,
  packages: v.optional(v.array(v.string()), []),
  outcome,
});

const logRecord: v.GenericSchema<unknown, LogRecord> = v.object({
  jobId,
  entries: v.array(logEntrySchema),
});

const networkPolicy: v.GenericSchema<unknown, NetworkPolicy> = v.object({
  mode: v.picklist(networkModes),
  hosts: v.array(v.string()),
});

const workspace: v.GenericSchema<unknown, WorkspaceRecord> = v.object({
  id: workspaceId,
  title: v.string(),
  createdAt: time,
  // One that cannot be read allows nothing unasked, and does not take the workspace with it.
  network: v.exactOptional(v.fallback(networkPolicy, standardNetworkPolicy)),
});

/** Checks what stands in the `notebooks` store. */
export function parseNotebook(record: unknown): Result<Notebook, string> {
  return parseValue(notebook, record);
}

/** Checks what stands in the `jobs` store. */
export function parseJob(record: unknown): Result<Job, string> {
  return parseValue(job, record);
}

/** Checks what stands in the `workspaces` store. */
export function parseWorkspace(record: unknown): Result<WorkspaceRecord, string> {
  return parseValue(workspace, record);
}

/** Checks what stands in the `logs` store; no log at all is an empty one. */
export function parseLog(record: unknown): Result<readonly LogEntry[], string> {
  if (record === undefined) return succeed([]);
  const parsed = parseValue(logRecord, record);
  return parsed.isOk ? succeed(parsed.value.entries) : parsed;
}

const settings: v.GenericSchema<unknown, Settings> = v.object({
  theme: v.fallback(v.picklist(themes), standardSettings.theme),
  openNotebook: v.fallback(v.nullable(v.string()), standardSettings.openNotebook),
  isWorkspacePaneOpen: v.fallback(v.boolean(), standardSettings.isWorkspacePaneOpen),
  isConfigurationPaneOpen: v.fallback(v.boolean(), standardSettings.isConfigurationPaneOpen),
});

/** The settings out of what is stored of them; what is missing or wrong has its standard value. */
export function parseSettings(stored: Readonly<Record<string, unknown>>): Settings {
  const parsed = parseValue(settings, { ...standardSettings, ...stored });
  return parsed.isOk ? parsed.value : standardSettings;
}
