import type { BlobHash, WorkspaceId } from '../model/ids.ts';
import { listCurrentJobs, type Job, type LogEntry } from '../model/job.ts';
import { succeed } from '../shared/result.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import type { BlobToStore, CommittedModels, JobWithLog } from '../storage/Storage.ts';
import { readValuePath } from '../storage/workspace-file/workspace-file-format.ts';
import type { WorkspaceContent } from '../storage/workspace-file/read-workspace-file.ts';

/** Told of a job once it is stored; the next one begins when this has settled. */
export type OnJobStored = (job: Job, log: readonly LogEntry[]) => Promise<void>;

/** Keeps what is run in memory, beside the values of a workspace file, which stay there until somebody reads them. */
export class HeadlessStorage extends MemoryStorage {
  readonly #content: WorkspaceContent | null;
  readonly #onJobStored: OnJobStored;

  /** The values that the file has. */
  readonly #inFile: ReadonlySet<string>;

  private constructor(content: WorkspaceContent | null, onJobStored: OnJobStored) {
    super();
    this.#content = content;
    this.#onJobStored = onJobStored;
    this.#inFile = new Set(content?.manifest.entries.flatMap(({ path }) => readValuePath(path) ?? []));
  }

  /** With all that runs need of a file. Its network policy, schedules and history are not taken over. */
  static async open(content: WorkspaceContent | null, onJobStored: OnJobStored): Promise<HeadlessStorage> {
    const storage = new HeadlessStorage(content, onJobStored);
    if (content) await storage.#takeOver(content);
    return storage;
  }

  async #takeOver({ records }: WorkspaceContent): Promise<void> {
    for (const schema of records.schemas) await this.saveSchema(schema);
    for (const notebook of records.notebooks) await this.saveNotebook(notebook);
    for (const checkpoint of records.checkpoints) await this.saveCheckpoint(checkpoint);
    const { models, versions, groups, profiles, settings } = records;
    await this.changeModels(() => succeed({ models, versions, groups }));
    for (const profile of profiles) await this.changeProfiles(() => succeed({ type: 'put', profile }));
    await this.saveSetting('activeProfile', settings.activeProfile);
    for (const job of listCurrentJobs(records.jobs)) {
      // As in a copy of a notebook: what Statements add their rows to is there, and no session.
      await super.commitJob({ job: { ...job, sessionId: null }, log: [] }, []);
    }
  }

  override openWorkspace(): Promise<WorkspaceId> {
    return this.#content ? Promise.resolve(this.#content.records.workspace.id) : super.openWorkspace();
  }

  override async commitJob(entry: JobWithLog, blobs: readonly BlobToStore[]): Promise<CommittedModels> {
    const committed = await super.commitJob(entry, blobs);
    const saved = committed.isOk ? (committed.value?.saved ?? entry.job.savedModels) : [];
    // One that was refused is stored again, as failed.
    if (committed.isOk) await this.#onJobStored({ ...entry.job, savedModels: saved }, entry.log);
    return committed;
  }

  override async readBlob(hash: BlobHash): Promise<Blob | null> {
    return (await super.readBlob(hash)) ?? (await this.#content?.readValue(hash)) ?? null;
  }

  override async findMissing(hashes: readonly BlobHash[]): Promise<ReadonlySet<BlobHash>> {
    const missing = await super.findMissing(hashes);
    return new Set([...missing].filter((hash) => !this.#inFile.has(hash)));
  }
}
