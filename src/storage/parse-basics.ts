import * as v from 'valibot';
import { columnTypes, type DatasetSummary } from '../model/dataset.ts';
import { SchemaId } from '../model/data-schema.ts';
import {
  BlobHash,
  CellId,
  CyclesId,
  ImportId,
  JobId,
  ModelGroupId,
  ModelId,
  NotebookId,
  ProfileId,
  SessionId,
  WorkspaceId,
} from '../model/ids.ts';
import { unknownImport } from '../model/imported-file.ts';
import { scales } from '../model/manual-types.ts';

export const time = v.pipe(v.number(), v.finite());
export const versionNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const notebookId = v.pipe(v.string(), v.transform(NotebookId.from));
export const cellId = v.pipe(v.string(), v.transform(CellId.from));
export const schemaId = v.pipe(v.string(), v.transform(SchemaId.from));
export const workspaceId = v.pipe(v.string(), v.transform(WorkspaceId.from));
export const jobId = v.pipe(v.string(), v.transform(JobId.from));
export const cyclesId = v.pipe(v.string(), v.transform(CyclesId.from));
export const sessionId = v.pipe(v.string(), v.transform(SessionId.from));
export const modelId = v.pipe(v.string(), v.transform(ModelId.from));
export const modelGroupId = v.pipe(v.string(), v.transform(ModelGroupId.from));
export const profileId = v.pipe(v.string(), v.transform(ProfileId.from));
export const importId = v.pipe(v.string(), v.transform(ImportId.from));
export const blobHash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/), v.transform(BlobHash.from));

/** A value that is kept under its hash. */
export const stored = { blob: blobHash, byteSize: count };

/** With which import something came. One that cannot be read is an unknown one, never none: that would be trusted. */
export const imported = { importId: v.exactOptional(v.fallback(importId, unknownImport)) } as const;

export const files = v.array(v.object({ path: v.string(), ...stored }));

export const summary: v.GenericSchema<unknown, DatasetSummary> = v.object({
  rowCount: count,
  columns: v.array(
    v.object({
      name: v.string(),
      type: v.picklist([...columnTypes, 'nested']),
      timeZone: v.nullable(v.string()),
      scale: v.exactOptional(v.picklist(scales)),
    }),
  ),
});
