import { SvelteMap } from 'svelte/reactivity';
import {
  getCheckpointValue,
  setCheckpoint,
  type Checkpoint,
  type CheckpointValue,
} from '../model/checkpoint.ts';
import type { CellId } from '../model/ids.ts';
import type { Job } from '../model/job.ts';
import type { Notebook } from '../model/notebook.ts';
import type { StatementCell } from '../model/statement.ts';
import type { Storage } from '../storage/Storage.ts';
import type { Notices } from './Notices.svelte.ts';

export interface CheckpointsServices {
  readonly storage: Pick<Storage, 'saveCheckpoint'>;
  readonly notices: Notices;
  readonly getNotebook: () => Notebook;
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

  /** What the next job of a cell is given. */
  getValue({ id, configuration: { checkpointColumn: column } }: StatementCell): CheckpointValue | null {
    return column === null ? null : getCheckpointValue(this.get(id), column);
  }

  /** The checkpoint as it is with a job that ended well; null where its cell keeps none, or keeps what it had. */
  advance(job: Job, value: CheckpointValue | null): Checkpoint | null {
    const { cellId, notebookId, sessionId, setup, finishedAt: at } = job;
    if (setup.kind !== 'statement' || setup.checkpointColumn === null || sessionId === null) return null;
    const column = setup.checkpointColumn;
    const before = this.get(cellId);
    const held = getCheckpointValue(before, column);
    if (held?.type === value?.type && held?.text === value?.text) return null;
    return setCheckpoint(
      before,
      { cellId, notebookId, column },
      { value, at, origin: { jobId: job.id, sessionId } },
    );
  }

  /** Takes over one that is stored. */
  take(checkpoint: Checkpoint): void {
    this.#checkpoints.set(checkpoint.cellId, checkpoint);
  }

  /** Sets it by hand; null resets it. It is stored at once. */
  set(cellId: CellId, column: string, value: CheckpointValue | null): void {
    const { storage, notices, getNotebook } = this.#services;
    const entry = { value, at: Date.now(), origin: null };
    const checkpoint = setCheckpoint(
      this.get(cellId),
      { cellId, notebookId: getNotebook().id, column },
      entry,
    );
    this.take(checkpoint);
    void storage.saveCheckpoint(checkpoint).then((written) => {
      if (written.isOk) return;
      notices.tell(
        `The checkpoint could not be stored (${written.problem.message}). It holds while this tab is open.`,
      );
    });
  }
}
