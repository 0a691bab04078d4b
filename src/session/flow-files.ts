import type { TableEngine } from '../data/TableEngine.ts';
import type { ImportNote } from '../oomol/ImportNotes.ts';
import type { Reading } from '../oomol/read-zip.ts';
import type { ListedFlow } from '../oomol/list-flows.ts';
import type { ImportedFile } from '../oomol/sources/NotebookFiles.ts';
import type { NotebookFile } from '../model/scriptlet.ts';
import type { BlobToStore } from '../storage/Storage.ts';
import { makeBlob } from './make-blob.ts';
import { fail, succeed, type Result } from '../shared/result.ts';

/** Files of a folder or zip, and the flows among them. */
export interface FoundFlows {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly flows: readonly ListedFlow[];
}

export type { ImportNote, ListedFlow, Reading };

/** Larger folders and zips are no flows. */
const mostBytes = 200_000_000;

/**
 * Reads a zip, or the files of a folder. The problem is a sentence for the reader. Rejects where a file cannot be read, and
 * with an `AbortError` once that is aborted.
 */
export async function findFlows(
  chosen: readonly File[],
  reading: Reading = {},
): Promise<Result<FoundFlows, string>> {
  // Nobody has to download what reads flows before there is one.
  const { listFlows, readZip, isTakenAlong } = await import('../oomol/index.ts');
  const [zip] = chosen;
  const files =
    zip && chosen.length === 1 && zip.name.toLowerCase().endsWith('.zip')
      ? zip.size > mostBytes
        ? fail('The zip is larger than 200 MB. Leave out of it what the flow does not need.')
        : await readZip(new Uint8Array(await zip.arrayBuffer()), reading)
      : await readFolder(chosen, isTakenAlong, reading);
  if (!files.isOk) return files;
  const flows = listFlows(files.value);
  if (flows.length === 0)
    return fail('There is no flow.oo.yaml in it. Choose the folder of the flow, or of its package.');
  return succeed({ files: files.value, flows });
}

async function readFolder(
  chosen: readonly File[],
  isTakenAlong: (path: string) => boolean,
  { onProgress, signal }: Reading,
): Promise<Result<ReadonlyMap<string, Uint8Array>, string>> {
  const taken = chosen.filter((file) => isTakenAlong(getPath(file)));
  const total = taken.reduce((sum, { size }) => sum + size, 0);
  if (total > mostBytes) return fail('The folder holds more than 200 MB.');
  const files = new Map<string, Uint8Array>();
  let doneBytes = 0;
  for (const file of taken) {
    signal?.throwIfAborted();
    files.set(getPath(file), new Uint8Array(await file.arrayBuffer()));
    doneBytes += file.size;
    onProgress?.(doneBytes, total);
  }
  return succeed(files);
}

/** Names the files that a flow brings into its notebook. */
export async function nameFiles(
  tables: Pick<TableEngine, 'storeBytes'>,
  files: readonly ImportedFile[],
): Promise<{ readonly files: readonly NotebookFile[]; readonly blobs: readonly BlobToStore[] }> {
  const named = await Promise.all(
    files.map(async ({ path, content }) => {
      const { byteLength: byteSize } = content;
      const blob = await makeBlob(tables, new Uint8Array(content));
      return { file: { path, blob: blob.hash, byteSize }, blob };
    }),
  );
  return { files: named.map(({ file }) => file), blobs: named.map(({ blob }) => blob) };
}

function getPath(file: File): string {
  return file.webkitRelativePath === '' ? file.name : file.webkitRelativePath;
}
