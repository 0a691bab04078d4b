import * as v from 'valibot';
import { BlobHash, JobId } from '../model/ids.ts';
import type { MemoryUse } from '../model/kernel-state.ts';
import { logEntrySchema } from '../model/parse-job.ts';
import type { SourceProblem } from '../model/source-problem.ts';
import { parseValue } from '../shared/parse-value.ts';
import type { Result } from '../shared/result.ts';
import type { FromWorker } from './messages.ts';
import { count, filesChange, finishedOutcome, paths, previewReport } from './parse-products.ts';

const byteProgress = v.object({ loadedBytes: count, totalBytes: v.nullable(count) });

/** A sentence, with a text in it that a script may have chosen. */
const sentence = v.pipe(v.string(), v.maxLength(100_000));
const name = v.pipe(v.string(), v.maxLength(1_000));
const names = v.pipe(v.array(name), v.maxLength(10_000));
const installedPackages = v.pipe(v.array(v.object({ name, version: name })), v.maxLength(10_000));

const memory: v.GenericSchema<unknown, MemoryUse> = v.object({ heapBytes: count, limitBytes: count });

const sourceProblem: v.GenericSchema<unknown, SourceProblem> = v.object({
  severity: v.picklist(['error', 'warning']),
  message: sentence,
  line: count,
  column: count,
  endLine: count,
  endColumn: count,
});

const jobEvent = v.variant('type', [
  v.object({ type: v.literal('packages-found'), names }),
  v.object({ type: v.literal('packages-progressed'), names, progress: byteProgress }),
  v.object({ type: v.literal('packages-installed'), packages: installedPackages }),
  v.object({ type: v.literal('packages-ready'), packages: installedPackages }),
  v.object({
    type: v.literal('wheels-unpacked'),
    locked: names,
    added: v.pipe(v.array(v.pipe(v.string(), v.transform(BlobHash.from))), v.maxLength(10_000)),
  }),
  v.object({ type: v.literal('script-started') }),
  v.object({ type: v.literal('input-asked'), prompt: v.pipe(v.string(), v.maxLength(10_000)) }),
  v.object({ type: v.literal('log-added'), entries: v.pipe(v.array(logEntrySchema), v.maxLength(10_000)) }),
  v.object({
    type: v.literal('progress-changed'),
    percent: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(100)),
  }),
  v.object({ type: v.literal('preview-added'), preview: previewReport }),
  v.object({ type: v.literal('files-changed'), change: filesChange }),
  v.object({ type: v.literal('files-opened'), paths }),
  v.object({ type: v.literal('job-finished'), outcome: finishedOutcome }),
]);

const fromWorker: v.GenericSchema<unknown, FromWorker> = v.variant('type', [
  v.object({ type: v.literal('start-progressed'), progress: byteProgress }),
  v.object({
    type: v.literal('started'),
    start: v.object({
      pythonVersion: name,
      memory,
      isFromSnapshot: v.boolean(),
      notes: v.array(sentence),
      libraries: v.array(v.object({ path: name, module: v.instance(WebAssembly.Module) })),
    }),
  }),
  v.object({ type: v.literal('start-failed'), message: sentence }),
  v.object({ type: v.literal('snapshot-found') }),
  v.object({ type: v.literal('snapshot-refused'), reason: sentence }),
  v.object({ type: v.literal('snapshot-damaged'), reason: sentence }),
  v.object({ type: v.literal('snapshot-made'), byteSize: count }),
  v.object({ type: v.literal('snapshot-failed'), reason: sentence }),
  v.object({ type: v.literal('wheels-packed'), byteSize: count }),
  v.object({ type: v.literal('packing-failed'), reason: sentence }),
  v.object({ type: v.literal('memory-changed'), memory }),
  v.object({
    type: v.literal('job-event'),
    runId: v.pipe(v.string(), v.transform(JobId.from)),
    event: jobEvent,
  }),
  v.object({
    type: v.literal('statement-checked'),
    requestId: count,
    problems: v.pipe(v.array(sourceProblem), v.maxLength(1_000)),
  }),
  v.object({ type: v.literal('kernel-failed'), message: sentence }),
]);

/** Checks a message from the kernel worker, where user code runs and could send anything. */
export function parseFromWorker(message: unknown): Result<FromWorker, string> {
  return parseValue(fromWorker, message);
}
