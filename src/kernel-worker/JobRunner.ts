import type { JobId } from '../model/ids.ts';
import type { JobRequest } from '../model/job-request.ts';
import type { JobEvent, StartPlan } from '../protocol/messages.ts';
import { createJobHost, type HostedJob } from './job-host.ts';
import { JobStop } from './JobStop.ts';
import { openMailslot, type Mailslot } from './Mailslot.ts';
import { preparePackages } from './packages/prepare-packages.ts';
import { passTask } from './pass-task.ts';
import { post, postJobEvent } from './port.ts';
import type { PythonRuntime } from './python-runtime.ts';
import { createRefusalLog } from './refusal-log.ts';
import { createStopFlag, type StopFlag } from './StopFlag.ts';

interface CurrentJob {
  readonly id: JobId;
  readonly stop: JobStop;
  readonly hosted: HostedJob;
  readonly emit: (event: JobEvent) => void;
  readonly noteRefusal: (text: string) => void;
}

/** Runs jobs one at a time, from their packages to their last event, and hears what the page says to them. */
export class JobRunner {
  readonly #python: PythonRuntime;
  readonly #mailslot: Mailslot | null;
  readonly #flag: StopFlag;
  readonly #isStopMailed: boolean;
  /** The job that came last; when it is over, it is here still and does nothing. */
  #current: CurrentJob | null = null;
  /** Python is still putting things back when the last event of a job has reached the page, and the next job comes. */
  #lastRun: Promise<unknown> = Promise.resolve();
  /** The last job whose stop was read from the mail. */
  #stoppedByMail: JobId | null = null;
  /** The page has asked for a stop by message, and what it sent by mail along with it was not fetched. */
  #hasStaleMail = false;
  /** Packages that are still unpacked for a job that was stopped meanwhile; nothing more is fetched for it. */
  #abandonedLoading: Promise<unknown> = Promise.resolve();

  constructor(python: PythonRuntime, { addresses, kernelId, hasServiceWorker, interruptBuffer }: StartPlan) {
    this.#python = python;
    this.#mailslot = hasServiceWorker ? this.#watchMail(openMailslot(addresses.siteUrl, kernelId)) : null;
    this.#flag = createStopFlag(interruptBuffer, this.#mailslot);
    this.#isStopMailed = interruptBuffer === null && hasServiceWorker;
    python.pollInterrupts(() => this.#current?.hosted.look() ?? false);
  }

  /** Runs the job to its last event; rejects only when Python itself broke. */
  run(job: JobRequest): Promise<void> {
    const current = this.#createJob(job);
    this.#current = current;
    const run = this.#lastRun.then(() => this.#run(job, current));
    this.#lastRun = run.catch(() => undefined);
    return run;
  }

  stop(runId: JobId): void {
    if (this.#stoppedByMail !== runId) this.#hasStaleMail = true;
    if (this.#current?.id === runId) this.#current.stop.ask();
  }

  answerInput(runId: JobId, answer: string | null): void {
    if (this.#current?.id === runId) this.#current.hosted.answer(answer);
  }

  /** Python was blocked, where neither a message nor the flag was noticed. */
  lookForStop(): void {
    if (this.#flag.read()) this.#current?.stop.ask();
  }

  /** Tells the reader of the job of a request that got nowhere. */
  noteRefusal(text: string): void {
    const { packages, requirements } = this.#python;
    const isToldOtherwise = requirements.noteRefusal(text) || packages.isLoading;
    if (!isToldOtherwise) this.#current?.noteRefusal(text);
  }

  async #run(job: JobRequest, current: CurrentJob): Promise<void> {
    await this.#clearStaleStop();
    if (!(await this.#hasPackages(job, current))) {
      current.emit({ type: 'job-finished', outcome: { status: 'stopped' } });
      return;
    }
    current.emit({ type: 'script-started' });
    await this.#python.runJob(job, current.hosted.host);
  }

  #createJob({ id }: JobRequest): CurrentJob {
    const stop = new JobStop();
    const hosted = createJobHost({
      stop,
      flag: this.#flag,
      mailslot: this.#mailslot,
      isStopMailed: this.#isStopMailed,
      explainMissingModule: (name) => this.#python.packages.explainMissing(name),
      emit: (event) => {
        if (isDone(event)) this.#tellFiles(id);
        postJobEvent(id, event);
      },
    });
    const emit = (event: JobEvent): void => {
      post({ type: 'job-event', runId: id, event });
    };
    const noteRefusal = createRefusalLog((text) => {
      emit(createWarnings([text]));
    });
    return { id, stop, hosted, emit, noteRefusal };
  }

  /** What a job that was done did to the files of its notebook; what others did is undone before the next. */
  #tellFiles(runId: JobId): void {
    const change = this.#python.collectFiles();
    if (!change) return;
    for (const path of change.leftOut) {
      const text = `The file ${path} is not kept with the notebook: it or all files are too large.`;
      postJobEvent(runId, createWarnings([text]));
    }
    postJobEvent(runId, { type: 'files-changed', change });
  }

  #watchMail(mailslot: Mailslot): Mailslot {
    return {
      fetch: (waitMs) => {
        const mail = mailslot.fetch(waitMs);
        if (mail?.isStopAsked) {
          this.#stoppedByMail = this.#current?.id ?? null;
          this.#hasStaleMail = false;
        }
        return mail;
      },
      get isAnswered() {
        return mailslot.isAnswered;
      },
    };
  }

  /** A flag that is up now is for an earlier job; should it be for this one, its message is here after a task. */
  async #clearStaleStop(): Promise<void> {
    if (!this.#hasStaleMail) return;
    this.#hasStaleMail = false;
    this.#mailslot?.fetch(0);
    this.#flag.read();
    await passTask();
  }

  /** Loads what the source imports, and says so; false where the job was stopped meanwhile. */
  async #hasPackages(job: JobRequest, { stop, emit }: CurrentJob): Promise<boolean> {
    const loading = this.#abandonedLoading.then(() => this.#loadPackages(job, emit, stop.signal));
    await Promise.race([loading, stop.whenAsked]);
    this.#abandonedLoading = loading.catch(() => undefined);
    return !stop.isAsked;
  }

  async #loadPackages(job: JobRequest, emit: (event: JobEvent) => void, signal: AbortSignal): Promise<void> {
    const { downloads, packages: loader, requirements: installer } = this.#python;
    signal.throwIfAborted();
    const modules = this.#python.findImports(job.source);
    const tools = { loader, installer, emit, signal };
    const problems = await downloads.endedBy(signal, () =>
      preparePackages(tools, modules, job.packages, job.neededPackages),
    );
    if (problems.length > 0) emit(createWarnings(problems));
  }
}

/** Whether what Python sends says that the job was done. */
function isDone(event: unknown): boolean {
  return (
    isRecord(event) &&
    event['type'] === 'job-finished' &&
    isRecord(event['outcome']) &&
    event['outcome']['status'] === 'done'
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function createWarnings(texts: readonly string[]): JobEvent {
  const time = Date.now();
  return {
    type: 'log-added',
    entries: texts.map((text) => ({ time, stream: 'warning', text: `${text}\n` })),
  };
}
