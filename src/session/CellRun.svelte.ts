import type { TableSource } from '../data/TableSource.ts';
import { isDone, type DoneJob, type Job } from '../model/job.ts';
import { noNotices, type NoticeCounts } from '../model/log-notices.ts';
import type { RunPhase } from '../model/run-state.ts';
import { LogBuffer } from './LogBuffer.svelte.ts';
import { PreviewBuffer } from './PreviewBuffer.svelte.ts';

/** What runs of one cell did and are doing; what its author wrote is in the notebook. */
export class CellRun {
  #phase = $state.raw<RunPhase>({ phase: 'resting' });
  #lastJob = $state.raw<Job | null>(null);
  #doneJob = $state.raw<DoneJob | null>(null);
  /** The log of the job that runs, else of the last. */
  readonly log = new LogBuffer();
  /** What the job that runs shows. */
  readonly previews = new PreviewBuffer();
  #skipReason = $state<string | null>(null);
  /** The tables of `doneJob` that were opened, by the keys of their outputs. */
  #tables = new Map<string, Promise<TableSource>>();

  get phase(): RunPhase {
    return this.#phase;
  }

  /** How the cell ended last; null before its first job. */
  get lastJob(): Job | null {
    return this.#lastJob;
  }

  /** The newest job that was done: its results are the cell's. */
  get doneJob(): DoneJob | null {
    return this.#doneJob;
  }

  /** How often the job that runs has warned and reported errors, else the last one. */
  get notices(): NoticeCounts {
    const { phase } = this.#phase;
    // Once the log is there it is counted itself: older records have no counts.
    const isRead = phase === 'running' || phase === 'storing' || this.log.shown.lines.length > 0;
    return isRead ? this.log.notices : (this.#lastJob?.notices ?? noNotices);
  }

  get isBusy(): boolean {
    return this.#phase.phase !== 'resting';
  }

  /** Why the cell was not run when it was last to be; null where it was. */
  get skipReason(): string | null {
    return this.#skipReason;
  }

  setPhase(phase: RunPhase): void {
    this.#phase = phase;
  }

  queue(): void {
    this.#skipReason = null;
    this.#phase = { phase: 'queued' };
  }

  /** Takes it out of the queue. */
  skip(reason: string | null): void {
    this.#skipReason = reason;
    this.#phase = { phase: 'resting' };
  }

  /** Its turn has come: what the last job logged and showed makes room. */
  begin(): void {
    this.log.replace([]);
    this.previews.clear();
  }

  /** Takes in jobs as found in storage, in any order. */
  restore(jobs: readonly Job[]): void {
    const inOrder = [...jobs].sort((one, other) => one.finishedAt - other.finishedAt);
    this.#lastJob = inOrder.at(-1) ?? null;
    this.#doneJob = inOrder.filter(isDone).at(-1) ?? null;
  }

  /** Shows a job that is stored; `tables` are those of its outputs, if it was done. */
  finish(job: Job, tables: ReadonlyMap<string, TableSource>): void {
    this.#phase = { phase: 'resting' };
    this.#skipReason = null;
    this.#lastJob = job;
    if (!isDone(job)) return;
    this.closeTables();
    this.#tables = new Map([...tables].map(([key, table]) => [key, Promise.resolve(table)]));
    this.#doneJob = job;
  }

  /** The table of an output of `doneJob`; `open` is asked for it the first time, and again after a failure. */
  getTable(key: string, open: () => Promise<TableSource>): Promise<TableSource> {
    const known = this.#tables.get(key);
    if (known) return known;
    const opening = open();
    this.#tables.set(key, opening);
    opening.catch(() => {
      if (this.#tables.get(key) === opening) this.#tables.delete(key);
    });
    return opening;
  }

  closeTables(): void {
    for (const opening of this.#tables.values()) {
      opening.then(
        (table) => {
          table.close();
        },
        () => undefined,
      );
    }
    this.#tables.clear();
  }
}
