import { createPlainError, type JobEnding, type StopLevel } from '../model/job.ts';
import type { JobRequest } from '../model/job-request.ts';
import type { KernelState } from '../model/kernel-state.ts';
import type { SourceProblem } from '../model/source-problem.ts';
import { invariant } from '../shared/invariant.ts';
import { toMessage } from '../shared/to-message.ts';
import type { JobListener, Kernel } from './Kernel.ts';

/** Makes a kernel that has these packages ready. */
export type KernelMaker = (packages: readonly string[]) => Kernel;

interface WaitingJob {
  readonly request: JobRequest;
  readonly listener: JobListener;
  readonly settle: (ending: JobEnding) => void;
}

/** Stands for a kernel that cannot be made yet: until then Python starts, and a job waits for it. */
export class LateKernel implements Kernel {
  readonly #listeners = new Set<(state: KernelState) => void>();
  #packages: readonly string[];
  /** Null until it was made. */
  #kernel: Kernel | null = null;
  #waiting: WaitingJob | null = null;
  #isDisposed = false;
  /** Why the kernel could not be made. */
  #failure: string | null = null;

  /** @param maker settles when the kernel can be made */
  constructor(maker: Promise<KernelMaker>, packages: readonly string[]) {
    this.#packages = packages;
    maker
      .then((make) => {
        if (!this.#isDisposed) this.#begin(make(this.#packages));
      })
      .catch((error: unknown) => {
        this.#fail(toMessage(error));
      });
  }

  get state(): KernelState {
    if (this.#kernel) return this.#kernel.state;
    if (this.#failure === null) return { status: 'starting', progress: null };
    return { status: 'broken', message: this.#failure };
  }

  get kernelId(): string | null {
    return this.#kernel?.kernelId ?? null;
  }

  get kernelIds(): ReadonlySet<string> {
    return this.#kernel?.kernelIds ?? new Set();
  }

  subscribe(listener: (state: KernelState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  run(request: JobRequest, listener: JobListener): Promise<JobEnding> {
    if (this.#kernel) return this.#kernel.run(request, listener);
    invariant(!this.#waiting, 'a kernel runs one job at a time');
    if (this.#failure !== null) return Promise.resolve(createFailure(this.#failure));
    return new Promise((settle) => {
      this.#waiting = { request, listener, settle };
    });
  }

  stop(): void {
    if (this.#kernel) this.#kernel.stop();
    else this.#giveBack('soft');
  }

  answerInput(answer: string | null): void {
    this.#kernel?.answerInput(answer);
  }

  checkStatement(source: string): Promise<readonly SourceProblem[] | null> {
    return this.#kernel?.checkStatement(source) ?? Promise.resolve(null);
  }

  restart(): void {
    if (this.#kernel) this.#kernel.restart();
    else this.#giveBack('hard');
  }

  setPackages(names: readonly string[]): void {
    this.#packages = names;
    this.#kernel?.setPackages(names);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#listeners.clear();
    if (this.#kernel) this.#kernel.dispose();
    else this.#giveBack('hard');
  }

  #begin(kernel: Kernel): void {
    this.#kernel = kernel;
    kernel.subscribe((state) => {
      this.#tell(state);
    });
    this.#tell(kernel.state);
    const job = this.#waiting;
    this.#waiting = null;
    if (job) void kernel.run(job.request, job.listener).then(job.settle);
  }

  #fail(reason: string): void {
    this.#failure = `Python could not be started: ${reason}`;
    this.#tell(this.state);
    this.#waiting?.settle(createFailure(this.#failure));
    this.#waiting = null;
  }

  #tell(state: KernelState): void {
    for (const listener of this.#listeners) listener(state);
  }

  /** Ends a job that waits: Python has not seen it. */
  #giveBack(level: StopLevel): void {
    this.#waiting?.settle({ status: 'stopped', level });
    this.#waiting = null;
  }
}

function createFailure(message: string): JobEnding {
  return { status: 'failed', error: createPlainError('kernel', `${message}. Reload the page.`) };
}
