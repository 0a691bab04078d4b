import { BlobHash, CellId, JobId, NotebookId, WorkspaceId } from '../ids.ts';
import type { Job, StoredOutput } from '../job.ts';
import type { DataGeneratorCell, Notebook, NotebookWheel } from '../notebook.ts';

/** A cell for tests, whose id is its title. */
export function buildCell(title: string, partial: Partial<DataGeneratorCell> = {}): DataGeneratorCell {
  return {
    kind: 'data-generator',
    id: CellId.from(title),
    title,
    source: `print("${title}")`,
    configuration: { timeoutSeconds: 300, generateEmptyDataset: false },
    ...partial,
  };
}

/** A notebook for tests with cells of these titles. */
export function buildNotebook(titles: readonly string[], partial: Partial<Notebook> = {}): Notebook {
  return {
    id: NotebookId.from('notebook'),
    workspaceId: WorkspaceId.from('workspace'),
    title: 'Notebook',
    cells: titles.map((title) => buildCell(title)),
    requirements: '',
    wheels: [],
    createdAt: 1_000,
    changedAt: 1_000,
    deletedAt: null,
    ...partial,
  };
}

/** A wheel of a package, kept under a hash of this digit. */
export function buildNotebookWheel(name: string, digit: string): NotebookWheel {
  const fileName = `${name}-1.0-py3-none-any.whl`;
  return { fileName, name, version: '1.0', byteSize: 10, blob: buildHash(digit), modules: [name], needs: [] };
}

/** A hash of 64 equal digits. */
export function buildHash(digit: string): BlobHash {
  return BlobHash.from(digit.repeat(64));
}

/** A stored dataset of one column under this hash. */
export function buildOutput(handle: string, blob: BlobHash): StoredOutput {
  const columns = [{ name: 'x', type: 'int64', timeZone: null }] as const;
  return { handle, summary: { rowCount: 1, columns }, blob, byteSize: 10 };
}

/** A job of the cell that was done at a time and put out these datasets. */
export function buildJob(cell: DataGeneratorCell, finishedAt: number, partial: Partial<Job> = {}): Job {
  return {
    id: JobId.from(`job of ${cell.title} at ${finishedAt}`),
    notebookId: NotebookId.from('notebook'),
    cellId: cell.id,
    startedAt: finishedAt - 100,
    finishedAt,
    source: cell.source,
    configuration: cell.configuration,
    packages: [],
    outcome: { status: 'done', outputs: [], images: [] },
    ...partial,
  };
}
