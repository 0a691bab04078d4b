// Longer than most files: the way of one job, from its inputs to storage, in one short step after the other.
import type { TableEngine } from '../data/TableEngine.ts';
import type { TableFile } from '../data/table-messages.ts';
import type { TableSource } from '../data/TableSource.ts';
import type { Kernel } from '../kernel/Kernel.ts';
import type { BlobHash, CellId, JobId, SessionId } from '../model/ids.ts';
import type { DescribeDistrust } from '../model/imported-file.ts';
import { createPlainError, isDone, type Job, type JobEnding } from '../model/job.ts';
import type { JobFile } from '../model/job-request.ts';
import { getSetup } from '../model/job-setup.ts';
import { noKnownModels, type KnownModels } from '../model/known-models.ts';
import { describeLoaded } from '../model/loaded-models.ts';
import type { Edit } from '../model/edits.ts';
import type { FindSchema } from '../model/data-schema.ts';
import { describeMistake } from '../model/manual-type-rows.ts';
import {
  findCell,
  isProcessor,
  takesInputs,
  type Notebook,
  type Processor,
  type TakingProcessor,
} from '../model/notebook.ts';
import { listTableFiles } from '../model/outputs.ts';
import type { NotebookFile } from '../model/scriptlet.ts';
import { describeInputs, hasChanged, type FindJobs, type JobMaking } from '../model/staleness.ts';
import type { HashSecret } from '../model/secret-hash.ts';
import { logger } from '../shared/logger.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { toMessage } from '../shared/to-message.ts';
import type { Storage } from '../storage/Storage.ts';
import { BlockTexts } from './BlockTexts.ts';
import type { CellRun } from './CellRun.svelte.ts';
import { commitJob } from './commit-job.ts';
import { concludeJob } from './conclude-job.ts';
import { createRequest } from './create-request.ts';
import { createSaving } from './create-saving.ts';
import type { AskingJob } from './NetworkGate.svelte.ts';
import { lendFiles, type LentFiles } from './lend-files.ts';
import type { NotebookCheckpoints } from './NotebookCheckpoints.svelte.ts';
import type { NotebookFiles } from './NotebookFiles.ts';
import type { NotebookHistory } from './NotebookHistory.svelte.ts';
import type { ModelRenames } from './ModelRenames.ts';
import type { NotebookPackages } from './NotebookPackages.svelte.ts';
import type { Notices } from './Notices.svelte.ts';
import { noPreparedModels, prepareModels, usesModels } from './prepare-models.ts';
import { prepareStatement, type StatementMeans } from './prepare-statement.ts';
import { recordJob, type EndedParts } from './record-job.ts';
import { listTakenKeys, requestInputs, type RequestedInputs } from './request-inputs.ts';
import type { CreateAuthorization, RunAs } from './run-as.ts';
import { SessionModules } from './SessionModules.ts';
import { startJob, type StartedJob } from './started-job.ts';
import { takeFiles } from './take-files.ts';
import { ValueStore } from './ValueStore.ts';
import { watchJob } from './watch-job.ts';

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
  /** The keys of the objects that Python is to keep for the job that is handed over, and no others; it takes `taken`. */
  readonly handOverVariables: (taken: readonly string[]) => readonly string[];
  /** Shows a job that is stored, with the tables of its outputs. */
  readonly finish: (job: Job, tables: ReadonlyMap<string, TableSource>) => void;
  readonly announce: (text: string) => void;
  readonly createAuthorization: CreateAuthorization;
  /** Whether a job may change files of the notebook. Gives why it may not, in sentences; null where it may. */
  readonly askForFiles: (runAs: RunAs, changedPaths: readonly string[]) => Promise<string | null>;
  /** Told when a job has ended, however it did. */
  readonly onJobEnd: (jobId: JobId) => void;
  /** Those of the workspace. */
  readonly renames: ModelRenames;
  /** What is known of models, as of the last change that this tab heard of. */
  readonly getKnownModels: () => KnownModels | null;
  /** Of versions of models. */
  readonly describeDistrust: DescribeDistrust;
  /** Told what is known of them when a job has saved some. */
  readonly onModelsSaved: (known: KnownModels) => void;
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
    return this.#begun && cell && isProcessor(cell)
      ? hasChanged(cell, getNotebook(), this.#begun, this.#services)
      : false;
  }

  /** Stops what runs. */
  stop(): void {
    this.#isStopAsked = true;
    this.#services.kernel.stop();
  }

  /** Gives how the cell ended, when that is stored; null for a cell that is gone. Never rejects. */
  async run(cellId: CellId, sessionId: SessionId): Promise<Job | null> {
    const { getNotebook, getRun, onJobEnd, tables, findSchema } = this.#services;
    const notebook = getNotebook();
    const cell = findCell(notebook, cellId);
    if (!cell || !isProcessor(cell)) return null;
    const run = getRun(cellId);
    const job = startJob(cell, sessionId, this.#services.renames.count);
    run.begin();
    this.#isStopAsked = false;
    const values = new ValueStore(tables);
    const inputs = describeInputs(cell, notebook, this.#services);
    const begun = { cellId, source: cell.source, setup: getSetup(cell, findSchema), inputs };
    const unknown = {
      modules: [],
      absentModules: [],
      packages: [],
      ownPackages: null,
      loadedModels: describeLoaded(cell, this.#services.getKnownModels() ?? noKnownModels),
      savedModels: [],
      openedFiles: [],
      ranBlocks: [],
      seenBlocks: [],
      downstream: [],
    };
    this.#begun = { ...begun, ...unknown };
    const parts = { job, begun, modules: [], ownChanges: [], previews: [], log: [] };
    try {
      const ending = await this.#execute(cell, notebook, job, run, values).finally(() => {
        this.#runningJob = null;
        onJobEnd(job.id);
      });
      return await this.#keep(cell, notebook, run, values, { ...parts, ending, finishedAt: Date.now() });
    } catch (error) {
      // A bug of ours: the cell is not to wait for ever.
      logger.error('a job was not kept', error);
      const message = `The run broke off, and its results are not kept (${toMessage(error)}). Run the cell again. Earlier results are kept.`;
      const ending = { status: 'failed', error: createPlainError('storage', message) } as const;
      const ended = { ...parts, ending, outcome: ending, finishedAt: Date.now() };
      return this.#show(recordJob(ended, notebook, this.#services.hashSecret), new Map());
    }
  }

  #show(job: Job, tables: ReadonlyMap<string, TableSource>): Job {
    this.#services.finish(job, tables);
    this.#services.announce(`${job.title}: ${job.outcome.status}`);
    return job;
  }

  /** Stores a job that has ended, and shows it. */
  async #keep(
    cell: Processor,
    notebook: Notebook,
    run: CellRun,
    values: ValueStore,
    parts: Omit<EndedParts, 'outcome'>,
  ): Promise<Job> {
    const { storage, notices, kernel, hashSecret } = this.#services;
    const { job, ending } = parts;
    const { sessionId } = job;
    run.setPhase({ phase: 'storing', startedAt: job.startedAt });
    const concluded = await concludeJob(ending, values, {
      cellTitle: cell.title,
      kernelId: kernel.kernelId,
      hashSecret,
      readBefore: () => this.#readEarlierRows(cell),
    });
    const { conclusion, changed, left } = await takeFiles(this.#services, job, concluded);
    const previews = await run.previews.settle();
    // What cannot be shown is warned of while the previews settle.
    const log = run.log.flush();
    const modules = this.#modules.take(
      { sessionId, kernelId: kernel.kernelId },
      ending.status === 'done' ? ending.products.modules : [],
      job.files,
    );
    const { outcome } = conclusion;
    const ownChanges = changed?.changes ?? [];
    const ended = recordJob({ ...parts, outcome, modules, ownChanges, previews, log }, notebook, hashSecret);
    const { history } = this.#services;
    const session = history.addJob(sessionId, ended, { files: left.files, packages: job.readyPackages });
    const checkpoint =
      ending.status === 'done' && isDone(ended)
        ? this.#services.checkpoints.advance(ended, job.checkpoint, ending.products.checkpoint ?? null)
        : null;
    const { renames } = this.#services;
    const saveModels = isDone(ended)
      ? createSaving(
          conclusion.models,
          { job: ended, cell, notebook, profile: history.getRunAs(sessionId).profile },
          { known: job.models.known, listRenames: () => renames.listSince(job.renameCount) },
        )
      : null;
    const entry = {
      job: ended,
      log,
      ...(saveModels && { saveModels }),
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
    history.settleJob(sessionId, left, stored.isStored);
    if (changed && isDone(stored.job)) this.#services.apply({ type: 'change-files', files: changed.changes });
    settleCheckpoint?.(stored.isStored);
    if (stored.known) this.#services.onModelsSaved(stored.known);
    this.#show(stored.job, stored.tables);
    if (stored.isStored) run.previews.release();
    return stored.job;
  }

  /** The notebook is that which the job is told of: what changes in it meanwhile comes too late. */
  async #execute(
    cell: Processor,
    notebook: Notebook,
    job: StartedJob,
    run: CellRun,
    values: ValueStore,
  ): Promise<JobEnding> {
    const { kernel, packages, history } = this.#services;
    const mistake = cell.kind === 'data-generator' ? describeMistake(cell.configuration.manualTypes) : null;
    if (mistake !== null) return { status: 'failed', error: createPlainError('rule', mistake) };
    const inputs = takesInputs(cell) ? await this.#requestInputs(cell, notebook) : succeed(noInputs);
    if (!inputs.isOk) return { status: 'failed', error: createPlainError('rule', inputs.problem) };
    const statement = this.#prepareStatement(cell, job, inputs.value);
    if (!statement.isOk) return { status: 'failed', error: createPlainError('rule', statement.problem) };
    const models = usesModels(cell) ? await prepareModels(cell, this.#services) : succeed(noPreparedModels);
    if (!models.isOk) return { status: 'failed', error: models.problem };
    job.models = models.value;
    const time = Date.now();
    run.log.append(job.models.notes.map((note) => ({ time, stream: 'info', text: `${note}\n` })));
    job.files = notebook.files;
    const hasFiles = job.files.length > 0 || history.hasFiles(job.sessionId);
    const files = hasFiles ? await this.#prepareFiles(job) : succeed([]);
    if (!files.isOk) return { status: 'failed', error: createPlainError('storage', files.problem) };
    const lent =
      inputs.value.requests.length > 0
        ? await this.#lendFiles(cell, notebook, job, inputs.value)
        : succeed({ files: [], warnings: [] });
    if (!lent.isOk) return { status: 'failed', error: createPlainError('storage', lent.problem) };
    for (const text of lent.value.warnings) run.log.append([{ time: Date.now(), stream: 'warning', text }]);
    const isScriptlet = cell.kind === 'scriptlet';
    const blocks = isScriptlet ? await this.#blocks.write(notebook, cell.source, files.value) : '[]';
    if (this.#isStopAsked) return { status: 'stopped', level: 'soft' };
    const cause = history.getCause(job.sessionId);
    const schedule = cause?.type === 'schedule' ? cause : null;
    this.#runningJob = {
      id: job.id,
      cellTitle: cell.title,
      ...(schedule && { schedule: { title: schedule.title, ownerName: schedule.ownerName } }),
    };
    // Python forgets nothing that it was given: without it, it has to be another one.
    if (packages.isOutdated) kernel.restart();
    const brought = packages.prepareJob();
    const means = {
      inputs: inputs.value,
      models: models.value,
      files: files.value,
      ...(lent.value.files.length > 0 && { lentFiles: lent.value.files }),
      packages: brought,
      variables: this.#services.handOverVariables(listTakenKeys(inputs.value)),
      blocks,
      statement: statement.value,
      authorize: () => this.#authorize(cell, job),
    };
    const listener = watchJob(this.#services, job, run, values, brought);
    return await kernel.run(createRequest(cell, notebook, job, means), listener);
  }

  async #authorize(cell: Processor, { sessionId }: StartedJob): Promise<Result<string, string>> {
    const { history, createAuthorization } = this.#services;
    const { timeoutSeconds } = cell.configuration;
    return await createAuthorization({ runAs: history.getRunAs(sessionId), sessionId, timeoutSeconds });
  }

  #prepareStatement(
    cell: Processor,
    job: StartedJob,
    { requests }: RequestedInputs,
  ): Result<StatementMeans | null, string> {
    if (cell.kind !== 'statement') return succeed(null);
    const { checkpoints, findSchema } = this.#services;
    job.checkpoint = checkpoints.get(cell.id);
    return prepareStatement(cell, requests, findSchema, checkpoints.getValue(cell));
  }

  async #requestInputs(cell: TakingProcessor, notebook: Notebook): Promise<Result<RequestedInputs, string>> {
    const { findJobs, readBlob, files, tables } = this.#services;
    const readFile = (file: NotebookFile): Promise<Blob> => files.read(file);
    return await requestInputs(cell, notebook, { findJobs, readBlob, readFile, tables });
  }

  /** The rows that a Statement adds its own to; none where it replaces them. */
  async #readEarlierRows(cell: Processor): Promise<readonly TableFile[]> {
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

  async #lendFiles(
    cell: Processor,
    notebook: Notebook,
    { sessionId }: StartedJob,
    { requests }: RequestedInputs,
  ): Promise<Result<LentFiles, string>> {
    try {
      return succeed(await lendFiles(requests, { cell, notebook, sessionId }, this.#services.history));
    } catch (error) {
      return fail(toMessage(error));
    }
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
