import * as v from 'valibot';
import { checkpointTypes, type CheckpointValue } from '../model/checkpoint.ts';
import { columnTypes, timeUnits, type ColumnBuffers, type DatasetBuffers } from '../model/dataset.ts';
import type { DownstreamLook } from '../model/downstream-looks.ts';
import { isFilePath } from '../model/file-edits.ts';
import {
  jobDirectories,
  type FilesChange,
  type ImageProduct,
  type ModelProduct,
} from '../model/job-request.ts';
import { imageMediaTypes } from '../model/job.ts';
import { scales } from '../model/manual-types.ts';
import type { JobOutput, OutputTarget, OutputValue } from '../model/outputs.ts';
import { imageDetails, jobErrorSchema } from '../model/parse-job.ts';
import { remoteKinds, type MediaSource, type PreviewReport } from '../model/preview.ts';
import type { FinishedOutcome } from './messages.ts';

export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Bytes that are the page's own: memory that is shared could change under its hands. */
const bytes = v.pipe(
  v.instance(Uint8Array),
  v.custom<Uint8Array<ArrayBuffer>>(
    (value) => value instanceof Uint8Array && value.buffer instanceof ArrayBuffer,
    'expected memory of its own',
  ),
);
/** Longer than any name or address that means something. */
const shortText = v.pipe(v.string(), v.maxLength(10_000));

const columnFields = {
  name: v.string(),
  type: v.picklist(columnTypes),
  length: count,
  nullCount: count,
  validity: v.nullable(bytes),
  values: v.nullable(bytes),
  offsets: v.nullable(bytes),
  timeUnit: v.nullable(v.picklist(timeUnits)),
  timeZone: v.nullable(v.string()),
};

/** A mixed column's children have none of their own, so that no message nests without end. */
const childColumn: v.GenericSchema<unknown, ColumnBuffers> = v.object({
  ...columnFields,
  children: v.strictTuple([]),
});

const column: v.GenericSchema<unknown, ColumnBuffers> = v.object({
  ...columnFields,
  children: v.array(childColumn),
  scale: v.exactOptional(v.picklist(scales)),
});

const dataset: v.GenericSchema<unknown, DatasetBuffers> = v.object({
  rowCount: count,
  columns: v.array(column),
});

const outputValue: v.GenericSchema<unknown, OutputValue> = v.variant('kind', [
  v.object({ kind: v.literal('dataset'), dataset }),
  v.object({ kind: v.picklist(['json', 'secret']), text: v.string() }),
  v.object({ kind: v.literal('binary'), data: bytes }),
  v.object({
    kind: v.literal('variable'),
    key: shortText,
    typeName: shortText,
    summary: shortText,
    data: v.nullable(bytes),
    reason: v.nullable(shortText),
  }),
]);

const checkpoint: v.GenericSchema<unknown, CheckpointValue> = v.object({
  type: v.picklist(checkpointTypes),
  text: v.string(),
});

const target: v.GenericSchema<unknown, OutputTarget> = v.object({
  nodeId: shortText,
  title: shortText,
  inputHandle: shortText,
});

const output: v.GenericSchema<unknown, JobOutput> = v.object({
  handle: shortText,
  value: outputValue,
  targets: v.exactOptional(v.pipe(v.array(target), v.maxLength(10_000))),
});

const image: v.GenericSchema<unknown, ImageProduct> = v.object({
  name: v.string(),
  mediaType: v.picklist(imageMediaTypes),
  data: bytes,
  ...imageDetails,
});

const downstreamLook: v.GenericSchema<unknown, DownstreamLook> = v.object({
  handle: shortText,
  isByTitle: v.boolean(),
  isDescribed: v.boolean(),
});

const name = v.pipe(v.string(), v.maxLength(1_000));

const model: v.GenericSchema<unknown, ModelProduct> = v.object({
  name,
  groups: v.pipe(v.array(name), v.maxLength(10_000)),
  typeName: shortText,
  pythonVersion: name,
  packages: v.pipe(v.array(v.object({ name, version: name })), v.maxLength(10_000)),
  parts: v.pipe(v.array(bytes), v.maxLength(100_000)),
});

export const finishedOutcome: v.GenericSchema<unknown, FinishedOutcome> = v.variant('status', [
  v.object({
    status: v.literal('done'),
    outputs: v.array(output),
    images: v.array(image),
    modules: v.pipe(v.array(shortText), v.maxLength(10_000)),
    ranBlocks: v.pipe(v.array(shortText), v.maxLength(10_000)),
    downstream: v.exactOptional(v.pipe(v.array(downstreamLook), v.maxLength(10_000))),
    queriedBlocks: v.exactOptional(v.pipe(v.array(shortText), v.maxLength(10_000))),
    absentModules: v.exactOptional(v.pipe(v.array(shortText), v.maxLength(10_000))),
    usedPackages: v.exactOptional(v.pipe(v.array(shortText), v.maxLength(10_000))),
    checkpoint: v.exactOptional(v.nullable(checkpoint)),
    models: v.exactOptional(v.pipe(v.array(model), v.maxLength(10_000))),
  }),
  v.object({ status: v.literal('failed'), error: jobErrorSchema }),
  v.object({ status: v.literal('stopped') }),
]);

const source: v.GenericSchema<unknown, MediaSource<Uint8Array<ArrayBuffer>>> = v.union([
  v.object({ mediaType: shortText, data: bytes, ...imageDetails }),
  v.object({ url: shortText }),
]);

export const previewReport: v.GenericSchema<unknown, PreviewReport> = v.object({
  id: v.nullable(shortText),
  time: v.pipe(v.number(), v.finite()),
  content: v.variant('type', [
    v.object({ type: v.literal('table'), table: dataset, rowCount: count, isShortened: v.boolean() }),
    v.object({ type: v.literal('text'), language: v.nullable(shortText), text: bytes }),
    v.object({ type: v.picklist(['json', 'markdown', 'html', 'csv']), text: bytes }),
    v.object({ type: v.literal('image'), images: v.pipe(v.array(source), v.maxLength(10_000)) }),
    v.object({ type: v.picklist(['video', 'audio']), source }),
    v.object({ type: v.literal('iframe'), url: shortText }),
    v.object({
      type: v.literal('remote'),
      shownAs: v.picklist(remoteKinds),
      language: v.nullable(shortText),
      url: shortText,
    }),
    v.object({ type: v.literal('problem'), problem: shortText }),
    v.object({ type: v.picklist(['plotly', 'vega-lite']), text: bytes }),
    v.object({ type: v.literal('other'), name: shortText, text: bytes }),
  ]),
});

const path = v.pipe(v.string(), v.check(isFilePath, 'a path below a directory'));
export const paths = v.pipe(v.array(path), v.maxLength(100_000));

export const filesChange: v.GenericSchema<unknown, FilesChange> = v.object({
  directory: v.picklist(jobDirectories),
  written: v.pipe(
    v.array(v.object({ path, data: bytes })),
    v.maxLength(100_000),
    v.check((files) => new Set(files.map((file) => file.path)).size === files.length, 'each path once'),
  ),
  removed: paths,
});
