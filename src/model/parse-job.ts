import * as v from 'valibot';
import { jobErrorKinds, logStreams, type JobError, type LogEntry } from './job.ts';

/** More than a job can print: a longer text is no honest one. */
const longestText = 2_000_000;

const position = v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1)));

/** Why a job failed, as it comes from Python and from storage. */
export const jobErrorSchema: v.GenericSchema<unknown, JobError> = v.object({
  kind: v.picklist(jobErrorKinds),
  type: v.nullable(v.string()),
  message: v.string(),
  traceback: v.string(),
  line: position,
  column: position,
  endLine: position,
  endColumn: position,
});

/** The fields of what is known of an image, as they come from Python and from storage. */
export const imageDetails = {
  density: v.exactOptional(v.pipe(v.number(), v.minValue(0.01), v.maxValue(100))),
  alt: v.exactOptional(v.pipe(v.string(), v.maxLength(10_000))),
};

/** A piece of a log, as it comes from Python and from storage. */
export const logEntrySchema: v.GenericSchema<unknown, LogEntry> = v.object({
  time: v.pipe(v.number(), v.finite()),
  stream: v.picklist(logStreams),
  text: v.pipe(v.string(), v.maxLength(longestText)),
});
