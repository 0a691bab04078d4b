import type { NotebookId } from '../model/ids.ts';
import type { RunStep } from '../model/line-run.ts';
import type { RunOrder } from './run-order.ts';
import { runLine, type LineEnd } from './run-line.ts';

/** Runs notebooks of the workspace for schedules and production lines. */
export interface NotebookRunner {
  /** Runs one to its end, in the background where it is not open. Never rejects. */
  readonly run: (id: NotebookId, order: RunOrder) => Promise<RunStep>;
  readonly getTitle: (id: NotebookId) => string;
  /** Why one of them may not run, as a sentence, as long as the file that it came with is not trusted; null where all may. */
  readonly findDistrust: (ids: readonly NotebookId[]) => string | null;
}

/** Notebooks that are being run one after another in this tab. */
export class OngoingRun {
  readonly startedAt: number;
  readonly #notebookIds: readonly NotebookId[];
  readonly #runner: NotebookRunner;
  readonly #order: Pick<RunOrder, 'cause' | 'runAs'>;
  readonly #stopping = new AbortController();
  #place = $state(0);
  #isWaiting = $state(true);
  #isStopping = $state(false);

  constructor(
    notebookIds: readonly NotebookId[],
    runner: NotebookRunner,
    order: Pick<RunOrder, 'cause' | 'runAs'>,
    startedAt: number,
  ) {
    this.#notebookIds = notebookIds;
    this.#runner = runner;
    this.#order = order;
    this.startedAt = startedAt;
  }

  /** The notebook that is run, or waited for. */
  get notebookId(): NotebookId | null {
    return this.#notebookIds[this.#place] ?? null;
  }

  get title(): string {
    const id = this.notebookId;
    return id === null ? '' : this.#runner.getTitle(id);
  }

  /** Which of them it is, from 1. */
  get position(): number {
    return this.#place + 1;
  }

  get total(): number {
    return this.#notebookIds.length;
  }

  /** Whether it waits: for what runs or is to be decided in that notebook, or for what runs in the background already. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Never rejects. */
  async run(): Promise<LineEnd> {
    const { signal } = this.#stopping;
    const onBegin = (): void => {
      this.#isWaiting = false;
    };
    return await runLine(this.#notebookIds, {
      runNotebook: (id) => this.#runner.run(id, { ...this.#order, signal, onBegin }),
      getTitle: this.#runner.getTitle,
      onStep: (index) => {
        this.#place = index;
        this.#isWaiting = true;
      },
    });
  }

  stop(): void {
    this.#isStopping = true;
    this.#stopping.abort();
  }
}
