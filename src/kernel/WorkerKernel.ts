import { createPlainError, type JobEnding, type JobRequest } from '../model/job.ts';
import type { KernelState } from '../model/kernel-state.ts';
import type { ByteProgress } from '../model/run-state.ts';
import type { FromWorker, JobEvent, PythonAddresses, ToWorker } from '../protocol/messages.ts';
import { parseFromWorker } from '../protocol/parse-message.ts';
import { assertNever } from '../shared/assert-never.ts';
import { invariant } from '../shared/invariant.ts';
import { logger } from '../shared/logger.ts';
import type { JobListener, Kernel } from './Kernel.ts';

interface CurrentJob {
  readonly request: JobRequest;
  readonly listener: JobListener;
  readonly settle: (ending: JobEnding) => void;
  /** Set once the job was handed to Python. */
  timer: ReturnType<typeof setTimeout> | null;
}

/** A kernel in a worker, which is replaced whenever a job has to be stopped or Python breaks. */
export class WorkerKernel implements Kernel {
  readonly #makeWorker: () => Worker;
  readonly #addresses: PythonAddresses;
  readonly #listeners = new Set<(state: KernelState) => void>();
  #worker: Worker | null = null;
  #state: KernelState = { status: 'starting', progress: null };
  #job: CurrentJob | null = null;

  constructor(makeWorker: () => Worker, addresses: PythonAddresses) {
    this.#makeWorker = makeWorker;
    this.#addresses = addresses;
    this.#startWorker();
  }

  get state(): KernelState {
    return this.#state;
  }

  subscribe(listener: (state: KernelState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  run(request: JobRequest, listener: JobListener): Promise<JobEnding> {
    invariant(!this.#job, 'a kernel runs one job at a time');
    return new Promise((settle) => {
      this.#job = { request, listener, settle, timer: null };
      if (this.#state.status === 'ready') this.#handOver(this.#state.pythonVersion);
      else if (this.#state.status === 'broken') this.#startWorker();
    });
  }

  stop(): void {
    if (this.#job) this.restart();
  }

  answerInput(answer: string | null): void {
    if (this.#job && this.#worker) {
      this.#send(this.#worker, { type: 'answer-input', runId: this.#job.request.id, answer });
    }
  }

  restart(): void {
    this.#startWorker();
    this.#finishJob({ status: 'stopped' });
  }

  dispose(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#finishJob({ status: 'stopped' });
    this.#listeners.clear();
  }

  #startWorker(): void {
    this.#worker?.terminate();
    const worker = this.#makeWorker();
    this.#worker = worker;
    worker.addEventListener('message', (event) => {
      // A worker that was replaced may still have had news under way.
      if (worker === this.#worker) this.#receive(event.data);
    });
    worker.addEventListener('messageerror', () => {
      if (worker === this.#worker) this.#refuseMessage('as it could not be taken apart');
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#handleFailure(event.message || 'the worker could not be loaded');
    });
    this.#setState({ status: 'starting', progress: null });
    this.#send(worker, {
      type: 'start',
      plan: {
        kernelId: crypto.randomUUID(),
        addresses: this.#addresses,
        interruptBuffer: null,
        hasServiceWorker: false,
      },
    });
  }

  #send(worker: Worker, message: ToWorker): void {
    worker.postMessage(message);
  }

  #receive(data: unknown): void {
    const parsed = parseFromWorker(data);
    if (!parsed.isOk) {
      logger.warn(`A message from Python was not understood ${parsed.problem}`);
      this.#refuseMessage(parsed.problem);
      return;
    }
    this.#handle(parsed.value);
  }

  #handle(message: FromWorker): void {
    switch (message.type) {
      case 'start-progressed':
        if (this.#state.status === 'starting') this.#setStarting(message.progress);
        return;
      case 'started':
        if (this.#state.status !== 'starting') this.#refuseMessage('at type: expected no second start');
        else if (this.#job) this.#handOver(message.pythonVersion);
        else this.#setState({ status: 'ready', pythonVersion: message.pythonVersion });
        return;
      case 'start-failed':
        if (this.#state.status !== 'starting') this.#refuseMessage('at type: expected no second start');
        else this.#breakDown(`Python could not be started: ${message.message}`);
        return;
      case 'job-event':
        // News of a job that has ended is dropped.
        if (this.#job?.request.id === message.runId) this.#handleEvent(this.#job, message.event);
        return;
      case 'kernel-failed':
        this.#handleFailure(message.message);
        return;
      default:
        assertNever(message);
    }
  }

  #handleEvent({ listener }: CurrentJob, event: JobEvent): void {
    switch (event.type) {
      case 'packages-progressed':
        listener.onLoading({ names: event.names, progress: event.progress });
        return;
      case 'script-started':
        listener.onScriptStarted();
        return;
      case 'input-asked':
        listener.onInputAsked(event.prompt);
        return;
      case 'log-added':
        listener.onLog(event.entries);
        return;
      case 'job-finished': {
        if (this.#state.status === 'busy') {
          this.#setState({ status: 'ready', pythonVersion: this.#state.pythonVersion });
        }
        const { outcome } = event;
        if (outcome.status !== 'done') this.#finishJob(outcome);
        else {
          const { outputs, images } = outcome;
          this.#finishJob({ status: 'done', products: { outputs, images } });
        }
        return;
      }
      default:
        assertNever(event);
    }
  }

  #handOver(pythonVersion: string): void {
    const job = this.#job;
    invariant(job && this.#worker, 'a job is handed to a worker that runs');
    const { timeoutSeconds } = job.request.configuration;
    job.timer = setTimeout(() => {
      this.#startWorker();
      this.#finishJob({
        status: 'failed',
        error: createPlainError(
          'timeout',
          `The script timed out after ${timeoutSeconds} s and was stopped. "Timeout for Script Execution" in the cell's configuration gives it more time.`,
        ),
      });
    }, timeoutSeconds * 1000);
    this.#setState({ status: 'busy', pythonVersion });
    this.#send(this.#worker, { type: 'run-job', job: job.request });
    job.listener.onHandedOver();
  }

  /** Python broke while it ran: the job is told why, and a new worker takes the place of this one. */
  #handleFailure(message: string): void {
    if (this.#state.status === 'starting') {
      this.#breakDown(`Python could not be started: ${message}`);
      return;
    }
    this.#startWorker();
    this.#finishJob({
      status: 'failed',
      error: createPlainError(
        'kernel',
        `Python broke down and was started anew: ${message}. What the cells had stored is kept.`,
      ),
    });
  }

  /** A message that does not fit ends the job: its news cannot be trusted any more. */
  #refuseMessage(problem: string): void {
    if (!this.#job || this.#state.status !== 'busy') return;
    this.#startWorker();
    this.#finishJob({
      status: 'failed',
      error: createPlainError('kernel', `What Python sent of the job was not understood ${problem}.`),
    });
  }

  #breakDown(message: string): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#setState({ status: 'broken', message });
    this.#finishJob({
      status: 'failed',
      error: createPlainError('kernel', `${message}. Check the connection, then restart Python.`),
    });
  }

  #finishJob(ending: JobEnding): void {
    const job = this.#job;
    if (!job) return;
    if (job.timer !== null) clearTimeout(job.timer);
    this.#job = null;
    job.settle(ending);
  }

  #setStarting(progress: ByteProgress): void {
    this.#setState({ status: 'starting', progress });
  }

  #setState(state: KernelState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
