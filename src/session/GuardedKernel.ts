import type { JobListener, Kernel } from '../kernel/Kernel.ts';
import { createPlainError, type JobEnding } from '../model/job.ts';
import type { JobRequest } from '../model/job-request.ts';
import type { KernelState } from '../model/kernel-state.ts';
import type { SourceProblem } from '../model/source-problem.ts';

export interface GuardServices {
  /** Makes a kernel that has these packages ready. */
  readonly createKernel: (packages: readonly string[]) => Kernel;
  /** Why no Python may work for the notebook, as a sentence; null where it may. */
  readonly findRefusal: () => string | null;
}

const none: ReadonlySet<string> = new Set();

/** The one way from a notebook to Python: as long as nothing of it may run there is none, not even one that waits. */
export class GuardedKernel implements Kernel {
  readonly #services: GuardServices;
  readonly #listeners = new Set<(state: KernelState) => void>();
  #packages: readonly string[];
  /** Null while there is to be none. */
  #kernel: Kernel | null = null;
  #isDisposed = false;

  constructor(services: GuardServices, packages: readonly string[]) {
    this.#services = services;
    this.#packages = packages;
    this.noteRefusal();
  }

  /** To be told when Python may work for the notebook that might not before, or the other way round. */
  noteRefusal(): void {
    const isRefused = this.#isDisposed || this.#services.findRefusal() !== null;
    if (isRefused === (this.#kernel === null)) return;
    if (isRefused) {
      const ended = this.#kernel;
      this.#kernel = null;
      ended?.dispose();
    } else {
      const kernel = this.#services.createKernel(this.#packages);
      this.#kernel = kernel;
      kernel.subscribe((state) => {
        if (this.#kernel === kernel) this.#tell(state);
      });
    }
    this.#tell(this.state);
  }

  get state(): KernelState {
    return this.#kernel?.state ?? { status: 'off' };
  }

  get kernelId(): string | null {
    return this.#kernel?.kernelId ?? null;
  }

  get kernelIds(): ReadonlySet<string> {
    return this.#kernel?.kernelIds ?? none;
  }

  subscribe(listener: (state: KernelState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  run(request: JobRequest, listener: JobListener): Promise<JobEnding> {
    // What was decided a moment ago holds, also where nobody has told it here yet.
    this.noteRefusal();
    if (this.#kernel) return this.#kernel.run(request, listener);
    const message = this.#services.findRefusal() ?? 'The notebook was closed.';
    return Promise.resolve({ status: 'failed', error: createPlainError('rule', message) });
  }

  stop(): void {
    this.#kernel?.stop();
  }

  answerInput(answer: string | null): void {
    this.#kernel?.answerInput(answer);
  }

  checkStatement(source: string): Promise<readonly SourceProblem[] | null> {
    this.noteRefusal();
    return this.#kernel?.checkStatement(source) ?? Promise.resolve(null);
  }

  restart(): void {
    this.#kernel?.restart();
  }

  setPackages(names: readonly string[]): void {
    this.#packages = names;
    this.#kernel?.setPackages(names);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#listeners.clear();
    this.#kernel?.dispose();
  }

  #tell(state: KernelState): void {
    for (const listener of this.#listeners) listener(state);
  }
}
