import type { BlobHash } from './ids.ts';
import { isDone, type Job } from './job.ts';
import { listOutputBlobs } from './outputs.ts';
import { listPreviewBlobs } from './preview.ts';

/** What of a job's results names a value that is gone, in words for the reader. */
export function describeMissing(job: Job, missing: ReadonlySet<BlobHash>): string[] {
  const isMissing = (blob: BlobHash): boolean => missing.has(blob);
  const { outputs, images } = isDone(job) ? job.outcome : { outputs: [], images: [] };
  return [
    ...outputs
      .filter((output) => listOutputBlobs(output).some(isMissing))
      .map(({ handle }) => `the output “${handle}”`),
    ...images.filter(({ blob }) => isMissing(blob)).map(({ name }) => `the image “${name}”`),
    ...job.previews.flatMap((preview, index) =>
      listPreviewBlobs(preview).some(isMissing) ? [`preview ${index + 1} (${preview.content.type})`] : [],
    ),
  ];
}
