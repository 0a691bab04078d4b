import type { CellId } from '../model/ids.ts';
import type { Job, LogEntry } from '../model/job.ts';
import type { JobRequest } from '../model/job-request.ts';
import type { Notebook } from '../model/notebook.ts';
import type { SkippedCell } from '../model/session.ts';
import { toMessage } from '../shared/to-message.ts';
import type { ChartProblem } from './check-chart.ts';
import { describeOutput, describePreview, type ResultMeans } from './describe-output.ts';
import type { CellPlace, CellStatus, Tell } from './events.ts';
import { JobLines, type JobLine } from './JobLines.ts';
import type { JobWatch } from './watch-kernel.ts';

export interface ReporterServices extends ResultMeans {
  readonly tell: Tell;
  readonly answerInput: (cellId: CellId) => void;
  /** Told of each job that is stored, before what it put out is told. */
  readonly onJob: (job: Job, log: readonly LogEntry[], place: CellPlace) => Promise<void>;
}

/** Tells what the jobs of one notebook after the other do and come to. */
export class RunReporter {
  readonly #services: ReporterServices;
  readonly #counts: Record<CellStatus, number> = { done: 0, failed: 0, stopped: 0, 'not-run': 0 };
  #notebook: Notebook | null = null;
  #current: { readonly cellId: CellId; readonly lines: JobLines } | null = null;
  /** Whether a cell was stopped as it took longer than it may. */
  #hasTimedOut = false;

  constructor(services: ReporterServices) {
    this.#services = services;
  }

  get counts(): Readonly<Record<CellStatus, number>> {
    return this.#counts;
  }

  get hasTimedOut(): boolean {
    return this.#hasTimedOut;
  }

  begin(notebook: Notebook): void {
    this.#notebook = notebook;
  }

  watch({ cellId, kind }: Pick<JobRequest, 'cellId' | 'kind'>): JobWatch {
    const { tell, answerInput } = this.#services;
    const place = this.#place(cellId);
    const lines = this.#start(cellId, kind);
    return {
      onLog: (entries) => {
        lines.add(entries);
      },
      onProgress: (percent) => {
        tell({ type: 'progress', ...place, percent });
      },
      onPreview: () => undefined,
      onInputAsked: (prompt) => {
        tell({ type: 'input-asked', ...place, prompt });
        answerInput(cellId);
      },
    };
  }

  /** Tells how a job ended that is stored, and what it put out. */
  async finish(job: Job, log: readonly LogEntry[]): Promise<void> {
    const { tell, onJob } = this.#services;
    const place = this.#place(job.cellId);
    // One that lacked something never got as far as Python.
    const lines =
      this.#current?.cellId === job.cellId ? this.#current.lines : this.#start(job.cellId, job.setup.kind);
    this.#current = null;
    lines.finish(log);
    await onJob(job, log, place);
    for (const preview of job.previews) {
      tell({ type: 'preview', ...place, kind: preview.content.type, detail: describePreview(preview) });
    }
    const { outcome } = job;
    if (outcome.status === 'done') await this.#tellProducts(job, outcome, place);
    if (outcome.status === 'failed') {
      const { kind, type: errorType, message, line, column, traceback } = outcome.error;
      if (kind === 'timeout') this.#hasTimedOut = true;
      tell({ type: 'error', ...place, kind, errorType, message, line, column, traceback });
    }
    this.#counts[outcome.status] += 1;
    tell({
      type: 'job-finished',
      ...place,
      status: outcome.status,
      reason: null,
      milliseconds: Math.round(job.finishedAt - job.startedAt),
      warnings: job.notices.warnings,
      errors: job.notices.errors,
    });
  }

  /** Tells of a chart what is wrong with it. */
  failChart(cellId: CellId, problems: readonly ChartProblem[]): void {
    const { tell } = this.#services;
    const place = this.#place(cellId);
    tell({ type: 'job-started', ...place, kind: 'chart' });
    for (const problem of problems) {
      tell({ type: 'error', ...place, kind: 'specification', errorType: null, ...problem, traceback: '' });
    }
    this.#counts.failed += 1;
    tell({
      type: 'job-finished',
      ...place,
      status: 'failed',
      reason: null,
      milliseconds: 0,
      warnings: 0,
      errors: 0,
    });
  }

  /** Tells of cells that were to be run and were not. */
  skip(cells: readonly SkippedCell[]): void {
    for (const { cellId, reason } of cells) {
      this.#counts['not-run'] += 1;
      this.#services.tell({
        type: 'job-finished',
        ...this.#place(cellId),
        status: 'not-run',
        reason,
        milliseconds: 0,
        warnings: 0,
        errors: 0,
      });
    }
  }

  async #tellProducts(
    job: Job,
    { outputs, images }: Extract<Job['outcome'], { status: 'done' }>,
    place: CellPlace,
  ): Promise<void> {
    const { tell } = this.#services;
    for (const output of outputs) {
      try {
        const content = await describeOutput(output, this.#services);
        tell({ type: 'output', ...place, handle: output.handle, ...content });
      } catch (error) {
        tell({ type: 'notice', text: `The output “${output.handle}” cannot be read: ${toMessage(error)}` });
      }
    }
    for (const { name, mediaType, byteSize, blob } of images) {
      tell({ type: 'image', ...place, name, mediaType, byteSize, sha256: blob });
    }
    for (const { name, number } of job.savedModels) tell({ type: 'model', ...place, name, version: number });
  }

  #start(cellId: CellId, kind: string): JobLines {
    const place = this.#place(cellId);
    const lines = new JobLines((line) => {
      this.#tellLine(line, place);
    });
    this.#current = { cellId, lines };
    this.#services.tell({ type: 'job-started', ...place, kind });
    return lines;
  }

  #tellLine({ stream, text }: JobLine, place: CellPlace): void {
    const { tell } = this.#services;
    switch (stream) {
      case 'event':
        return;
      case 'warning':
        tell({ type: 'warning', ...place, text });
        return;
      case 'error':
        tell({
          type: 'error',
          ...place,
          kind: 'reported',
          errorType: null,
          message: text,
          line: null,
          column: null,
          traceback: '',
        });
        return;
      default:
        tell({ type: 'log', ...place, stream, text });
    }
  }

  #place(cellId: CellId): CellPlace {
    const { title: notebook = '', cells = [] } = this.#notebook ?? {};
    const index = cells.findIndex(({ id }) => id === cellId);
    return { notebook, cell: cells[index]?.title ?? '', number: index + 1 };
  }
}
