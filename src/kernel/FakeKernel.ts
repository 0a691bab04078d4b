import type { JobEnding, LogStream } from '../model/job.ts';
import type { FilesChange, InstalledPackage, JobRequest } from '../model/job-request.ts';
import type { PreviewReport } from '../model/preview.ts';
import type { KernelState } from '../model/kernel-state.ts';
import type { SourceProblem } from '../model/source-problem.ts';
import { invariant } from '../shared/invariant.ts';
import type { JobListener, Kernel } from './Kernel.ts';

/** A kernel for tests, whose jobs end when and as the test says. */
export class FakeKernel implements Kernel {
  readonly state: KernelState = {
    status: 'ready',
    pythonVersion: '3.13.2',
    memory: { heapBytes: 1, limitBytes: 4 },
    isFromSnapshot: false,
  };
  /** The titles of the cells that were run, and what else was asked, in order. */
  readonly asked: string[] = [];
  /** What it was asked to run last. */
  request: JobRequest | null = null;
  /** What it says of every Statement. */
  problems: readonly SourceProblem[] | null = [];
  /** The packages that it is to have ready. */
  packages: readonly string[] = [];
  readonly #name: string;
  readonly #listeners = new Set<(state: KernelState) => void>();
  /** The how manieth Python runs the jobs. */
  #turn = 1;
  #current: { readonly listener: JobListener; readonly settle: (ending: JobEnding) => void } | null = null;

  constructor(name = 'kernel') {
    this.#name = name;
  }

  get kernelId(): string {
    return `${this.#name} ${this.#turn}`;
  }

  /** Whether a job waits for its end. */
  get isRunning(): boolean {
    return this.#current !== null;
  }

  get kernelIds(): ReadonlySet<string> {
    return new Set([this.kernelId, `${this.#name} spare`]);
  }

  subscribe(listener: (state: KernelState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A spare that is ready takes the place of the Python that runs the jobs. */
  takeOver(): void {
    this.#turn += 1;
    for (const listener of this.#listeners) listener(this.state);
  }

  run(job: JobRequest, listener: JobListener): Promise<JobEnding> {
    invariant(!this.#current, 'a kernel runs one job at a time');
    this.asked.push(`run ${job.title}`);
    this.request = job;
    return new Promise((settle) => {
      this.#current = { listener, settle };
      listener.onHandedOver();
    });
  }

  /** The job that runs prints a line, or reports it in another stream. */
  print(text: string, stream: LogStream = 'stdout'): void {
    this.#current?.listener.onLog([{ time: 1, stream, text: `${text}\n` }]);
  }

  /** The job that runs shows something. */
  preview(preview: PreviewReport): void {
    this.#current?.listener.onPreview(preview);
  }

  /** The job that runs has come so far, in per cent. */
  progress(percent: number): void {
    this.#current?.listener.onProgress(percent);
  }

  /** The job that runs asks for a line of input. */
  ask(prompt: string): void {
    this.#current?.listener.onInputAsked(prompt);
  }

  /** The source of the job that runs needs these packages. */
  find(packages: readonly string[]): void {
    this.#current?.listener.onPackagesFound(packages);
  }

  /** The requirements of the job that runs brought these packages. */
  install(packages: readonly InstalledPackage[]): void {
    this.#current?.listener.onPackagesInstalled(packages);
  }

  /** The job that runs has these packages. */
  use(packages: readonly InstalledPackage[]): void {
    this.#current?.listener.onPackagesReady(packages);
  }

  /** The job that runs did this to the files of a directory. */
  changeFiles(change: FilesChange): void {
    this.#current?.listener.onFilesChanged(change);
  }

  /** The job that runs opened these files of the notebook. */
  openFiles(paths: readonly string[]): void {
    this.#current?.listener.onFilesOpened(paths);
  }

  /** The job that runs ends. */
  end(ending: JobEnding): void {
    const { settle } = this.#current ?? {};
    this.#current = null;
    settle?.(ending);
  }

  stop(): void {
    this.asked.push('stop');
    this.end({ status: 'stopped', level: 'soft' });
  }

  answerInput(answer: string | null): void {
    this.asked.push(`answer ${answer ?? 'nothing'}`);
  }

  checkStatement(): Promise<readonly SourceProblem[] | null> {
    return Promise.resolve(this.problems);
  }

  restart(): void {
    this.asked.push('restart');
    this.takeOver();
    this.end({ status: 'stopped', level: 'hard' });
  }

  setPackages(names: readonly string[]): void {
    this.packages = names;
  }

  dispose(): void {
    this.asked.push('dispose');
    this.end({ status: 'stopped', level: 'hard' });
  }
}
