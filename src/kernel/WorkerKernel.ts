// Longer than most files: one machine of states, whose changes are understood together.
import { createPlainError, type JobEnding } from '../model/job.ts';
import type { DataGeneratorRequest, JobRequest } from '../model/job-request.ts';
import type { KernelState } from '../model/kernel-state.ts';
import type { SourceProblem } from '../model/source-problem.ts';
import type { JobEvent, StartPlan } from '../protocol/messages.ts';
import { invariant } from '../shared/invariant.ts';
import { logger } from '../shared/logger.ts';
import { fail } from '../shared/result.ts';
import { toMessage } from '../shared/to-message.ts';
import {
  createKernelFailure,
  createTimeoutEnding,
  describeRefusedSnapshot,
  toEnding,
} from './job-endings.ts';
import { JobFlood, tellJobNews } from './job-news.ts';
import type { JobListener, Kernel } from './Kernel.ts';
import { KernelReserve } from './KernelReserve.ts';
import type { PythonListener, PythonWorker } from './PythonWorker.ts';
import { PythonWorkers, type KernelServices } from './PythonWorkers.ts';
import { StatementChecks } from './StatementChecks.ts';
import { StopSigns } from './StopSigns.ts';

/** A script that was asked to stop has this many milliseconds to do so. */
const softStopLimit = 2_000;

/** Python is left alone for this many milliseconds before a snapshot or a spare is made beside it. */
const idleTime = 4_000;

/** A job that takes longer than this, in milliseconds, is one that may have to be stopped: the spare is made beside it. */
const longJobTime = 6_000;

type StopReason = 'asked' | 'timeout';

interface CurrentJob {
  readonly request: JobRequest;
  readonly listener: JobListener;
  readonly settle: (ending: JobEnding) => void;
  readonly flood: JobFlood;
  /** Ends the job's time; set once it was handed to Python. */
  timeout: ReturnType<typeof setTimeout> | null;
  /** Set once the job was asked to stop. */
  stop: { readonly reason: StopReason; readonly hardStop: ReturnType<typeof setTimeout> } | null;
}

/**
 * A kernel in a worker. While it is idle a snapshot of Python with the notebook's packages is made for the next
 * start, and a spare worker, which takes over when the first one has to be ended.
 */
export class WorkerKernel implements Kernel {
  readonly #stopSigns: StopSigns;
  readonly #workers: PythonWorkers;
  readonly #reserve: KernelReserve;
  readonly #listeners = new Set<(state: KernelState) => void>();
  #packages: readonly string[];
  #active: PythonWorker | null = null;
  readonly #checks = new StatementChecks();
  #state: KernelState = { status: 'starting', progress: null };
  #job: CurrentJob | null = null;
  /** What the log of the next job is to say of Python's start. */
  #notes: string[] = [];

  constructor(services: KernelServices, packages: readonly string[]) {
    this.#stopSigns = new StopSigns(services.mailbox);
    this.#workers = new PythonWorkers(services);
    this.#reserve = new KernelReserve({
      workers: this.#workers,
      canHaveSpare: services.canHaveSpare,
      look: () => ({
        isIdle: this.#state.status === 'ready',
        active: this.#active,
        packages: this.#packages,
      }),
      onSnapshotRefused: (reason) => {
        this.#notes.push(describeRefusedSnapshot(reason));
      },
    });
    this.#packages = packages;
    this.#startAnew();
  }

  get state(): KernelState {
    return this.#state;
  }

  get kernelId(): string | null {
    return this.#active?.kernelId ?? null;
  }

  get kernelIds(): ReadonlySet<string> {
    return this.#workers.ids;
  }

  subscribe(listener: (state: KernelState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  run(request: JobRequest, listener: JobListener): Promise<JobEnding> {
    invariant(!this.#job, 'a kernel runs one job at a time');
    return new Promise((settle) => {
      this.#job = { request, listener, settle, flood: new JobFlood(), timeout: null, stop: null };
      if (this.#state.status === 'ready') this.#handOver();
      else if (this.#state.status === 'broken') this.#startAnew();
    });
  }

  stop(): void {
    if (!this.#job) return;
    if (this.#job.stop) this.#stopHard();
    else if (this.#job.timeout === null) this.#finishJob({ status: 'stopped', level: 'soft' });
    else this.#stopSoft('asked');
  }

  answerInput(answer: string | null): void {
    if (!this.#job || !this.#active) return;
    this.#active.send({ type: 'answer-input', runId: this.#job.request.id, answer });
    this.#stopSigns.answer(this.#active, answer);
  }

  checkStatement(source: string): Promise<readonly SourceProblem[] | null> {
    const python = this.#active;
    if (this.#state.status !== 'ready' || !python) return Promise.resolve(null);
    return this.#checks.ask((requestId) => {
      python.send({ type: 'check-statement', requestId, source });
    });
  }

  restart(): void {
    this.#replaceActive();
    this.#finishJob({ status: 'stopped', level: 'hard' });
  }

  setPackages(names: readonly string[]): void {
    this.#packages = names;
    if (this.#state.status === 'ready') this.#reserve.prepareAfter(idleTime);
  }

  dispose(): void {
    this.#reserve.dispose();
    this.#workers.end(this.#active);
    this.#active = null;
    this.#checks.giveUp();
    this.#finishJob({ status: 'stopped', level: 'hard' });
    this.#listeners.clear();
  }

  /** Starts a worker of its own for the next jobs. */
  #startAnew(snapshot: StartPlan['snapshot'] = 'use'): void {
    this.#reserve.pause();
    this.#workers.end(this.#active);
    this.#active = this.#workers.start(this.#packages, this.#createActiveListener(), snapshot);
    this.#setState({ status: 'starting', progress: null });
  }

  /** Ends the worker; the spare takes over, else a new one. */
  #replaceActive(): void {
    const spare = this.#reserve.takeSpare();
    if (!spare) {
      this.#startAnew();
      return;
    }
    this.#reserve.pause();
    this.#workers.end(this.#active);
    this.#active = spare;
    spare.listen(this.#createActiveListener());
    if (spare.start) this.#becomeReady();
    else this.#setState({ status: 'starting', progress: null });
  }

  #createActiveListener(): PythonListener {
    return {
      onProgress: (progress) => {
        this.#setState({ status: 'starting', progress });
      },
      onStarted: ({ notes }) => {
        this.#notes.push(...notes);
        this.#becomeReady();
        if (this.#job) this.#handOver();
      },
      onStartFailed: (message) => {
        this.#breakDown(`Python could not be started: ${message}`);
      },
      onSnapshotRefused: (reason) => {
        this.#notes.push(describeRefusedSnapshot(reason));
        this.#startAnew('discard');
      },
      onSnapshotDamaged: (problem) => {
        logger.warn(`The snapshot of Python is damaged: ${problem}`);
        this.#reserve.noteDamagedSnapshot();
      },
      onJobEvent: (runId, event) => {
        // News of a job that has ended is dropped.
        if (this.#job?.request.id === runId) this.#handleEvent(this.#job, event);
      },
      onChecked: (requestId, problems) => {
        this.#checks.settle(requestId, problems);
      },
      onMemory: (memory) => {
        if (this.#state.status === 'ready' || this.#state.status === 'busy') {
          this.#setState({ ...this.#state, memory });
        }
      },
      onFailure: (message) => {
        this.#handleFailure(message);
      },
      onNonsense: (problem) => {
        this.#refuseMessage(problem);
      },
    };
  }

  #becomeReady(): void {
    const start = this.#active?.start;
    invariant(start, 'a worker is ready once its Python has started');
    const { pythonVersion, memory, isFromSnapshot } = start;
    this.#setState({ status: 'ready', pythonVersion, memory, isFromSnapshot });
    this.#reserve.prepareAfter(idleTime);
  }

  #handOver(): void {
    const job = this.#job;
    const python = this.#active;
    const start = python?.start;
    invariant(job && python && start, 'a job is handed to a worker that runs');
    const { timeoutSeconds } = job.request.configuration;
    job.timeout = setTimeout(() => {
      this.#stopSoft('timeout');
    }, timeoutSeconds * 1000);
    // What is made beside an idle Python is not to slow down the job.
    this.#reserve.pause();
    this.#reserve.prepareAfter(longJobTime);
    const { pythonVersion, memory, isFromSnapshot } = start;
    this.#setState({ status: 'busy', pythonVersion, memory, isFromSnapshot, isStopping: false });
    this.#stopSigns.clear(python);
    const { request } = job;
    if (request.kind === 'data-generator') void this.#sendAuthorized(job, python, request);
    else python.send({ type: 'run-job', job: request });
    job.listener.onHandedOver();
    for (const note of this.#notes.splice(0)) this.#warn(job, note);
  }

  /** Sends a job with what it proves by as whom it runs, which is made now that its time runs. */
  async #sendAuthorized(
    job: CurrentJob,
    python: PythonWorker,
    { authorize, ...request }: DataGeneratorRequest,
  ): Promise<void> {
    const authorization = await authorize().catch((error: unknown) => fail(`${toMessage(error)}.`));
    if (this.#job !== job || this.#active !== python) return;
    if (!authorization.isOk) {
      this.#becomeReady();
      this.#finishJob({ status: 'failed', error: createPlainError('rule', authorization.problem) });
      return;
    }
    python.send({ type: 'run-job', job: { ...request, authorization: authorization.value } });
    // What was said before, Python has heard of no job.
    if (job.stop) python.send({ type: 'stop-job', runId: request.id });
  }

  #handleEvent(job: CurrentJob, event: JobEvent): void {
    switch (event.type) {
      case 'wheels-unpacked':
        this.#reserve.noteUnpacked(event.locked, event.added, job.request.packages.wheels);
        return;
      case 'job-finished':
        if (this.#active) this.#stopSigns.clear(this.#active);
        this.#becomeReady();
        if (job.stop?.reason === 'timeout') this.#finishJob(createTimeoutEnding(job.request, 'soft'));
        else this.#finishJob(toEnding(event.outcome));
        return;
      default: {
        const problem = job.flood.findProblem(event);
        if (problem === null) tellJobNews(event, job.listener);
        else this.#refuseMessage(problem);
      }
    }
  }

  /** Asks the script to stop, by every way that can reach it, and ends Python if it does not. */
  #stopSoft(reason: StopReason): void {
    const job = this.#job;
    const python = this.#active;
    invariant(job && python, 'a job that is stopped was handed over');
    if (job.stop) return;
    const hardStop = setTimeout(() => {
      this.#stopHard();
    }, softStopLimit);
    job.stop = { reason, hardStop };
    python.send({ type: 'stop-job', runId: job.request.id });
    this.#stopSigns.raise(python);
    if (this.#state.status === 'busy') this.#setState({ ...this.#state, isStopping: true });
  }

  #stopHard(): void {
    const job = this.#job;
    if (!job) return;
    this.#replaceActive();
    if (job.stop?.reason === 'timeout') {
      this.#finishJob(createTimeoutEnding(job.request, 'hard'));
      return;
    }
    this.#warn(
      job,
      'The script did not end when it was asked to: Python was ended, and another took over. What the cells stored is kept; what lived in Python alone is gone.',
    );
    this.#finishJob({ status: 'stopped', level: 'hard' });
  }

  /** Python broke while it ran: the job is told why, and another worker takes the place of this one. */
  #handleFailure(message: string): void {
    this.#replaceActive();
    this.#finishJob(
      createKernelFailure(
        `Python broke down and was started anew: ${message}. What the cells had stored is kept.`,
      ),
    );
  }

  /** A message that does not fit ends the job: its news cannot be trusted any more. */
  #refuseMessage(problem: string): void {
    if (!this.#job || this.#state.status !== 'busy') return;
    this.#replaceActive();
    this.#finishJob(createKernelFailure(`What Python sent of the job was not understood ${problem}.`));
  }

  #breakDown(message: string): void {
    this.#workers.end(this.#active);
    this.#active = null;
    this.#setState({ status: 'broken', message });
    this.#finishJob(createKernelFailure(`${message}. Check the connection, then restart Python.`));
  }

  #finishJob(ending: JobEnding): void {
    const job = this.#job;
    if (!job) return;
    if (job.timeout !== null) clearTimeout(job.timeout);
    if (job.stop) clearTimeout(job.stop.hardStop);
    this.#job = null;
    job.settle(ending);
  }

  #warn({ listener }: CurrentJob, text: string): void {
    listener.onLog([{ time: Date.now(), stream: 'warning', text: `${text}\n` }]);
  }

  #setState(state: KernelState): void {
    if (state.status === 'starting' || state.status === 'broken') this.#checks.giveUp();
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
