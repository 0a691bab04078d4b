import * as v from 'valibot';
import { checkpointTypes, type Checkpoint, type CheckpointValue } from '../model/checkpoint.ts';
import { fieldTypes, type DataSchema, type SchemaField } from '../model/data-schema.ts';
import { cellId, jobId, notebookId, schemaId, sessionId, time, workspaceId } from './parse-basics.ts';

/** The value of a checkpoint, also in the record of the job that it comes from. */
export const checkpointValue: v.GenericSchema<unknown, CheckpointValue> = v.object({
  type: v.picklist(checkpointTypes),
  text: v.string(),
});

const entry = v.object({
  value: v.nullable(checkpointValue),
  at: time,
  origin: v.nullable(v.object({ jobId, sessionId })),
});

/** What stands in the `checkpoints` store. */
export const checkpoint: v.GenericSchema<unknown, Checkpoint> = v.object({
  cellId,
  notebookId,
  column: v.string(),
  history: v.tupleWithRest([entry], entry),
});

/** The fields of a data schema, also in the record of a job that had it. */
export const schemaFields: v.GenericSchema<unknown, SchemaField[]> = v.array(
  v.object({
    name: v.string(),
    type: v.picklist(fieldTypes),
    isNullable: v.boolean(),
    description: v.string(),
    limits: v.exactOptional(v.record(v.string(), v.unknown())),
  }),
);

/** What stands in the `schemas` store. */
export const dataSchema: v.GenericSchema<unknown, DataSchema> = v.object({
  id: schemaId,
  workspaceId,
  name: v.string(),
  description: v.string(),
  fields: schemaFields,
  createdAt: time,
  changedAt: time,
});
