import { allParts } from '../../../model/workspace-parts.ts';
import { writeWorkspaceFile, type WorkspaceReader, type WritingOptions } from '../write-workspace-file.ts';
import type { WorkspaceRecords } from '../workspace-records.ts';
import type { Manifest } from '../workspace-file-format.ts';

/** Writes a workspace for tests into memory. */
export async function writeFile(
  { records, reader }: { readonly records: WorkspaceRecords; readonly reader: WorkspaceReader },
  options: Partial<WritingOptions> = {},
): Promise<{ readonly file: Blob; readonly manifest: Manifest }> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const manifest = await writeWorkspaceFile(
    { records, problems: [] },
    reader,
    (bytes) => {
      parts.push(bytes);
      return Promise.resolve();
    },
    {
      picked: allParts,
      appVersion: '0.1.0',
      signal: new AbortController().signal,
      onProgress: () => undefined,
      ...options,
    },
  );
  return { file: new Blob(parts), manifest };
}
