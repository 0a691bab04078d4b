import type { JobId } from '../model/ids.ts';
import { jobDirectories, type HandedJob, type JobDirectory } from '../model/job-request.ts';
import type { SourceProblem } from '../model/source-problem.ts';
import type { JobEvent, StartPlan } from '../protocol/messages.ts';
import { createJobHost, type HostedJob } from './job-host.ts';
import { JobStop } from './JobStop.ts';
import { openMailslot, type Mailslot } from './Mailslot.ts';
import { createModelReader } from './model-reader.ts';
import { explainImplied, listImplied } from './packages/implied-requirements.ts';
import { preparePackages } from './packages/prepare-packages.ts';
import { toMessage } from '../shared/to-message.ts';
import { passTask } from './pass-task.ts';
import { post, postJobEvent } from './port.ts';
import type { PythonRuntime } from './python-runtime.ts';
import { createRefusalLog } from './refusal-log.ts';
import { createStopFlag, type StopFlag } from './StopFlag.ts';
import { TokenHiding } from './TokenHiding.ts';

interface CurrentJob {
  readonly id: JobId;
  /** Whether the page was told anything of the job's packages. */
  hasToldOfPackages: boolean;
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
  /** A script can hand its token to later jobs: it is hidden in what is told of those, too. */
  readonly #hiding = new TokenHiding();
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
  run(job: HandedJob): Promise<void> {
    const current = this.#createJob(job);
    this.#current = current;
    const run = this.#lastRun.then(() => this.#run(job, current));
    this.#lastRun = run.catch(() => undefined);
    return run;
  }

  /** What is wrong with a Statement, looked at between two jobs. */
  async checkStatement(source: string): Promise<SourceProblem[]> {
    await this.#lastRun;
    return this.#python.checkStatement(source);
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
    if (this.#flag.readNow()) this.#current?.stop.ask();
  }

  /** Tells the reader of the job of a request that got nowhere. */
  noteRefusal(text: string): void {
    const { packages, requirements } = this.#python;
    const isToldOtherwise = requirements.noteRefusal(text) || packages.isLoading;
    if (!isToldOtherwise) this.#current?.noteRefusal(text);
  }

  async #run(job: HandedJob, current: CurrentJob): Promise<void> {
    await this.#clearStaleStop();
    if (!(await this.#hasPackages(job, current))) {
      current.emit({ type: 'job-finished', outcome: { status: 'stopped' } });
      return;
    }
    // Each message costs a third of a millisecond.
    if (current.hasToldOfPackages) current.emit({ type: 'script-started' });
    await this.#python.runJob(job, current.hosted.host);
  }

  #createJob(job: HandedJob): CurrentJob {
    const { id, kind } = job;
    if (job.kind === 'data-generator') this.#hiding.add(job.authorization);
    const stop = new JobStop();
    const hosted = createJobHost({
      stop,
      flag: this.#flag,
      mailslot: this.#mailslot,
      isStopMailed: this.#isStopMailed,
      explainMissingModule: (name) =>
        (kind === 'statement' ? explainImplied(name) : null) ?? this.#python.packages.explainMissing(name),
      readModel: createModelReader(job.kind === 'data-generator' ? job.models : []),
      emit: (event) => {
        const status = findEnd(event);
        if (status !== null) this.#tellFiles(id, status);
        postJobEvent(id, event);
      },
    });
    const emit = (event: JobEvent): void => {
      post({ type: 'job-event', runId: id, event });
    };
    const noteRefusal = createRefusalLog((text) => {
      emit(createWarnings([this.#hiding.inText(text)]));
    });
    return { id, hasToldOfPackages: false, stop, hosted, emit, noteRefusal };
  }

  /**
   * What a job did to the files of its session, and, where it was done, of its notebook: what others did to those is
   * undone before the next.
   */
  #tellFiles(runId: JobId, status: unknown): void {
    const hide = (text: string): string => this.#hiding.inText(text);
    const paths = status === 'done' ? this.#python.listOpenedFiles().map(hide) : [];
    if (paths.length > 0) postJobEvent(runId, { type: 'files-opened', paths });
    for (const directory of jobDirectories) {
      if (directory === 'notebook' && status !== 'done') continue;
      try {
        const { change, leftOut } = this.#python.collectFiles(directory);
        if (leftOut.length > 0)
          postJobEvent(runId, createWarnings([hide(describeLeftOut(directory, leftOut))]));
        if (!change) continue;
        const names = tellApart(change.written.map(({ path }) => hide(path)));
        const written = change.written.map(({ data }, index) => ({ path: names[index] ?? '', data }));
        const telling = written.filter(({ data }) => this.#hiding.inBytes(data));
        if (telling.length > 0) postJobEvent(runId, createWarnings([describeTelling(directory, telling)]));
        postJobEvent(runId, { type: 'files-changed', change: { ...change, written } });
      } catch (error) {
        const text = `What the job left in ${directoryNames[directory]} cannot be read and is not kept: ${toMessage(error)}`;
        postJobEvent(runId, createWarnings([hide(text)]));
      }
    }
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
  async #hasPackages(job: HandedJob, current: CurrentJob): Promise<boolean> {
    const { stop } = current;
    const emit = (event: JobEvent): void => {
      current.hasToldOfPackages = true;
      current.emit(event);
    };
    const loading = this.#abandonedLoading.then(() => this.#loadPackages(job, emit, stop.signal));
    await Promise.race([loading, stop.whenAsked]);
    this.#abandonedLoading = loading.catch(() => undefined);
    return !stop.isAsked;
  }

  async #loadPackages(job: HandedJob, emit: (event: JobEvent) => void, signal: AbortSignal): Promise<void> {
    const { downloads, packages: loader, requirements: installer } = this.#python;
    signal.throwIfAborted();
    const modules = this.#python.findImports(job.source);
    const implied = job.kind === 'statement' ? listImplied(modules, job.packages) : [];
    const tools = { loader, installer, emit, signal };
    const problems = await downloads.endedBy(signal, () =>
      preparePackages(tools, modules, job.packages, { neededPackages: job.neededPackages, implied }),
    );
    if (problems.length > 0) emit(createWarnings(problems));
  }
}

const directoryNames: Readonly<Record<JobDirectory, string>> = {
  notebook: "the notebook's directory",
  session: 'session_dir',
  temporary: 'tmp_dir',
};

/** More files are counted, and not named. */
const mostNamed = 10;

function describeLeftOut(directory: JobDirectory, paths: readonly string[]): string {
  const named = paths.slice(0, mostNamed).join(', ');
  const more = paths.length > mostNamed ? ` and ${paths.length - mostNamed} more` : '';
  return `Too large or too many to be kept of what is in ${directoryNames[directory]}: ${named}${more}. A job's files may take 250 MB each and 1 GB together.`;
}

/** Two files of which each had a token in its name are still two. */
function tellApart(paths: readonly string[]): string[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    let name = path;
    for (let count = 2; taken.has(name); count += 1) name = `${path} (${count})`;
    taken.add(name);
    return name;
  });
}

function describeTelling(directory: JobDirectory, files: readonly { readonly path: string }[]): string {
  const named = files.slice(0, mostNamed).map(({ path }) => path);
  const more = files.length > mostNamed ? ` and ${files.length - mostNamed} more` : '';
  return `The token of od_authorization stood in files in ${directoryNames[directory]}, and stars are kept in its place: ${named.join(', ')}${more}.`;
}

/** How the job ended, where Python sends its end; else null. */
function findEnd(event: unknown): unknown {
  if (!isRecord(event) || event['type'] !== 'job-finished' || !isRecord(event['outcome'])) return null;
  return event['outcome']['status'] ?? null;
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
