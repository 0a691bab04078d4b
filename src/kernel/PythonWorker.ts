import type { JobId } from '../model/ids.ts';
import type { MemoryUse } from '../model/kernel-state.ts';
import type { SourceProblem } from '../model/source-problem.ts';
import type { ByteProgress } from '../model/run-state.ts';
import type { FromWorker, JobEvent, PythonStart, StartPlan, ToWorker } from '../protocol/messages.ts';
import { parseFromWorker } from '../protocol/parse-message.ts';
import { assertNever } from '../shared/assert-never.ts';
import { logger } from '../shared/logger.ts';
import type { WorkerChannel } from './WorkerChannel.ts';

/** A restore takes half a second; past this many milliseconds it will not come to an end. */
const restoreLimit = 15_000;

/** What is heard of a worker until it is terminated. */
export interface PythonListener {
  readonly onProgress: (progress: ByteProgress) => void;
  readonly onStarted: (start: PythonStart) => void;
  readonly onStartFailed: (message: string) => void;
  readonly onSnapshotRefused: (reason: string) => void;
  /** It works all the same, without the part that is damaged. */
  readonly onSnapshotDamaged: (problem: string) => void;
  readonly onJobEvent: (runId: JobId, event: JobEvent) => void;
  readonly onChecked: (requestId: number, problems: readonly SourceProblem[]) => void;
  readonly onMemory: (memory: MemoryUse) => void;
  /** Python broke while it ran. */
  readonly onFailure: (message: string) => void;
  /** A message did not fit: what this worker says cannot be trusted any more. */
  readonly onNonsense: (problem: string) => void;
}

/** One worker with a Python in it, from its start to its end. News that come after the end are dropped. */
export class PythonWorker {
  readonly kernelId: string;
  readonly plan: StartPlan;
  readonly #channel: WorkerChannel;
  #listener: PythonListener;
  #start: PythonStart | null = null;
  #restoreTimer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    channel: WorkerChannel,
    plan: StartPlan,
    core: Promise<WebAssembly.Module | null>,
    listener: PythonListener,
  ) {
    this.kernelId = plan.kernelId;
    this.plan = plan;
    this.#channel = channel;
    this.#listener = listener;
    channel.listen({
      onMessage: (data) => {
        this.#receive(data);
      },
      onFailure: (message) => {
        this.#fail(message);
      },
    });
    this.send({ type: 'start', plan });
    void core.then((module) => {
      this.send({ type: 'use-core', module });
    });
  }

  /** How Python started; null until it has. */
  get start(): PythonStart | null {
    return this.#start;
  }

  /** Has somebody else listen from now on. */
  listen(listener: PythonListener): void {
    this.#listener = listener;
  }

  send(message: ToWorker): void {
    this.#channel.send(message);
  }

  terminate(): void {
    this.#endRestoreLimit();
    this.#channel.terminate();
  }

  #receive(data: unknown): void {
    const parsed = parseFromWorker(data);
    if (parsed.isOk) {
      this.#handle(parsed.value);
      return;
    }
    logger.warn(`A message from Python was not understood ${parsed.problem}`);
    this.#listener.onNonsense(parsed.problem);
  }

  #handle(message: FromWorker): void {
    switch (message.type) {
      case 'start-progressed':
        if (!this.#start) this.#listener.onProgress(message.progress);
        return;
      case 'snapshot-found':
        if (this.#start) this.#refuseSecondStart();
        else this.#limitRestore();
        return;
      case 'snapshot-refused':
        if (this.#start) this.#refuseSecondStart();
        else this.#refuseSnapshot(message.reason);
        return;
      case 'snapshot-damaged':
        this.#listener.onSnapshotDamaged(message.reason);
        return;
      case 'started':
        if (this.#start) {
          this.#refuseSecondStart();
          return;
        }
        this.#endRestoreLimit();
        this.#start = message.start;
        this.#listener.onStarted(message.start);
        return;
      case 'start-failed':
        if (this.#start) this.#refuseSecondStart();
        else this.#listener.onStartFailed(message.message);
        return;
      case 'job-event':
        this.#listener.onJobEvent(message.runId, message.event);
        return;
      case 'statement-checked':
        this.#listener.onChecked(message.requestId, message.problems);
        return;
      case 'memory-changed':
        if (this.#start) this.#start = { ...this.#start, memory: message.memory };
        this.#listener.onMemory(message.memory);
        return;
      case 'kernel-failed':
        this.#fail(message.message);
        return;
      case 'snapshot-made':
      case 'snapshot-failed':
      case 'wheels-packed':
      case 'packing-failed':
        this.#listener.onNonsense('at type: expected no news of what nobody asked for');
        return;
      default:
        assertNever(message);
    }
  }

  #refuseSecondStart(): void {
    this.#listener.onNonsense('at type: expected no second start');
  }

  #fail(message: string): void {
    if (this.#start) this.#listener.onFailure(message);
    else if (this.#restoreTimer !== null) this.#refuseSnapshot(message);
    else this.#listener.onStartFailed(message);
  }

  #limitRestore(): void {
    this.#endRestoreLimit();
    this.#restoreTimer = setTimeout(() => {
      this.#refuseSnapshot(`it was not restored within ${restoreLimit / 1000} s`);
    }, restoreLimit);
  }

  #endRestoreLimit(): void {
    if (this.#restoreTimer !== null) clearTimeout(this.#restoreTimer);
    this.#restoreTimer = null;
  }

  #refuseSnapshot(reason: string): void {
    this.#endRestoreLimit();
    this.#listener.onSnapshotRefused(reason);
  }
}
