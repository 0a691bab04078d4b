import type { BlobHash } from './ids.ts';
import { isDone, type Job } from './job.ts';
import { listOutputValues } from './outputs.ts';
import { listPreviewValues } from './preview.ts';

/** What of a job's results names a value that is gone, in words for the reader. */
export function describeMissing(job: Job, missing: ReadonlySet<BlobHash>): string[] {
  const isMissing = ({ blob }: { readonly blob: BlobHash }): boolean => missing.has(blob);
  const { outputs, images } = isDone(job) ? job.outcome : { outputs: [], images: [] };
  return [
    ...outputs
      .filter((output) => listOutputValues(output).some(isMissing))
      .map(({ handle }) => `the output “${handle}”`),
    ...images.filter(isMissing).map(({ name }) => `the image “${name}”`),
    ...job.previews.flatMap((preview, index) =>
      listPreviewValues(preview).some(isMissing) ? [`preview ${index + 1} (${preview.content.type})`] : [],
    ),
  ];
}
