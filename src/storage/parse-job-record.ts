import * as v from 'valibot';
import type { SeenBlock } from '../model/block-looks.ts';
import type { SeenDownstream } from '../model/downstream-looks.ts';
import { imageMediaTypes, stopLevels, type Job, type JobOutcome, type StoredImage } from '../model/job.ts';
import type { JobInput } from '../model/job-inputs.ts';
import type { LoadedModel, SavedModel } from '../model/job-models.ts';
import { noNotices, type NoticeCounts } from '../model/log-notices.ts';
import type { JobSetup } from '../model/job-setup.ts';
import { noModels } from '../model/model-configuration.ts';
import type { OutputTarget, StoredOutput } from '../model/outputs.ts';
import type { FoundPackage } from '../model/own-packages.ts';
import { imageDetails, jobErrorSchema } from '../model/parse-job.ts';
import { remoteKinds, type MediaSource, type Preview, type StoredValue } from '../model/preview.ts';
import {
  blobHash,
  cellId,
  count,
  files,
  jobId,
  modelId,
  notebookId,
  sessionId,
  stored,
  summary,
  time,
  versionNumber,
} from './parse-basics.ts';
import { manualTypes, modelConfiguration } from './parse-generator-parts.ts';
import { inputHandles, outputHandles } from './parse-handles.ts';
import { schemaFields } from './parse-statement-records.ts';

const handle = v.string();

const target: v.GenericSchema<unknown, OutputTarget> = v.object({
  nodeId: v.string(),
  title: v.string(),
  inputHandle: v.string(),
});

/** Before outputs had targets they went to all. */
const address = { handle, targets: v.exactOptional(v.array(target)) };

const output: v.GenericSchema<unknown, StoredOutput> = v.variant('kind', [
  v.object({
    kind: v.literal('dataset'),
    ...address,
    // Before tables had several files they had one.
    earlier: v.exactOptional(v.array(v.object(stored))),
    summary,
    ...stored,
  }),
  v.object({ kind: v.literal('json'), ...address, text: v.nullable(v.string()), ...stored }),
  v.object({ kind: v.literal('secret'), ...address, text: v.string(), hash: v.string() }),
  v.object({ kind: v.literal('binary'), ...address, ...stored }),
  v.object({
    kind: v.literal('variable'),
    ...address,
    key: v.string(),
    typeName: v.string(),
    summary: v.string(),
    pickle: v.nullable(v.object(stored)),
    reason: v.nullable(v.string()),
    kernelId: v.nullable(v.string()),
  }),
]);

const image: v.GenericSchema<unknown, StoredImage> = v.object({
  name: v.string(),
  mediaType: v.picklist(imageMediaTypes),
  ...imageDetails,
  ...stored,
});

const outcome: v.GenericSchema<unknown, JobOutcome> = v.variant('status', [
  v.object({
    status: v.literal('done'),
    outputs: v.array(output),
    images: v.array(image),
  }),
  v.object({ status: v.literal('failed'), error: jobErrorSchema }),
  // Before there were levels, every stop ended Python.
  v.object({ status: v.literal('stopped'), level: v.optional(v.picklist(stopLevels), 'hard') }),
]);

const source: v.GenericSchema<unknown, MediaSource<StoredValue>> = v.union([
  v.object({ mediaType: v.string(), data: v.object(stored), ...imageDetails }),
  v.object({ url: v.string() }),
]);
const text = v.object(stored);

const preview: v.GenericSchema<unknown, Preview> = v.object({
  id: v.nullable(v.string()),
  time,
  content: v.variant('type', [
    v.object({
      type: v.literal('table'),
      table: v.object({ summary, ...stored }),
      rowCount: count,
      isShortened: v.boolean(),
    }),
    v.object({ type: v.literal('text'), language: v.nullable(v.string()), text }),
    v.object({ type: v.picklist(['json', 'markdown', 'html', 'csv']), text }),
    v.object({ type: v.literal('image'), images: v.array(source) }),
    v.object({ type: v.picklist(['video', 'audio']), source }),
    v.object({ type: v.literal('iframe'), url: v.string() }),
    v.object({
      type: v.literal('remote'),
      shownAs: v.picklist(remoteKinds),
      language: v.nullable(v.string()),
      url: v.string(),
    }),
    v.object({ type: v.literal('problem'), problem: v.string() }),
    v.object({ type: v.picklist(['plotly', 'vega-lite']), text }),
    v.object({ type: v.literal('other'), name: v.string(), text }),
  ]),
});

const setup: v.GenericSchema<unknown, JobSetup> = v.variant('kind', [
  v.object({
    kind: v.literal('data-generator'),
    generateEmptyDataset: v.boolean(),
    // Version 6 of the database had neither of these.
    manualTypes: v.optional(manualTypes, []),
    models: v.optional(modelConfiguration, noModels),
  }),
  v.object({ kind: v.literal('scriptlet'), inputs: inputHandles, outputs: outputHandles }),
  v.object({
    kind: v.literal('statement'),
    isBulk: v.boolean(),
    isAppending: v.boolean(),
    checkpointColumn: v.nullable(v.string()),
    inputFields: v.nullable(schemaFields),
    outputFields: v.nullable(schemaFields),
  }),
]);

const input: v.GenericSchema<unknown, JobInput> = v.object({
  handle,
  hash: v.string(),
  from: v.variant('type', [
    v.object({ type: v.literal('connection'), cellId, handle, jobId: v.nullable(jobId) }),
    v.object({ type: v.picklist(['value', 'default']) }),
  ]),
});

const seenDownstream: v.GenericSchema<unknown, SeenDownstream> = v.object({
  handle,
  isByTitle: v.boolean(),
  isDescribed: v.boolean(),
  inputs: v.array(v.object({ cellId, inputHandle: handle, hash: v.string() })),
});

const seenBlock: v.GenericSchema<unknown, SeenBlock> = v.object({ name: v.string(), hash: v.string() });

const foundPackage: v.GenericSchema<unknown, FoundPackage> = v.object({
  name: v.string(),
  origin: v.variant('type', [
    v.object({ type: v.literal('wheel'), blob: blobHash }),
    v.object({ type: v.literal('requirement'), text: v.string() }),
  ]),
  isUsed: v.boolean(),
});

const version = { modelId, name: v.string(), number: versionNumber };
const loadedModel: v.GenericSchema<unknown, LoadedModel> = v.object(version);
const savedModel: v.GenericSchema<unknown, SavedModel> = v.object({
  ...version,
  groups: v.array(v.string()),
  typeName: v.string(),
  ...stored,
});

const notices: v.GenericSchema<unknown, NoticeCounts> = v.object({ warnings: count, errors: count });

/** What stands in the `jobs` store. */
export const job: v.GenericSchema<unknown, Job> = v.object({
  id: jobId,
  notebookId,
  cellId,
  sessionId: v.nullable(sessionId),
  title: v.string(),
  startedAt: time,
  finishedAt: time,
  source: v.string(),
  setup,
  inputs: v.array(input),
  modules: files,
  // Before it was known which they were.
  ranBlocks: v.optional(v.array(v.object({ cellId, hash: v.string() })), []),
  // Before they were known.
  absentModules: v.optional(v.array(v.string()), []),
  openedFiles: v.optional(v.array(v.object({ path: v.string(), blob: v.nullable(blobHash) })), []),
  seenBlocks: v.optional(v.array(seenBlock), []),
  downstream: v.optional(v.array(seenDownstream), []),
  packages: v.optional(v.array(v.string()), []),
  ownPackages: v.optional(v.nullable(v.array(foundPackage)), null),
  // Version 6 of the database had no models.
  loadedModels: v.optional(v.array(loadedModel), []),
  savedModels: v.optional(v.array(savedModel), []),
  previews: v.array(preview),
  // Of older jobs they are counted when the log is read.
  notices: v.optional(notices, noNotices),
  logBytes: v.optional(count, 0),
  outcome,
});
