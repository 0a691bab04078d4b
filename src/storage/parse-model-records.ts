import * as v from 'valibot';
import type { ModelRename } from '../model/model-renames.ts';
import type { ModelGroup, ModelVersion, TrainedModel } from '../model/trained-model.ts';
import {
  cellId,
  count,
  imported,
  jobId,
  modelGroupId,
  modelId,
  notebookId,
  profileId,
  sessionId,
  stored,
  time,
  versionNumber,
  workspaceId,
} from './parse-basics.ts';

/** What stands in the `models` store. */
export const trainedModel: v.GenericSchema<unknown, TrainedModel> = v.object({
  id: modelId,
  workspaceId,
  name: v.string(),
  notes: v.string(),
  lastNumber: count,
  createdAt: time,
  changedAt: time,
  deletedAt: v.nullable(time),
});

const origin = v.variant('type', [
  v.object({
    type: v.literal('job'),
    notebookId,
    notebookTitle: v.string(),
    cellId,
    cellTitle: v.string(),
    sessionId,
    jobId,
    sources: v.array(
      v.variant('kind', [
        v.object({ kind: v.literal('model'), modelId, name: v.string(), number: versionNumber }),
        v.object({ kind: v.literal('file'), path: v.string() }),
      ]),
    ),
  }),
  v.object({ type: v.literal('rollback'), number: versionNumber }),
]);

/** What stands in the `modelVersions` store. */
export const modelVersion: v.GenericSchema<unknown, ModelVersion> = v.object({
  modelId,
  number: versionNumber,
  createdAt: time,
  origin,
  profile: v.nullable(v.object({ id: profileId, username: v.string() })),
  typeName: v.string(),
  pythonVersion: v.string(),
  packages: v.array(v.object({ name: v.string(), version: v.string() })),
  notes: v.string(),
  ...stored,
  deletedAt: v.nullable(time),
  ...imported,
});

/** What stands in the `modelGroups` store. */
export const modelGroup: v.GenericSchema<unknown, ModelGroup> = v.object({
  id: modelGroupId,
  workspaceId,
  name: v.string(),
  modelIds: v.array(modelId),
  createdAt: time,
  changedAt: time,
});

/** What a tab tells others of a change to models. */
export const modelRenames: v.GenericSchema<unknown, readonly ModelRename[]> = v.array(
  v.object({ what: v.picklist(['model', 'group']), from: v.string(), to: v.string() }),
);
