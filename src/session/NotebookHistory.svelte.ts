// Longer than most files: the sessions of a notebook, and what each change to them must not undo of another.
import type { TableEngine } from '../data/TableEngine.ts';
import { SessionId } from '../model/ids.ts';
import { isDone, listBlobs, listValues, measureRecord, type DoneJob, type Job } from '../model/job.ts';
import type { InstalledPackage, JobFile } from '../model/job-request.ts';
import { listNotebookBlobs, type Notebook } from '../model/notebook.ts';
import type { Profile } from '../model/profile.ts';
import { timeAfter } from '../model/time-after.ts';
import type { StoredValue } from '../model/preview.ts';
import {
  getGroupKey,
  joinPackages,
  type Session,
  type SessionCause,
  type SkippedCell,
} from '../model/session.ts';
import type { LentFile, SessionDirectory, SessionFile } from '../model/session-files.ts';
import {
  listOldSessions,
  measureHistory,
  type HistorySize,
  type WeighedSession,
  type Weight,
} from '../model/session-retention.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import type { BlobToStore, Storage } from '../storage/Storage.ts';
import type { NotebookCheckpoints } from './NotebookCheckpoints.svelte.ts';
import type { Notices } from './Notices.svelte.ts';
import { planRestore } from './plan-restore.ts';
import type { RunAs } from './run-as.ts';
import { SessionFiles, type SessionFilesChange } from './SessionFiles.ts';

/** What the history of a notebook works with. */
export interface HistoryServices {
  readonly storage: Storage;
  readonly tables: Pick<TableEngine, 'storeBytes'>;
  readonly notices: Notices;
  readonly getNotebook: () => Notebook;
  readonly getPythonVersion: () => string | null;
  readonly getActiveProfile: () => Profile;
  /** The jobs whose results the cells show: what they hold stays when their session goes. */
  readonly listCurrentJobs: () => readonly Job[];
  readonly checkpoints: () => Pick<NotebookCheckpoints, 'goBack' | 'take'>;
  /** Whether a cell runs or waits that belongs to the session. */
  readonly isRunning: (id: SessionId) => boolean;
}

/** What a job leaves with its session. */
export interface LeftBehind {
  readonly files: readonly SessionFile[];
  readonly packages: readonly InstalledPackage[];
}

/** Earlier results that were put back. */
export interface RestoredResults {
  readonly jobs: readonly DoneJob[];
  /** Why cells keep the results that they have, a sentence for each of those. */
  readonly kept: readonly string[];
}

/** The files of a session after a job, and before; `blobs` are the contents to store. */
export interface TakenFiles {
  readonly filesBefore: readonly SessionFile[];
  readonly files: readonly SessionFile[];
  readonly blobs: readonly BlobToStore[];
}

/** The sessions of an open notebook: those that run, and the record of those that ran. */
export class NotebookHistory {
  readonly #services: HistoryServices;
  /** Newest first; null until they were asked for. */
  #sessions = $state.raw<readonly Session[] | null>(null);
  /** Those of this visit, as they stand. */
  readonly #running = new Map<SessionId, Session>();
  readonly #runAs = new Map<SessionId, RunAs>();
  /** Sessions as they are stored with a job that has ended, as long as that takes. */
  readonly #storing = new Map<SessionId, Session>();
  readonly #files: SessionFiles;
  /** What the jobs of each session weigh that was weighed and has not changed since. */
  readonly #jobWeights = new Map<SessionId, readonly Weight[]>();

  constructor(services: HistoryServices) {
    this.#services = services;
    this.#files = new SessionFiles(services.storage, services.tables);
  }

  /** Newest first; empty until `load`. */
  get sessions(): readonly Session[] {
    return this.#sessions ?? [];
  }

  async load(): Promise<void> {
    const { storage, notices, getNotebook } = this.#services;
    const found = await storage.loadSessions(getNotebook().id);
    for (const problem of found.problems) notices.tell(problem);
    this.#sessions = found.values;
  }

  /** Another tab has run something: where sessions are shown, those are as well. */
  async refresh(): Promise<void> {
    if (this.#sessions) await this.load();
  }

  /** A session begins, by hand where nothing else is said; it is stored with its first job. */
  begin(cause: SessionCause, runAs = this.#runByHand()): SessionId {
    const session = this.#create(cause, runAs.profile);
    this.#running.set(session.id, session);
    this.#runAs.set(session.id, runAs);
    return session.id;
  }

  /** As whom the jobs of a session run, which stays as it was when the session began. */
  getRunAs(id: SessionId): RunAs {
    return this.#runAs.get(id) ?? this.#runByHand();
  }

  /** Why a session of this visit came to be; null where it is none that runs. */
  getCause(id: SessionId): SessionCause | null {
    return this.#running.get(id)?.cause ?? null;
  }

  /** The session as it stands with a job that has ended; listed once `settleJob` is told that it is stored. */
  addJob(id: SessionId, job: Job, { files, packages }: LeftBehind): Session | null {
    const session = this.#running.get(id);
    if (!session) return null;
    this.#jobWeights.delete(id);
    const changed: Session = {
      ...session,
      files,
      packages: joinPackages(session.packages, packages),
      finishedAt: job.finishedAt,
      jobIds: [...session.jobIds, job.id],
      pythonVersion: this.#services.getPythonVersion() ?? session.pythonVersion,
    };
    this.#running.set(id, changed);
    this.#storing.set(id, changed);
    return changed;
  }

  hasFiles(id: SessionId): boolean {
    return (this.#running.get(id)?.files.length ?? 0) > 0;
  }

  /** What the next job of a session finds in its directories. Rejects with a sentence for the reader. */
  async prepareFiles(id: SessionId): Promise<JobFile[]> {
    return await this.#files.prepareJob(this.#running.get(id)?.files ?? []);
  }

  /**
   * The files in a directory of an earlier session; null where that session is gone. Rejects with a sentence for the
   * reader.
   */
  async lendFiles(id: SessionId, directory: SessionDirectory): Promise<LentFile[] | null> {
    if (!this.#running.has(id) && !this.#sessions) await this.load();
    const session = this.#running.get(id) ?? this.sessions.find((each) => each.id === id);
    if (!session) return null;
    return await this.#files.lend(
      id,
      session.files.filter((file) => file.directory === directory),
    );
  }

  /**
   * Takes in what a job did to the files of its session. `settleJob` is to follow when that was stored, or was not.
   * Rejects where a file could not be taken.
   */
  async takeFiles(id: SessionId, changes: readonly SessionFilesChange[]): Promise<TakenFiles> {
    const filesBefore = this.#running.get(id)?.files ?? [];
    return { filesBefore, ...(await this.#files.take(filesBefore, changes)) };
  }

  /** A job of the session is stored, or could not be. */
  settleJob(id: SessionId, { filesBefore, blobs }: TakenFiles, isStored: boolean): void {
    this.#files.release(blobs);
    const stored = this.#storing.get(id);
    this.#storing.delete(id);
    const session = this.#running.get(id);
    if (!session) return;
    const settled = this.#change(isStored ? session : { ...session, files: filesBefore });
    if (stored && stored.skipped !== settled.skipped) void this.#services.storage.saveSession(settled);
  }

  /** Rejects with a sentence for the reader. */
  async readFile(file: SessionFile): Promise<Blob> {
    return await this.#files.read(file);
  }

  /** Cells of a session are not run, for a reason. */
  skip(id: SessionId, cells: readonly SkippedCell[]): void {
    const session = this.#running.get(id);
    if (!session || cells.length === 0) return;
    const changed = this.#change({ ...session, skipped: [...session.skipped, ...cells] });
    // A job that is being stored would put the session back as it was: `settleJob` stores it after that.
    if (!this.#storing.has(id)) void this.#services.storage.saveSession(changed);
  }

  /** How many sessions have begun since the oldest made room. */
  get untrimmedCount(): number {
    return this.#running.size;
  }

  /** Nothing runs now: the oldest sessions make room. */
  async trim(): Promise<void> {
    if (this.#running.size === 0) return;
    this.#running.clear();
    this.#runAs.clear();
    this.#storing.clear();
    await this.load();
    const weighed = await this.#weigh();
    const { tooMany, tooLarge } = listOldSessions(weighed, this.#listHeld());
    const ids = new Set([...tooMany, ...tooLarge].map(({ id }) => id));
    if (ids.size > 0) await this.remove(this.sessions.filter(({ id }) => ids.has(id)));
    if (tooLarge.length > 0) this.#services.notices.tell(describeTooLarge(tooLarge.length));
  }

  /** How much the sessions hold, in bytes. */
  async measure(): Promise<HistorySize> {
    return measureHistory(await this.#weigh(), this.#listHeld());
  }

  async #weigh(): Promise<WeighedSession[]> {
    return await Promise.all(
      this.sessions.map(async ({ id, cause, startedAt, files }) => {
        const known = this.#jobWeights.get(id);
        const ofJobs = known ?? (await this.#weighJobs(id));
        return {
          id,
          startedAt,
          group: getGroupKey({ id, cause }),
          weights: [...files.map(weigh), ...ofJobs],
        };
      }),
    );
  }

  async #weighJobs(id: SessionId): Promise<readonly Weight[]> {
    const { values: jobs } = await this.#services.storage.loadSessionJobs(id);
    const weights = jobs.flatMap((job) => [
      ...listValues(job).map(weigh),
      { of: job.id, byteSize: measureRecord(job) },
    ]);
    if (!this.#running.has(id)) this.#jobWeights.set(id, weights);
    return weights;
  }

  /** What stays whatever becomes of the history. */
  #listHeld(): ReadonlySet<Weight['of']> {
    const current = this.#services.listCurrentJobs();
    return new Set([
      ...current.map(({ id }) => id),
      ...current.flatMap(listBlobs),
      ...listNotebookBlobs(this.#services.getNotebook()),
    ]);
  }

  /** Whether a job of the session runs or is to be run. */
  isRunning(id: SessionId): boolean {
    return this.#services.isRunning(id);
  }

  /** Removes sessions for good; those that run stay. */
  async remove(sessions: readonly Session[]): Promise<void> {
    const { storage, notices } = this.#services;
    const ids = sessions.map(({ id }) => id).filter((id) => !this.isRunning(id));
    if (ids.length < sessions.length) notices.tell('A session that runs can be deleted when it has ended.');
    const written = await storage.removeSessions(ids);
    if (!written.isOk) notices.tell(`A session could not be removed: ${written.problem.message}.`);
    await this.load();
  }

  /** The jobs of a session, in the order in which they ran. */
  async loadJobs(session: Session): Promise<Job[]> {
    const { values } = await this.#services.storage.loadSessionJobs(session.id);
    const inOrder = (job: Job): number => session.jobIds.indexOf(job.id);
    return [...values].sort((one, other) => inOrder(one) - inOrder(other));
  }

  /**
   * Puts the results of a session back as those of a new one, each of a Statement with the checkpoint that it had: else a
   * cell keeps what it has. The problem is a sentence, and nothing is put back then.
   */
  async restore(session: Session): Promise<Result<RestoredResults, string>> {
    const done = (await this.loadJobs(session)).filter(isDone);
    const checkpoints = this.#services.checkpoints();
    const cause = { type: 'restore', startedAt: session.startedAt } as const;
    const restored = this.#create(cause, this.#services.getActiveProfile());
    const time = { sessionId: restored.id, at: Date.now() };
    const { jobs, checkpoints: changed, skipped } = planRestore(done, time, checkpoints);
    const kept = skipped.map(({ reason }) => reason);
    if (jobs.length === 0 && kept.length > 0) return fail(kept.join(' '));
    const settling = changed.map((checkpoint) => checkpoints.take(checkpoint));
    const written = await this.#services.storage.addRestored({
      session: {
        ...session,
        id: restored.id,
        cause: restored.cause,
        startedAt: restored.startedAt,
        finishedAt: restored.finishedAt,
        jobIds: jobs.map(({ job }) => job.id),
        skipped,
      },
      jobs,
      checkpoints: changed,
    });
    for (const settle of settling) settle(written.isOk);
    await this.load();
    return written.isOk
      ? succeed({ jobs: jobs.map(({ job }) => job), kept })
      : fail(`The results could not be put back: ${written.problem.message}.`);
  }

  #runByHand(): RunAs {
    return { profile: this.#services.getActiveProfile(), mode: 'manual' };
  }

  #create(cause: SessionCause, profile: Profile): Session {
    // Not before what is known to have been before: of many sessions the oldest go.
    const known = [
      this.#sessions?.[0]?.startedAt ?? 0,
      ...this.#services.listCurrentJobs().map(({ finishedAt }) => finishedAt),
    ];
    const earlier = Math.max(...known);
    const now = earlier > Date.now() ? timeAfter(earlier) : Date.now();
    return {
      id: SessionId.create(),
      notebookId: this.#services.getNotebook().id,
      cause,
      startedAt: now,
      finishedAt: now,
      jobIds: [],
      skipped: [],
      pythonVersion: this.#services.getPythonVersion(),
      packages: [],
      ranBy: profile.displayName,
      profileId: profile.id,
      files: [],
    };
  }

  #change(session: Session): Session {
    this.#running.set(session.id, session);
    const others = this.#sessions?.filter(({ id }) => id !== session.id);
    if (others) this.#sessions = [session, ...others].sort((one, other) => other.startedAt - one.startedAt);
    return session;
  }
}

function weigh({ blob, byteSize }: StoredValue): Weight {
  return { of: blob, byteSize };
}

function describeTooLarge(count: number): string {
  const which = count === 1 ? 'The oldest run was' : `The ${count} oldest runs that hold values were`;
  return `${which} removed from the history of this notebook: of logs, and of values that nothing else needs, 500 MB are kept.`;
}
