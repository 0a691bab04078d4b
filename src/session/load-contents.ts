import type { NotebookId } from '../model/ids.ts';
import type { NotebookWheel } from '../model/notebook.ts';
import { toMessage } from '../shared/to-message.ts';
import type { Found, Storage } from '../storage/Storage.ts';
import type { StoredContents } from './notebook-services.ts';
import { loadWheels } from './NotebookPackages.svelte.ts';
import type { Notices } from './Notices.svelte.ts';

interface LoadServices {
  readonly storage: Storage;
  readonly notices: Notices;
}

/** Reads what is kept of a notebook beside itself. What cannot be read is told of and left out; never rejects. */
export async function loadContents(
  { storage, notices }: LoadServices,
  id: NotebookId,
  wheels: readonly NotebookWheel[],
): Promise<StoredContents> {
  const read = async <Value>(
    finding: Promise<Found<Value>>,
    describe: (reason: string) => string,
  ): Promise<readonly Value[]> => {
    const { values, problems } = await finding.catch((error: unknown) => ({
      values: [],
      problems: [describe(toMessage(error))],
    }));
    for (const problem of problems) notices.tell(problem);
    return values;
  };
  return {
    jobs: await read(
      storage.loadJobs(id),
      (reason) => `The results of this notebook cannot be read (${reason}). Reload the page.`,
    ),
    checkpoints: await read(
      storage.loadCheckpoints(id),
      (reason) =>
        `The checkpoints of this notebook cannot be read (${reason}). Reload the page before you run its Statements.`,
    ),
    wheels: await loadWheels(storage, wheels),
  };
}
