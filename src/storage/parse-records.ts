import * as v from 'valibot';
import type { SigningKey } from '../identity/signing-key.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { DataSchema } from '../model/data-schema.ts';
import type { ImportedFile } from '../model/imported-file.ts';
import type { Job, LogEntry } from '../model/job.ts';
import type { ModelRename } from '../model/model-renames.ts';
import { networkModes, standardNetworkPolicy, type NetworkPolicy } from '../model/network-policy.ts';
import type { Notebook } from '../model/notebook.ts';
import { standardSettings, themes, type Settings } from '../model/settings.ts';
import { logEntrySchema } from '../model/parse-job.ts';
import type { ProductionLine } from '../model/production-line.ts';
import type { Profile } from '../model/profile.ts';
import type { Schedule } from '../model/schedule.ts';
import type { Session } from '../model/session.ts';
import type { ModelGroup, ModelVersion, TrainedModel } from '../model/trained-model.ts';
import { parseValue } from '../shared/parse-value.ts';
import { succeed, type Result } from '../shared/result.ts';
import { jobId, time, workspaceId } from './parse-basics.ts';
import { job } from './parse-job-record.ts';
import { importedFile } from './parse-import-records.ts';
import { profile, signingKey } from './parse-identity-records.ts';
import { modelGroup, modelRenames, modelVersion, trainedModel } from './parse-model-records.ts';
import { notebook } from './parse-notebook-record.ts';
import { productionLine, schedule } from './parse-schedule-records.ts';
import { session } from './parse-session-record.ts';
import { checkpoint, dataSchema } from './parse-statement-records.ts';
import type { LogRecord, WorkspaceRecord } from './schema.ts';

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
  deletedAt: v.exactOptional(v.nullable(time)),
  // One that cannot be read allows nothing unasked, and does not take the workspace with it.
  network: v.exactOptional(v.fallback(networkPolicy, standardNetworkPolicy)),
  secretSalt: v.exactOptional(v.fallback(v.nullable(v.string()), null)),
});

/** Checks what stands in the `notebooks` store. */
export function parseNotebook(record: unknown): Result<Notebook, string> {
  return parseValue(notebook, record);
}

/** Checks what stands in the `jobs` store. */
export function parseJob(record: unknown): Result<Job, string> {
  return parseValue(job, record);
}

/** Checks what stands in the `sessions` store. */
export function parseSession(record: unknown): Result<Session, string> {
  return parseValue(session, record);
}

/** Checks what stands in the `checkpoints` store. */
export function parseCheckpoint(record: unknown): Result<Checkpoint, string> {
  return parseValue(checkpoint, record);
}

/** Checks what stands in the `schemas` store. */
export function parseDataSchema(record: unknown): Result<DataSchema, string> {
  return parseValue(dataSchema, record);
}

/** Checks what stands in the `models` store. */
export function parseTrainedModel(record: unknown): Result<TrainedModel, string> {
  return parseValue(trainedModel, record);
}

/** Checks what stands in the `modelVersions` store. */
export function parseModelVersion(record: unknown): Result<ModelVersion, string> {
  return parseValue(modelVersion, record);
}

/** Checks what stands in the `modelGroups` store. */
export function parseModelGroup(record: unknown): Result<ModelGroup, string> {
  return parseValue(modelGroup, record);
}

/** Checks what another tab tells of a change to models. */
export function parseModelRenames(message: unknown): Result<readonly ModelRename[], string> {
  return parseValue(modelRenames, message);
}

/** Checks what stands in the `profiles` store. */
export function parseProfile(record: unknown): Result<Profile, string> {
  return parseValue(profile, record);
}

/** Checks what stands in the `productionLines` store. */
export function parseProductionLine(record: unknown): Result<ProductionLine, string> {
  return parseValue(productionLine, record);
}

/** Checks what stands in the `schedules` store. */
export function parseSchedule(record: unknown): Result<Schedule, string> {
  return parseValue(schedule, record);
}

/** Checks what stands in the `imports` store. */
export function parseImportedFile(record: unknown): Result<ImportedFile, string> {
  return parseValue(importedFile, record);
}

/** Checks what stands in the `signingKeys` store. */
export function parseSigningKey(record: unknown): Result<SigningKey, string> {
  return parseValue(signingKey, record);
}

/** Checks what stands in the `workspaces` store. */
export function parseWorkspace(record: unknown): Result<WorkspaceRecord, string> {
  return parseValue(workspace, record);
}

/** Checks what stands in the `logs` store; no log at all is an empty one. */
export function parseLog(record: unknown): Result<readonly LogEntry[], string> {
  if (record === undefined) return succeed([]);
  const parsed = parseLogRecord(record);
  return parsed.isOk ? succeed(parsed.value.entries) : parsed;
}

/** Checks a log that is there. */
export function parseLogRecord(record: unknown): Result<LogRecord, string> {
  return parseValue(logRecord, record);
}

const settings: v.GenericSchema<unknown, Settings> = v.object({
  theme: v.fallback(v.picklist(themes), standardSettings.theme),
  openNotebook: v.fallback(v.nullable(v.string()), standardSettings.openNotebook),
  isWorkspacePaneOpen: v.fallback(v.boolean(), standardSettings.isWorkspacePaneOpen),
  isConfigurationPaneOpen: v.fallback(v.boolean(), standardSettings.isConfigurationPaneOpen),
  activeProfile: v.fallback(v.nullable(v.string()), standardSettings.activeProfile),
  openWorkspace: v.fallback(v.nullable(v.string()), standardSettings.openWorkspace),
  hasAskedToKeep: v.fallback(v.boolean(), standardSettings.hasAskedToKeep),
});

/** The settings out of what is stored of them; what is missing or wrong has its standard value. */
export function parseSettings(stored: Readonly<Record<string, unknown>>): Settings {
  const parsed = parseValue(settings, { ...standardSettings, ...stored });
  return parsed.isOk ? parsed.value : standardSettings;
}
