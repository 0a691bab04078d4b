import type { TableEngine } from '../data/TableEngine.ts';
import type { TableFile } from '../data/table-messages.ts';
import type { TableSource } from '../data/TableSource.ts';
import type { Kernel } from '../kernel/Kernel.ts';
import type { BlobHash, CellId, SessionId } from '../model/ids.ts';
import { JobId } from '../model/ids.ts';
import { createPlainError, isDone, measureLog, type Job, type JobEnding } from '../model/job.ts';
import type { FilesChange, InstalledPackage, JobDirectory, JobFile } from '../model/job-request.ts';
import { getSetup } from '../model/job-setup.ts';
import type { Edit } from '../model/edits.ts';
import type { CheckpointValue } from '../model/checkpoint.ts';
import type { FindSchema } from '../model/data-schema.ts';
import { findCell, takesInputs, type Cell, type Notebook, type TakingCell } from '../model/notebook.ts';
import { countNotices } from '../model/log-notices.ts';
import { listTableFiles } from '../model/outputs.ts';
import type { RunningPhase } from '../model/run-state.ts';
import type { NotebookFile } from '../model/scriptlet.ts';
import {
  describeBlocks,
  describeInputs,
  hasChanged,
  type FindJobs,
  type JobMaking,
} from '../model/staleness.ts';
import type { HashSecret } from '../model/secret-hash.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { toMessage } from '../shared/to-message.ts';
import type { Storage } from '../storage/Storage.ts';
import { BlockTexts } from './BlockTexts.ts';
import type { CellRun } from './CellRun.svelte.ts';
import { commitJob } from './commit-job.ts';
import { concludeJob } from './conclude-job.ts';
import { createRequest } from './create-request.ts';
import type { AskingJob } from './NetworkGate.svelte.ts';
import type { NotebookCheckpoints } from './NotebookCheckpoints.svelte.ts';
import type { NotebookFiles } from './NotebookFiles.ts';
import type { NotebookHistory } from './NotebookHistory.svelte.ts';
import type { NotebookPackages } from './NotebookPackages.svelte.ts';
import type { Notices } from './Notices.svelte.ts';
import type { SessionFilesChange } from './SessionFiles.ts';
import { prepareStatement, type StatementMeans } from './prepare-statement.ts';
import { requestInputs, type RequestedInputs } from './request-inputs.ts';
import { SessionModules } from './SessionModules.ts';
import { takeFiles, type FilesJob } from './take-files.ts';
import { ValueStore } from './ValueStore.ts';

/** What a runner of cells works with. */
export interface RunnerServices {
  readonly kernel: Kernel;
  readonly storage: Storage;
  readonly tables: TableEngine;
  readonly notices: Notices;
  readonly packages: NotebookPackages;
  readonly files: NotebookFiles;
  readonly history: NotebookHistory;
  /** Makes an edit that is no step to be taken back. */
  readonly apply: (edit: Edit) => void;
  readonly getNotebook: () => Notebook;
  readonly getRun: (cellId: CellId) => CellRun;
  readonly findJobs: FindJobs;
  readonly findSchema: FindSchema;
  readonly checkpoints: NotebookCheckpoints;
  readonly hashSecret: HashSecret;
  /** Rejects with a sentence where the value is gone. */
  readonly readBlob: (hash: BlobHash, what: string) => Promise<Blob>;
  /** The keys of the objects that Python is to keep for the job that is handed over, and no others. */
  readonly handOverVariables: () => readonly string[];
  /** Shows a job that is stored, with the tables of its outputs. */
  readonly finish: (job: Job, tables: ReadonlyMap<string, TableSource>) => void;
  readonly announce: (text: string) => void;
  /** Told when a job has ended, however it did. */
  readonly onJobEnd: (jobId: JobId) => void;
}

const noInputs: RequestedInputs = { requests: [], neededPackages: [] };

/** Runs one cell at a time, from its inputs to its results in storage. */
export class CellRunner {
  readonly #services: RunnerServices;
  readonly #modules = new SessionModules();
  readonly #blocks = new BlockTexts();
  #runningJob: AskingJob | null = null;
  /** What the cell that runs is made from, else that of the last one. */
  #begun: (JobMaking & { readonly cellId: CellId }) | null = null;
  /** The cell that is got ready for Python is to be stopped before it gets there. */
  #isStopAsked = false;

  constructor(services: RunnerServices) {
    this.#services = services;
  }

  /** The job that Python runs; not reactive, only requests to other hosts ask for it. */
  get runningJob(): AskingJob | null {
    return this.#runningJob;
  }

  /** Whether the cell that runs has changed since it began. */
  get isOutdated(): boolean {
    const { getNotebook } = this.#services;
    const cell = this.#begun && findCell(getNotebook(), this.#begun.cellId);
    return this.#begun && cell ? hasChanged(cell, getNotebook(), this.#begun, this.#services) : false;
  }

  /** Stops what runs. */
  stop(): void {
    this.#isStopAsked = true;
    this.#services.kernel.stop();
  }

  /** Gives how the cell ended, when that is stored; null for a cell that is gone. Never rejects but for a bug. */
  async run(cellId: CellId, sessionId: SessionId): Promise<Job | null> {
    const { getNotebook, getRun, announce, storage, notices, onJobEnd, kernel, tables, hashSecret } =
      this.#services;
    const cell = findCell(getNotebook(), cellId);
    if (!cell) return null;
    const run = getRun(cellId);
    const job: StartedJob = {
      id: JobId.create(),
      title: cell.title,
      sessionId,
      startedAt: Date.now(),
      packages: [],
      readyPackages: [],
      files: [],
      filesChange: null,
      sessionChanges: new Map(),
      checkpoint: null,
    };
    run.begin();
    this.#isStopAsked = false;
    const values = new ValueStore(tables);
    const notebook = getNotebook();
    const inputs = describeInputs(cell, notebook, this.#services);
    const setup = getSetup(cell, this.#services.findSchema);
    const begun = { cellId, source: cell.source, setup, inputs, modules: [], ranBlocks: [] };
    this.#begun = begun;
    const ending = await this.#execute(cell, job, run, values);
    this.#runningJob = null;
    onJobEnd(job.id);
    const finishedAt = Date.now();
    run.setPhase({ phase: 'storing', startedAt: job.startedAt });
    const concluded = await concludeJob(ending, values, {
      kernelId: kernel.kernelId,
      hashSecret,
      readBefore: () => this.#readEarlierRows(cell),
    });
    const { conclusion, changed, left } = await takeFiles(this.#services, job, concluded);
    const previews = await run.previews.settle();
    // What cannot be shown is warned of while the previews settle.
    const log = run.log.flush();
    const ended: Job = {
      id: job.id,
      notebookId: getNotebook().id,
      ...begun,
      sessionId,
      title: cell.title,
      startedAt: job.startedAt,
      finishedAt,
      modules: this.#modules.take(
        { sessionId, kernelId: kernel.kernelId },
        ending.status === 'done' ? ending.products.modules : [],
        job.files,
      ),
      ranBlocks:
        ending.status === 'done' ? describeBlocks(ending.products.ranBlocks, notebook, hashSecret) : [],
      packages: job.packages,
      previews,
      notices: countNotices(log),
      logBytes: measureLog(log),
      outcome: conclusion.outcome,
    };
    const { history } = this.#services;
    const session = history.addJob(sessionId, ended, { files: left.files, packages: job.readyPackages });
    const checkpoint =
      ending.status === 'done' && isDone(ended)
        ? this.#services.checkpoints.advance(ended, job.checkpoint, ending.products.checkpoint ?? null)
        : null;
    const entry = {
      job: ended,
      log,
      ...(changed && {
        fileChanges: changed.changes,
        lost: this.#services.files.listLost(changed.changes),
      }),
      ...(checkpoint && { checkpoint }),
      ...(session && { session, sessionWithoutFiles: { ...session, files: left.filesBefore } }),
    };
    const blobs = [...values.blobs, ...(changed?.blobs ?? []), ...left.blobs];
    const settleCheckpoint = checkpoint && this.#services.checkpoints.take(checkpoint);
    const stored = await commitJob({ storage, notices }, entry, conclusion, blobs);
    history.settleFiles(sessionId, left, stored.isStored);
    if (changed && isDone(stored.job)) this.#services.apply({ type: 'change-files', files: changed.changes });
    settleCheckpoint?.(stored.isStored);
    this.#services.finish(stored.job, stored.tables);
    if (stored.isStored) run.previews.release();
    announce(`${cell.title}: ${stored.job.outcome.status}`);
    return stored.job;
  }

  async #execute(cell: Cell, job: StartedJob, run: CellRun, values: ValueStore): Promise<JobEnding> {
    const { kernel, packages, history, announce, getNotebook } = this.#services;
    const inputs = takesInputs(cell) ? await this.#requestInputs(cell) : succeed(noInputs);
    if (!inputs.isOk) return { status: 'failed', error: createPlainError('rule', inputs.problem) };
    const statement = this.#prepareStatement(cell, job, inputs.value);
    if (!statement.isOk) return { status: 'failed', error: createPlainError('rule', statement.problem) };
    job.files = getNotebook().files;
    const hasFiles = job.files.length > 0 || history.hasFiles(job.sessionId);
    const files = hasFiles ? await this.#prepareFiles(job) : succeed([]);
    if (!files.isOk) return { status: 'failed', error: createPlainError('storage', files.problem) };
    const notebook = getNotebook();
    const isScriptlet = cell.kind === 'scriptlet';
    const blocks = isScriptlet ? await this.#blocks.write(notebook, cell.source, files.value) : '[]';
    if (this.#isStopAsked) return { status: 'stopped', level: 'soft' };
    this.#runningJob = { id: job.id, cellTitle: cell.title };
    // Python forgets nothing that it was given: without it, it has to be another one.
    if (packages.isOutdated) kernel.restart();
    const brought = packages.prepareJob();
    let phase: RunningPhase = {
      phase: 'running',
      startedAt: job.startedAt,
      loading: null,
      prompt: null,
      progress: null,
    };
    const show = (change: Partial<RunningPhase>): void => {
      phase = { ...phase, ...change };
      run.setPhase(phase);
    };
    const means = {
      inputs: inputs.value,
      files: files.value,
      packages: brought,
      variables: this.#services.handOverVariables(),
      blocks,
      statement: statement.value,
    };
    return await kernel.run(createRequest(cell, notebook, job, means), {
      onHandedOver: () => {
        job.startedAt = Date.now();
        packages.noteGiven(brought);
        show({ startedAt: job.startedAt });
        announce(`${cell.title} is running`);
      },
      onPackagesFound: (names) => {
        job.packages = names;
      },
      onPackagesReady: (ready) => {
        job.readyPackages = ready;
      },
      onPackagesInstalled: (installed) => {
        packages.noteInstalled(installed);
      },
      onLoading: (loading) => {
        show({ loading, prompt: null });
      },
      onScriptStarted: () => {
        if (phase.loading || phase.prompt !== null) show({ loading: null, prompt: null });
      },
      onInputAsked: (prompt) => {
        show({ loading: null, prompt });
        announce(`${cell.title} asks for input`);
      },
      onLog: (entries) => {
        run.log.append(entries);
      },
      onProgress: (progress) => {
        show({ progress });
      },
      onFilesChanged: (change) => {
        const { directory } = change;
        if (directory === 'notebook') job.filesChange = change;
        else job.sessionChanges.set(directory, { ...change, directory });
      },
      onPreview: (preview) => {
        run.previews.add(preview.id, values.addPreview(preview), values, (reason) => {
          const text = `A preview of type ${preview.content.type} cannot be shown: ${reason}\n`;
          run.log.append([{ time: preview.time, stream: 'warning', text }]);
        });
      },
    });
  }

  #prepareStatement(
    cell: Cell,
    job: StartedJob,
    { requests }: RequestedInputs,
  ): Result<StatementMeans | null, string> {
    if (cell.kind !== 'statement') return succeed(null);
    job.checkpoint = this.#services.checkpoints.getValue(cell);
    return prepareStatement(cell, requests, this.#services.findSchema, job.checkpoint);
  }

  async #requestInputs(cell: TakingCell): Promise<Result<RequestedInputs, string>> {
    const { getNotebook, findJobs, readBlob, files, tables } = this.#services;
    const readFile = (file: NotebookFile): Promise<Blob> => files.read(file);
    return await requestInputs(cell, getNotebook(), { findJobs, readBlob, readFile, tables });
  }

  /** The rows that a Statement adds its own to; none where it replaces them. */
  async #readEarlierRows(cell: Cell): Promise<readonly TableFile[]> {
    if (cell.kind !== 'statement' || !cell.configuration.isAppending) return [];
    const output = this.#services.findJobs(cell.id).doneJob?.outcome.outputs[0];
    if (output?.kind !== 'dataset') return [];
    return await Promise.all(
      listTableFiles(output).map(async ({ blob, byteSize }) => ({
        file: await this.#services.readBlob(blob, 'rows before'),
        sha256: blob,
        byteSize,
      })),
    );
  }

  async #prepareFiles(job: StartedJob): Promise<Result<JobFile[], string>> {
    const { files, history } = this.#services;
    try {
      return succeed([
        ...(await files.prepareJob(job.files)),
        ...(await history.prepareFiles(job.sessionId)),
      ]);
    } catch (error) {
      return fail(toMessage(error));
    }
  }
}

/** What becomes known of a job while it runs. */
interface StartedJob extends FilesJob {
  readonly id: JobId;
  startedAt: number;
  packages: readonly string[];
  readyPackages: readonly InstalledPackage[];
  /** Those of the notebook, as they were handed over. */
  files: readonly NotebookFile[];
  filesChange: FilesChange | null;
  /** What a Statement was given. */
  checkpoint: CheckpointValue | null;
  /** One for each directory: the worker sends no more. */
  readonly sessionChanges: Map<JobDirectory, SessionFilesChange>;
}
