import { ImportId, type BlobHash, type NotebookId } from '../../model/ids.ts';
import type { ImportedFile } from '../../model/imported-file.ts';
import { listBlobs } from '../../model/job.ts';
import { listNotebookBlobs } from '../../model/notebook.ts';
import type { MemoryStorage } from '../MemoryStorage.ts';
import type { BlobToStore } from '../Storage.ts';
import { listShownJobs } from './choose-records.ts';
import type { WorkspaceContent } from './read-workspace-file.ts';

/**
 * Puts what a workspace file shows into a storage that lasts as long as its tab, untrusted: notebooks, with what their cells show,
 * and the data schemas that these name. Models, history and what runs by itself stay in the file. Gives the notebook to be shown; null
 * where there is none.
 */
export async function fillMemory(
  storage: MemoryStorage,
  { records, readLog, readValue }: WorkspaceContent,
  name: string,
): Promise<NotebookId | null> {
  const workspaceId = await storage.openWorkspace();
  const id = ImportId.create();
  const imported: ImportedFile = { id, workspaceId, name, importedAt: Date.now(), isTrusted: false };
  const read = async (hashes: readonly BlobHash[]): Promise<BlobToStore[]> => {
    const found = await Promise.all(
      [...new Set(hashes)].map(async (hash) => {
        const content = await readValue(hash);
        return content ? [{ hash, content }] : [];
      }),
    );
    return found.flat();
  };
  const schemas = records.schemas.map((schema) => ({ ...schema, workspaceId }));
  for (const notebook of records.notebooks) {
    const own = { ...notebook, workspaceId, importId: id };
    await storage.saveNotebook(own, await read(listNotebookBlobs(notebook)), schemas, imported);
  }
  const jobs = [...listShownJobs(records.jobs)].sort((one, other) => one.finishedAt - other.finishedAt);
  for (const job of jobs) {
    await storage.commitJob(
      { job: { ...job, sessionId: null }, log: await readLog(job.id) },
      await read(listBlobs(job)),
    );
  }
  for (const checkpoint of records.checkpoints) await storage.saveCheckpoint(checkpoint);
  const { openNotebook } = records.settings;
  const shown = records.notebooks.find((notebook) => notebook.id === openNotebook) ?? records.notebooks[0];
  if (shown) await storage.saveSetting('openNotebook', shown.id);
  return shown?.id ?? null;
}
