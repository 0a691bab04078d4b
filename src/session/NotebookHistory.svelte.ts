import { SessionId, JobId, type NotebookId } from '../model/ids.ts';
import { isDone, type DoneJob, type Job } from '../model/job.ts';
import { listOldSessions, type Session, type SessionCause, type SkippedCell } from '../model/session.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import type { Storage } from '../storage/Storage.ts';
import type { Notices } from './Notices.svelte.ts';

/** What the history of a notebook works with. */
export interface HistoryServices {
  readonly storage: Storage;
  readonly notices: Notices;
  readonly notebookId: NotebookId;
  readonly getPythonVersion: () => string | null;
  /** The jobs whose results the cells show: they stay when their session goes. */
  readonly listCurrentJobs: () => ReadonlySet<JobId>;
}

/** The sessions of an open notebook: those that run, and the record of those that ran. */
export class NotebookHistory {
  readonly #services: HistoryServices;
  /** Newest first; null until they were asked for. */
  #sessions = $state.raw<readonly Session[] | null>(null);
  /** Those of this visit, as they stand. */
  readonly #running = new Map<SessionId, Session>();

  constructor(services: HistoryServices) {
    this.#services = services;
  }

  /** Newest first; empty until `load`. */
  get sessions(): readonly Session[] {
    return this.#sessions ?? [];
  }

  async load(): Promise<void> {
    const { storage, notices, notebookId } = this.#services;
    const found = await storage.loadSessions(notebookId);
    for (const problem of found.problems) notices.tell(problem);
    this.#sessions = found.values;
  }

  /** A session begins; it is stored with its first job. */
  begin(cause: SessionCause): SessionId {
    const session = this.#create(cause);
    this.#running.set(session.id, session);
    return session.id;
  }

  /** The session as it stands with a job that has ended. */
  addJob(id: SessionId, job: Job): Session | null {
    const session = this.#running.get(id);
    if (!session) return null;
    return this.#change({
      ...session,
      finishedAt: job.finishedAt,
      jobIds: [...session.jobIds, job.id],
      pythonVersion: this.#services.getPythonVersion() ?? session.pythonVersion,
    });
  }

  /** Cells of a session are not run, for a reason. */
  skip(id: SessionId, cells: readonly SkippedCell[]): void {
    const session = this.#running.get(id);
    if (!session || cells.length === 0) return;
    void this.#services.storage.saveSession(
      this.#change({ ...session, skipped: [...session.skipped, ...cells] }),
    );
  }

  /** Nothing runs any more: the oldest sessions make room. */
  async trim(): Promise<void> {
    if (this.#running.size === 0) return;
    this.#running.clear();
    await this.load();
    const old = listOldSessions(this.sessions);
    if (old.length > 0) await this.remove(old);
  }

  async remove(sessions: readonly Session[]): Promise<void> {
    const { storage, notices, listCurrentJobs } = this.#services;
    const ids = sessions.map(({ id }) => id);
    const written = await storage.removeSessions(ids, listCurrentJobs());
    if (!written.isOk) notices.tell(`A session could not be removed: ${written.problem.message}.`);
    await this.load();
  }

  /** The jobs of a session, in the order in which they ran. */
  async loadJobs(session: Session): Promise<Job[]> {
    const { values } = await this.#services.storage.loadSessionJobs(session.id);
    const inOrder = (job: Job): number => session.jobIds.indexOf(job.id);
    return [...values].sort((one, other) => inOrder(one) - inOrder(other));
  }

  /** Puts the results of a session back as those of a new one. Gives its jobs; the problem is a sentence. */
  async restore(session: Session): Promise<Result<readonly DoneJob[], string>> {
    const done = (await this.loadJobs(session)).filter(isDone);
    const now = Date.now();
    const restored = this.#create({ type: 'restore', startedAt: session.startedAt });
    const copies = done.map((job) => {
      // They took as long as they took, and are the newest now.
      const startedAt = now - (job.finishedAt - job.startedAt);
      return { ...job, id: JobId.create(), sessionId: restored.id, startedAt, finishedAt: now };
    });
    const written = await this.#services.storage.addRestored({
      session: { ...restored, jobIds: copies.map(({ id }) => id), pythonVersion: session.pythonVersion },
      jobs: copies.map((job, index) => ({ job, logOf: done[index]?.id ?? job.id })),
    });
    await this.load();
    return written.isOk
      ? succeed(copies)
      : fail(`The results could not be put back: ${written.problem.message}.`);
  }

  #create(cause: SessionCause): Session {
    const now = Date.now();
    return {
      id: SessionId.create(),
      notebookId: this.#services.notebookId,
      cause,
      startedAt: now,
      finishedAt: now,
      jobIds: [],
      skipped: [],
      pythonVersion: this.#services.getPythonVersion(),
    };
  }

  #change(session: Session): Session {
    this.#running.set(session.id, session);
    const others = this.#sessions?.filter(({ id }) => id !== session.id);
    if (others) this.#sessions = [session, ...others].sort((one, other) => other.startedAt - one.startedAt);
    return session;
  }
}
