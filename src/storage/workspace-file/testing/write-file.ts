import { allParts } from '../../../model/workspace-parts.ts';
import {
  writeWorkspaceFile,
  type WorkspaceReader,
  type WrittenFile,
  type WritingOptions,
} from '../write-workspace-file.ts';
import type { WorkspaceRecords } from '../workspace-records.ts';

/** Writes a workspace for tests into memory. */
export async function writeFile(
  { records, reader }: { readonly records: WorkspaceRecords; readonly reader: WorkspaceReader },
  options: Partial<WritingOptions> = {},
): Promise<WrittenFile & { readonly file: Blob }> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const written = await writeWorkspaceFile(
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
  return { file: new Blob(parts), ...written };
}
