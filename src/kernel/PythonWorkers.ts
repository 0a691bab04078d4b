import type { CompiledLibrary, PythonAddresses, StartPlan } from '../protocol/messages.ts';
import type { Mailbox } from './Mailbox.ts';
import { PythonWorker, type PythonListener } from './PythonWorker.ts';
import type { WorkerChannel } from './WorkerChannel.ts';
import { WorkerErrand, type Errand } from './WorkerErrand.ts';

/** What a kernel works with. */
export interface KernelServices {
  readonly makeWorker: () => WorkerChannel;
  readonly addresses: PythonAddresses;
  /** Pyodide's WebAssembly, compiled once for all workers; null where that did not work. Never rejects. */
  readonly core: Promise<WebAssembly.Module | null>;
  /** How to reach a worker that is blocked; null where there is no service worker. */
  readonly mailbox: Mailbox | null;
  /** Whether pages can share memory with their workers here. */
  readonly canShareMemory: boolean;
  readonly memoryLimitBytes: number;
  /** Whether there is memory for a second Python beside the one that runs. */
  readonly canHaveSpare: boolean;
}

/** What an errand is, before it is known how its worker is to start. */
type ErrandDraft<Kind> = Kind extends Errand ? Omit<Kind, 'plan'> : never;

/** Starts and ends the workers of one kernel. */
export class PythonWorkers {
  readonly #services: KernelServices;
  readonly #ids = new Set<string>();
  /** By their paths, which are those of one build. */
  readonly #libraries = new Map<string, CompiledLibrary>();

  constructor(services: KernelServices) {
    this.#services = services;
  }

  /** The ids of those that are alive. */
  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  /** Starts a Python for these packages. */
  start(
    packages: readonly string[],
    listener: PythonListener,
    snapshot: StartPlan['snapshot'] = 'use',
  ): PythonWorker {
    const { makeWorker, core } = this.#services;
    const plan = this.#createPlan(packages, snapshot);
    return new PythonWorker(makeWorker(), plan, core, {
      ...listener,
      onStarted: (start) => {
        for (const library of start.libraries) this.#libraries.set(library.path, library);
        listener.onStarted(start);
      },
    });
  }

  /** Sends a worker to make something for later starts; `onEnd` is told once how it ended, unless it is ended before. */
  send(
    errand: ErrandDraft<Errand>,
    packages: readonly string[],
    onEnd: (isDone: boolean) => void,
  ): WorkerErrand {
    const { makeWorker, core } = this.#services;
    const plan = this.#createPlan(packages, 'use');
    return new WorkerErrand(makeWorker(), { ...errand, plan }, core, (isDone) => {
      this.#forget(plan.kernelId);
      onEnd(isDone);
    });
  }

  end(python: PythonWorker | WorkerErrand | null): void {
    if (!python) return;
    python.terminate();
    this.#forget(python.kernelId);
  }

  #createPlan(packages: readonly string[], snapshot: StartPlan['snapshot']): StartPlan {
    const { addresses, memoryLimitBytes, canShareMemory, mailbox } = this.#services;
    const kernelId = crypto.randomUUID();
    // Whoever fetches something is asked for by it.
    this.#ids.add(kernelId);
    return {
      kernelId,
      addresses,
      packages,
      memoryLimitBytes,
      snapshot,
      interruptBuffer: canShareMemory ? new Uint8Array(new SharedArrayBuffer(1)) : null,
      hasServiceWorker: mailbox !== null,
      libraries: [...this.#libraries.values()],
    };
  }

  #forget(kernelId: string): void {
    this.#ids.delete(kernelId);
    this.#services.mailbox?.empty(kernelId);
  }
}
