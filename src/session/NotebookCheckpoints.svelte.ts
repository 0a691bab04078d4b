import { SvelteMap } from 'svelte/reactivity';
import {
  findEntryOf,
  getCheckpointValue,
  setCheckpoint,
  type Checkpoint,
  type CheckpointValue,
} from '../model/checkpoint.ts';
import type { CellId, JobId, SessionId } from '../model/ids.ts';
import { countRows, type DoneJob, type Job } from '../model/job.ts';
import { findCell, type Notebook } from '../model/notebook.ts';
import type { StatementCell } from '../model/statement.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import type { Storage } from '../storage/Storage.ts';
import type { Notices } from './Notices.svelte.ts';
import { shortenTitle } from './shorten-title.ts';

export interface CheckpointsServices {
  readonly storage: Pick<Storage, 'saveCheckpoint'>;
  readonly notices: Notices;
  readonly getNotebook: () => Notebook;
  /** Why nothing of the notebook can be changed here, as a sentence; null where it can. */
  readonly findRefusal: () => string | null;
}

/** What the Statements of an open notebook keep between their runs. */
export class NotebookCheckpoints {
  readonly #services: CheckpointsServices;
  readonly #checkpoints: SvelteMap<CellId, Checkpoint>;

  constructor(services: CheckpointsServices, checkpoints: readonly Checkpoint[]) {
    this.#services = services;
    this.#checkpoints = new SvelteMap(checkpoints.map((checkpoint) => [checkpoint.cellId, checkpoint]));
  }

  get(cellId: CellId): Checkpoint | null {
    return this.#checkpoints.get(cellId) ?? null;
  }

  /** Takes over what another tab has stored since. */
  refresh(stored: readonly Checkpoint[]): void {
    for (const checkpoint of stored) {
      const known = this.get(checkpoint.cellId);
      if (!known || checkpoint.history[0].at > known.history[0].at) {
        this.#checkpoints.set(checkpoint.cellId, checkpoint);
      }
    }
  }

  /** What the next job of a cell is given. */
  getValue({ id, configuration: { checkpointColumn: column } }: StatementCell): CheckpointValue | null {
    return column === null ? null : getCheckpointValue(this.get(id), column);
  }

  /**
   * The checkpoint as it is with a job that ended well, and began with `before`; null where its cell keeps none, or what
   * it was given, or what a person has set meanwhile.
   */
  advance(job: Job, before: Checkpoint | null, value: CheckpointValue | null): Checkpoint | null {
    const { cellId, notebookId, sessionId, setup, finishedAt: at } = job;
    if (setup.kind !== 'statement' || setup.checkpointColumn === null || sessionId === null) return null;
    const column = setup.checkpointColumn;
    if (this.get(cellId) !== before || isSameValue(getCheckpointValue(before, column), value)) return null;
    return setCheckpoint(
      before,
      { cellId, notebookId, column },
      { value, at, origin: { jobId: job.id, sessionId } },
    );
  }

  /**
   * The checkpoint as it is to be with the results of an earlier job that are put back at a time: it holds what it held
   * when that job was stored. Null where it holds that. The problem is a sentence: without it the results are not to be
   * put back, as the next run would go on from another place than their end.
   */
  goBack(
    job: DoneJob,
    { at, ...origin }: { readonly jobId: JobId; readonly sessionId: SessionId; readonly at: number },
  ): Result<Checkpoint | null, string> {
    const { cellId, notebookId, setup } = job;
    if (setup.kind !== 'statement') return succeed(null);
    const title = shortenTitle(job.title);
    const cell = findCell(this.#services.getNotebook(), cellId);
    const column = setup.checkpointColumn;
    if (cell?.kind === 'statement' && cell.configuration.checkpointColumn !== column) {
      const choice = column === null ? 'none' : `“${column}”`;
      return fail(
        `“${title}” keeps the results that it has: its data checkpoint column was another. Choose ${choice} again to put these back.`,
      );
    }
    const checkpoint = this.get(cellId);
    if (column === null || checkpoint === null) return succeed(null);
    const entry = checkpoint.column === column ? findEntryOf(checkpoint, job) : null;
    // Without rows there is nothing that the next run could leave out.
    if (entry === null && countRows(job) > 0) {
      return fail(
        `“${title}” keeps the results that it has: the checkpoint that belongs to the others is no longer known.`,
      );
    }
    const value = entry?.value ?? null;
    if (isSameValue(getCheckpointValue(checkpoint, column), value)) return succeed(null);
    return succeed(setCheckpoint(checkpoint, { cellId, notebookId, column }, { value, at, origin }));
  }

  /** Takes one over that is being stored. What is returned is to be told whether it was. */
  take(checkpoint: Checkpoint): (isStored: boolean) => void {
    const { cellId } = checkpoint;
    const before = this.get(cellId);
    this.#checkpoints.set(cellId, checkpoint);
    return (isStored) => {
      const current = this.get(cellId);
      if (current !== checkpoint) {
        // It was set by hand meanwhile, which may have been stored first.
        if (isStored && current) this.#save(current);
      } else if (!isStored) {
        if (before) this.#checkpoints.set(cellId, before);
        else this.#checkpoints.delete(cellId);
      }
    };
  }

  /** Sets it by hand; null resets it. It is stored at once. */
  set(cellId: CellId, column: string, value: CheckpointValue | null): void {
    const { getNotebook, findRefusal, notices } = this.#services;
    const refusal = findRefusal();
    if (refusal !== null) {
      notices.refuse(refusal);
      return;
    }
    const entry = { value, at: Date.now(), origin: null };
    const checkpoint = setCheckpoint(
      this.get(cellId),
      { cellId, notebookId: getNotebook().id, column },
      entry,
    );
    this.#checkpoints.set(cellId, checkpoint);
    this.#save(checkpoint);
  }

  #save(checkpoint: Checkpoint): void {
    const { storage, notices } = this.#services;
    void storage.saveCheckpoint(checkpoint).then((written) => {
      if (written.isOk) return;
      notices.tell(
        `The checkpoint could not be stored (${written.problem.message}). It holds while this tab is open.`,
      );
    });
  }
}

function isSameValue(one: CheckpointValue | null, other: CheckpointValue | null): boolean {
  return one?.type === other?.type && one?.text === other?.text;
}
