import * as v from 'valibot';
import { cycleLimits } from '../model/cycles.ts';
import { noModels } from '../model/model-configuration.ts';
import type { Lesson, LessonContent } from '../model/lesson.ts';
import { timeoutLimits, type Notebook, type NotebookWheel } from '../model/notebook.ts';
import {
  blobHash,
  cellId,
  count,
  files,
  imported,
  notebookId,
  schemaId,
  stored,
  time,
  workspaceId,
} from './parse-basics.ts';
import { datasetContent } from './parse-dataset-content.ts';
import { manualTypes, modelConfiguration } from './parse-generator-parts.ts';
import { inputHandle, inputHandles, outputHandles } from './parse-handles.ts';

const wholeWithin = ({ minimum, maximum }: { readonly minimum: number; readonly maximum: number }) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(minimum), v.maxValue(maximum));

const timeoutSeconds = wholeWithin(timeoutLimits);

const cycles = v.variant('type', [
  v.object({ type: v.picklist(['once', 'until-empty']) }),
  v.object({ type: v.literal('times'), count: wholeWithin(cycleLimits.count) }),
  v.object({ type: v.literal('interval'), seconds: wholeWithin(cycleLimits.seconds) }),
]);

const anyCell = { id: cellId, title: v.string(), source: v.string() };

const cell = v.variant('kind', [
  v.object({
    kind: v.literal('data-generator'),
    ...anyCell,
    configuration: v.object({
      timeoutSeconds,
      generateEmptyDataset: v.boolean(),
      // Version 6 of the database had neither of these.
      manualTypes: v.optional(manualTypes, []),
      models: v.optional(modelConfiguration, noModels),
    }),
  }),
  v.object({
    kind: v.literal('scriptlet'),
    ...anyCell,
    description: v.string(),
    inputs: inputHandles,
    outputs: outputHandles,
    configuration: v.object({ timeoutSeconds }),
    // Cells of earlier versions do not know what they were imported from.
    flowNode: v.optional(v.nullable(v.object({ nodeId: v.string(), task: v.nullable(v.string()) })), null),
  }),
  v.object({
    kind: v.literal('statement'),
    ...anyCell,
    inputs: v.strictTuple([inputHandle]),
    configuration: v.object({
      timeoutSeconds,
      isBulk: v.boolean(),
      isDebugged: v.boolean(),
      inputSchema: v.nullable(schemaId),
      outputSchema: v.nullable(schemaId),
      checkpointColumn: v.nullable(v.string()),
      isAppending: v.boolean(),
      cycles,
    }),
  }),
  v.object({
    kind: v.literal('dataset'),
    id: cellId,
    title: v.string(),
    content: v.nullable(datasetContent),
  }),
  v.object({ kind: v.literal('chart'), ...anyCell, inputs: v.strictTuple([inputHandle]) }),
  v.object({ kind: v.literal('note'), ...anyCell }),
]);

const place = v.object({ cellId, handle: v.string() });

const wheel: v.GenericSchema<unknown, NotebookWheel> = v.object({
  fileName: v.string(),
  name: v.string(),
  version: v.string(),
  modules: v.array(v.string()),
  needs: v.array(v.string()),
  byteSize: count,
  blob: stored.blob,
});

const lesson: v.GenericSchema<unknown, Lesson> = v.object({
  source: v.variant('kind', [
    v.object({ kind: v.literal('example'), exampleId: v.string(), edition: v.string() }),
    v.object({ kind: v.literal('file'), name: v.string() }),
    v.object({ kind: v.literal('address'), address: v.string() }),
    v.object({ kind: v.literal('link'), notebookId: v.nullable(notebookId), edition: v.string() }),
  ]),
  original: blobHash,
  byteSize: count,
  values: v.array(v.object(stored)),
});

/** What the original of a lesson holds. */
export const lessonContent: v.GenericSchema<unknown, LessonContent> = v.object({
  cells: v.array(cell),
  connections: v.array(v.object({ from: place, to: place })),
  files,
  requirements: v.string(),
  wheels: v.array(wheel),
});

/** What stands in the `notebooks` store. */
export const notebook: v.GenericSchema<unknown, Notebook> = v.object({
  id: notebookId,
  workspaceId,
  title: v.string(),
  cells: v.array(cell),
  // Version 2 of the database had neither of these,
  connections: v.optional(v.array(v.object({ from: place, to: place })), []),
  files: v.optional(files, []),
  // and version 1 neither of those.
  requirements: v.optional(v.string(), ''),
  wheels: v.optional(v.array(wheel), []),
  createdAt: time,
  changedAt: time,
  deletedAt: v.nullable(time),
  lesson: v.exactOptional(lesson),
  ...imported,
});
