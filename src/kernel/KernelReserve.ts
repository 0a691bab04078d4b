import type { BlobHash } from '../model/ids.ts';
import type { JobWheel } from '../model/job-request.ts';
import { logger } from '../shared/logger.ts';
import type { PythonListener, PythonWorker } from './PythonWorker.ts';
import type { PythonWorkers } from './PythonWorkers.ts';
import { UnpackedWheels } from './UnpackedWheels.ts';
import type { WorkerErrand } from './WorkerErrand.ts';

/** After so many milliseconds another spare is prepared in the place of one whose snapshot is damaged. */
const restTime = 4_000;

/** What the reserve looks at when the time for it has come. */
export interface ReserveSituation {
  /** No job runs: what takes much of the machine may be made. */
  readonly isIdle: boolean;
  /** The Python that runs; null where it did not start. */
  readonly active: PythonWorker | null;
  /** The packages of the notebook. */
  readonly packages: readonly string[];
}

export interface ReserveOptions {
  readonly workers: PythonWorkers;
  readonly canHaveSpare: boolean;
  readonly look: () => ReserveSituation;
  /** The spare found that the snapshot does not work. */
  readonly onSnapshotRefused: (reason: string) => void;
}

/**
 * What is prepared beside a Python while it has nothing to do: the snapshot for the next start, a spare that takes over
 * when the Python has to be ended, and wheels in the form that loads fast.
 */
export class KernelReserve {
  readonly #options: ReserveOptions;
  readonly #unpackedWheels = new UnpackedWheels();
  /** The packages whose snapshot was made or could not be: not tried again by this kernel. */
  readonly #triedSnapshots = new Set<string>();
  #isSnapshotDamaged = false;
  #spare: PythonWorker | null = null;
  #errand: WorkerErrand | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(options: ReserveOptions) {
    this.#options = options;
  }

  /** Prepares what is missing after so many milliseconds, counted anew at every call. */
  prepareAfter(milliseconds: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#prepare();
    }, milliseconds);
  }

  /** Gives up what is being made; the spare is kept. */
  pause(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#options.workers.end(this.#errand);
    this.#errand = null;
  }

  /** Hands the spare over, which is somebody else's from then on. */
  takeSpare(): PythonWorker | null {
    const spare = this.#spare;
    this.#spare = null;
    return spare;
  }

  /** Takes note of wheels that a job had to unpack. */
  noteUnpacked(locked: readonly string[], hashes: readonly BlobHash[], ofJob: readonly JobWheel[]): void {
    this.#unpackedWheels.note(locked, hashes, ofJob);
  }

  /** The snapshot that Python started from is to be looked at, and made anew where it is damaged. */
  noteDamagedSnapshot(): void {
    this.#isSnapshotDamaged = true;
    // It reads from the same file, which could not be written.
    this.#dropSpare();
  }

  dispose(): void {
    this.pause();
    this.#dropSpare();
  }

  /** Makes the snapshot for the next start, and after it the spare, which starts from it. */
  #prepare(): void {
    // One at a time: it goes on by itself when it is done.
    if (this.#errand) return;
    const { isIdle, active, packages } = this.#options.look();
    const names = packages.join(' ');
    const isStartedFromIt =
      active?.start?.isFromSnapshot === true &&
      active.plan.packages.join(' ') === names &&
      !this.#isSnapshotDamaged;
    if (isStartedFromIt || this.#triedSnapshots.has(names) || !isIdle) this.#prepareMore();
    else this.#makeSnapshot(packages);
  }

  #prepareMore(): void {
    const { canHaveSpare, workers, look } = this.#options;
    const { isIdle, active, packages } = look();
    if (!canHaveSpare) return;
    if (active) this.#prepareSpare(packages);
    const wheels = this.#unpackedWheels.waiting;
    if (!wheels || !isIdle) return;
    this.#errand = workers.send({ type: 'pack-wheels', wheels }, packages, () => {
      this.#errand = null;
      this.#unpackedWheels.settle(wheels);
    });
  }

  #makeSnapshot(packages: readonly string[]): void {
    this.#errand = this.#options.workers.send({ type: 'make-snapshot' }, packages, (isMade) => {
      this.#errand = null;
      this.#isSnapshotDamaged = false;
      this.#triedSnapshots.add(packages.join(' '));
      if (isMade) this.#dropSpare();
      this.#prepareMore();
    });
  }

  #prepareSpare(packages: readonly string[]): void {
    if (this.#spare && this.#spare.plan.packages.join(' ') !== packages.join(' ')) this.#dropSpare();
    this.#spare ??= this.#options.workers.start(packages, this.#createSpareListener());
  }

  #dropSpare(): void {
    this.#options.workers.end(this.takeSpare());
  }

  /** A spare that does not work is dropped: its turn had not come yet, so nobody is told. */
  #createSpareListener(): PythonListener {
    const { workers, look, onSnapshotRefused } = this.#options;
    const drop = (reason: string): void => {
      logger.warn(`The spare Python was given up: ${reason}`);
      this.#dropSpare();
    };
    return {
      onProgress: () => undefined,
      onStarted: ({ notes }) => {
        for (const note of notes) logger.warn(note);
      },
      onStartFailed: drop,
      onSnapshotRefused: (reason) => {
        drop(reason);
        onSnapshotRefused(reason);
        const { active, packages } = look();
        if (active) this.#spare = workers.start(packages, this.#createSpareListener(), 'discard');
      },
      onSnapshotDamaged: () => {
        this.noteDamagedSnapshot();
        this.prepareAfter(restTime);
      },
      onJobEvent: (_runId, event) => {
        drop(`it reported ${event.type} without a job`);
      },
      onChecked: () => undefined,
      onMemory: () => undefined,
      onFailure: drop,
      onNonsense: drop,
    };
  }
}
