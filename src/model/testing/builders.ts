import { BlobHash, CellId, JobId, NotebookId, ProfileId, SessionId, WorkspaceId } from '../ids.ts';
import { standardGenerating, type DataGeneratorCell } from '../data-generator.ts';
import { getSetup } from '../job-setup.ts';
import type { Job } from '../job.ts';
import { noNotices } from '../log-notices.ts';
import type { StoredDataset } from '../outputs.ts';
import type { Profile } from '../profile.ts';
import type { Session } from '../session.ts';
import type { SessionFile } from '../session-files.ts';
import type { ScriptletCell } from '../scriptlet.ts';
import type { DatasetCell } from '../dataset-cell.ts';
import { createImportOptions } from '../import-options.ts';
import type { Connection, HandlePlace, InputHandle, OutputHandle } from '../handles.ts';
import { isWritten, type Cell, type Notebook, type NotebookWheel, type Processor } from '../notebook.ts';

/** A cell for tests, whose id is its title. */
export function buildCell(title: string, partial: Partial<DataGeneratorCell> = {}): DataGeneratorCell {
  return {
    kind: 'data-generator',
    id: CellId.from(title),
    title,
    source: `print("${title}")`,
    configuration: { timeoutSeconds: 300, ...standardGenerating },
    ...partial,
  };
}

/** An input for tests that takes any value and has none. */
export function buildInput(name: string, partial: Partial<InputHandle> = {}): InputHandle {
  return { ...buildHandle(name), defaultValue: null, value: null, ...partial };
}

export function buildHandle(name: string): OutputHandle {
  return { name, description: '', schema: {}, isNullable: false, isAdditional: false };
}

/** A connection between places as "cell.handle". */
export function buildConnection(from: string, to: string): Connection {
  return { from: toPlace(from), to: toPlace(to) };
}

function toPlace(text: string): HandlePlace {
  const [cellId = '', handle = ''] = text.split('.');
  return { cellId: CellId.from(cellId), handle };
}

/** A scriptlet for tests, whose id is its title. */
export function buildScriptlet(
  title: string,
  inputs: readonly (string | InputHandle)[] = [],
  outputs: readonly string[] = [],
): ScriptletCell {
  return {
    kind: 'scriptlet',
    id: CellId.from(title),
    title,
    description: '',
    source: 'def main(params):\n    return params\n',
    inputs: inputs.map((input) => (typeof input === 'string' ? buildInput(input) : input)),
    outputs: outputs.map(buildHandle),
    configuration: { timeoutSeconds: 300 },
    flowNode: null,
  };
}

/** A notebook for tests with cells of these titles. */
export function buildNotebook(titles: readonly string[], partial: Partial<Notebook> = {}): Notebook {
  return {
    id: NotebookId.from('notebook'),
    workspaceId: WorkspaceId.from('workspace'),
    title: 'Notebook',
    cells: titles.map((title) => buildCell(title)),
    connections: [],
    files: [],
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

/** What is written in a cell; nothing in a Dataset, or where there is none. */
export function sourceOf(cell: Cell | undefined): string {
  return cell && isWritten(cell) ? cell.source : '';
}

/** A hash of 64 equal digits. */
export function buildHash(digit: string): BlobHash {
  return BlobHash.from(digit.repeat(64));
}

/** A stored dataset of one column under this hash. */
export function buildOutput(handle: string, blob: BlobHash): StoredDataset {
  const columns = [{ name: 'x', type: 'int64', timeZone: null }] as const;
  return { kind: 'dataset', handle, summary: { rowCount: 1, columns }, blob, byteSize: 10 };
}

/** A job of the cell that was done at a time and put out these datasets. */
export function buildJob(cell: Processor, finishedAt: number, partial: Partial<Job> = {}): Job {
  return {
    id: JobId.from(`job of ${cell.title} at ${finishedAt}`),
    notebookId: NotebookId.from('notebook'),
    cellId: cell.id,
    sessionId: null,
    title: cell.title,
    startedAt: finishedAt - 100,
    finishedAt,
    source: cell.source,
    setup: getSetup(cell, () => null),
    inputs: [],
    modules: [],
    absentModules: [],
    openedFiles: [],
    ranBlocks: [],
    seenBlocks: [],
    downstream: [],
    packages: [],
    ownPackages: null,
    loadedModels: [],
    savedModels: [],
    previews: [],
    notices: noNotices,
    logBytes: 0,
    outcome: { status: 'done', outputs: [], images: [] },
    ...partial,
  };
}

/** A session for tests that began and ended at a time. */
export function buildSession(startedAt: number, partial: Partial<Session> = {}): Session {
  return {
    id: SessionId.from(`session ${startedAt}`),
    notebookId: NotebookId.from('notebook'),
    cause: { type: 'all' },
    startedAt,
    finishedAt: startedAt,
    jobIds: [],
    skipped: [],
    pythonVersion: null,
    packages: [],
    ranBy: 'You',
    profileId: ProfileId.from('you'),
    files: [],
    ...partial,
  };
}

/** A file of 10 bytes that is kept under a hash of this digit, and whose place is written as "session/path". */
export function buildSessionFile(place: string, digit: string): SessionFile {
  const [directory, ...parts] = place.split('/');
  const isSession = directory === 'session';
  return {
    directory: isSession ? 'session' : 'temporary',
    path: parts.join('/'),
    blob: buildHash(digit),
    byteSize: 10,
  };
}

/** A profile for tests, whose id, username and display name are one. */
export function buildProfile(name: string): Profile {
  return {
    id: ProfileId.from(name),
    workspaceId: WorkspaceId.from('workspace'),
    username: name,
    displayName: name,
    createdAt: 0,
    changedAt: 0,
  };
}

/** A Dataset for tests: its table is kept under the hash, and its file, where it is kept, under that of the digit "f". */
export function buildDatasetCell(title: string, blob: BlobHash, isFileKept = false): DatasetCell {
  const { summary, byteSize } = buildOutput('data', blob);
  return {
    kind: 'dataset',
    id: CellId.from(title),
    title,
    content: {
      table: { summary, blob, byteSize },
      file: { name: `${title}.csv`, byteSize: 4, hash: buildHash('f'), url: null, isKept: isFileKept },
      options: createImportOptions('csv'),
      rejected: null,
      emptied: null,
      shortRowCount: 0,
      notes: [],
      importedAt: 1_000,
    },
  };
}
