import { TableEngine } from '../data/TableEngine.ts';
import type { KernelMaker } from '../kernel/LateKernel.ts';
import type { HostVerdict } from '../protocol/service-worker.ts';
import { isProcessor, type Notebook } from '../model/notebook.ts';
import type { NotebookSession } from '../session/NotebookSession.svelte.ts';
import type { Workspace } from '../session/Workspace.svelte.ts';
import { createDeferred } from '../shared/deferred.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { toMessage } from '../shared/to-message.ts';
import { checkChart } from './check-chart.ts';
import { chooseNotebooks } from './choose-notebooks.ts';
import { exitCodes, type RunStatus, type Tell } from './events.ts';
import { HeadlessStorage } from './HeadlessStorage.ts';
import { createHostDecision } from './hosts.ts';
import { openWorkspace } from './open-workspace.ts';
import type { RunOptions } from './parse-arguments.ts';
import { planInputs, type PlannedInput } from './plan-inputs.ts';
import { readSource, type Source } from './read-source.ts';
import { ResultFiles } from './ResultFiles.ts';
import { RunReporter } from './RunReporter.ts';
import { Site, siteUrl } from './Site.ts';
import { createKernelMaker } from './start-python.ts';
import { ThreadWorker } from './ThreadWorker.ts';
import { watchKernel } from './watch-kernel.ts';

/** What stops a run: its time is up, or somebody wants it. */
export type StopCause = 'timed-out' | 'interrupted';

export interface ExecuteMeans {
  /** The folder of the built files as a `file:` address with a slash at its end. */
  readonly siteFolder: string;
  readonly distributionUrl: string;
  readonly appVersion: string;
  readonly tell: Tell;
  /** The next line for `input()`; null where there are no more. */
  readonly readLine: () => Promise<string | null>;
  /** Given with a `StopCause` as its reason. */
  readonly signal: AbortSignal;
}

/**
 * Runs what the options name, and tells of it. Gives the code to end with; the problem is a sentence for who asked for what
 * cannot be done.
 */
export async function execute(options: RunOptions, means: ExecuteMeans): Promise<Result<number, string>> {
  const run = new HeadlessRun(options, means);
  try {
    const source = await readSource(options.path, means.signal);
    return source.isOk ? await run.carryOut(source.value) : source;
  } catch (error) {
    if (!means.signal.aborted) throw error;
    return succeed(run.finish('stopped', null));
  }
}

class HeadlessRun {
  readonly #options: RunOptions;
  readonly #means: ExecuteMeans;
  readonly #kernelMaker = createDeferred<KernelMaker>();
  readonly #site: Site;
  readonly #tables: TableEngine;
  readonly #startedAt = performance.now();
  /** What is said of all notebooks is told once. */
  readonly #told = new Set<string>();
  #hasUnwritten = false;
  #workspace: Workspace | null = null;

  constructor(options: RunOptions, means: ExecuteMeans) {
    this.#options = options;
    this.#means = means;
    const noServer = { isAllowed: false, reason: 'No notebook is open.' } as const;
    const decideHost: (method: string, url: string) => HostVerdict = createHostDecision(options.hosts);
    this.#site = new Site({
      decideHost,
      answerServer: async (question) => (await this.#workspace?.server.answer(question)) ?? noServer,
    });
    const { siteFolder } = means;
    const script = new URL('tables.mjs', siteFolder);
    this.#tables = new TableEngine(() => new ThreadWorker({ script, siteFolder, siteUrl }, this.#site));
  }

  async carryOut(source: Source): Promise<Result<number, string>> {
    const { tell, appVersion, distributionUrl, signal } = this.#means;
    const tables = this.#tables;
    const storage = await HeadlessStorage.open(
      source.kind === 'workspace' ? source.content : null,
      (job, log) => reporter.finish(job, log),
    );
    const readBlob: HeadlessStorage['readBlob'] = (hash) => storage.readBlob(hash);
    const { outputFolder } = this.#options;
    const files = outputFolder === null ? null : new ResultFiles(outputFolder, { tables, readBlob });
    const reporter = new RunReporter({
      tables,
      readBlob,
      tell,
      answerInput: (cellId) => void this.#answerInput(cellId),
      onJob: async (job, log, place) => {
        await files?.write(job, log, place).catch((error: unknown) => {
          this.#hasUnwritten = true;
          this.#notice(`Not all of “${place.cell}” was written to files: ${toMessage(error)}`);
        });
      },
    });
    const workspace = await openWorkspace({
      storage,
      tables,
      kernelMaker: this.#kernelMaker.promise,
      distributionUrl,
      appVersion,
    });
    this.#workspace = workspace;
    try {
      const planned = await this.#plan(workspace, source);
      if (!planned.isOk) return planned;
      const { notebooks, inputs } = planned.value;
      tell({
        type: 'started',
        file: this.#options.path,
        appVersion,
        notebooks: notebooks.map(({ title }) => title),
      });
      const [first] = notebooks;
      // So that no Python starts for another one.
      if (first) await workspace.openNotebook(first.id);
      this.#startKernels(reporter);
      let status: RunStatus = 'done';
      for (const notebook of notebooks) {
        if (signal.aborted) break;
        const end = await this.#runNotebook(workspace, notebook, inputs, { reporter, storage });
        if (end !== 'done') status = end;
      }
      return succeed(this.finish(status, reporter));
    } finally {
      // The thread of the tables ends with the process: tables are closed until then.
      workspace.session?.dispose();
    }
  }

  /** Tells how the run ended, and gives the code to end with. */
  finish(status: RunStatus, reporter: Pick<RunReporter, 'counts' | 'hasTimedOut'> | null): number {
    const { signal, tell } = this.#means;
    const exitCode = toExitCode(status, {
      signal,
      hasTimedOut: reporter?.hasTimedOut ?? false,
      hasUnwritten: this.#hasUnwritten,
    });
    tell({
      type: 'finished',
      status: exitCode === exitCodes.timedOut ? 'timed-out' : signal.aborted ? 'stopped' : status,
      exitCode,
      cells: reporter?.counts ?? { done: 0, failed: 0, stopped: 0, 'not-run': 0 },
      milliseconds: Math.round(performance.now() - this.#startedAt),
    });
    return exitCode;
  }

  #notice(text: string): void {
    if (this.#told.has(text)) return;
    this.#told.add(text);
    this.#means.tell({ type: 'notice', text });
  }

  /** Which notebooks are run, and what is set in them before. */
  async #plan(
    workspace: Workspace,
    source: Source,
  ): Promise<Result<{ notebooks: readonly Notebook[]; inputs: readonly PlannedInput[] }, string>> {
    const found =
      source.kind === 'workspace' ? succeed(workspace.notebooks) : await this.#takeFlows(workspace, source);
    if (!found.isOk) return found;
    const chosen = chooseNotebooks(found.value, this.#options.notebooks);
    if (!chosen.isOk) return fail(`${this.#options.path}: ${chosen.problem}`);
    const inputs = planInputs(chosen.value, this.#options.inputs);
    return inputs.isOk ? succeed({ notebooks: chosen.value, inputs: inputs.value }) : inputs;
  }

  /** Makes notebooks of the flows, and tells what was not taken over as it was. */
  async #takeFlows(
    workspace: Workspace,
    { found }: Extract<Source, { kind: 'flows' }>,
  ): Promise<Result<readonly Notebook[], string>> {
    const notebooks: Notebook[] = [];
    for (const { path } of found.flows) {
      const imported = await workspace.importFlow(found, path);
      if (!imported.isOk) return imported;
      const { notebook } = expectSession(workspace);
      notebooks.push(notebook);
      for (const { nodeId, what } of imported.value) {
        const where = nodeId === null ? notebook.title : `${notebook.title}, ${nodeId}`;
        this.#notice(`${where}: ${what}`);
      }
    }
    return succeed(notebooks);
  }

  #startKernels(reporter: RunReporter): void {
    const make = createKernelMaker(this.#means.siteFolder, this.#site);
    this.#kernelMaker.resolve((packages) => watchKernel(make(packages), (job) => reporter.watch(job)));
  }

  async #runNotebook(
    workspace: Workspace,
    { id }: Notebook,
    inputs: readonly PlannedInput[],
    { reporter, storage }: { readonly reporter: RunReporter; readonly storage: HeadlessStorage },
  ): Promise<RunStatus> {
    const { tell, signal } = this.#means;
    const startedAt = performance.now();
    await workspace.openNotebook(id);
    const session = expectSession(workspace);
    for (const { notebookId, edit } of inputs) if (notebookId === id) session.editor.edit(edit);
    const { notebook } = session;
    const { title } = notebook;
    reporter.begin(notebook);
    const count = notebook.cells.filter(isProcessor).length;
    tell({ type: 'notebook-started', notebook: title, cells: count });
    const end =
      count === 0
        ? ({ status: 'done', reason: null, sessionId: null } as const)
        : await session.ordered.run({
            cause: { type: 'all' },
            runAs: { profile: workspace.profiles.active, mode: 'manual' },
            signal,
            onBegin: () => undefined,
          });
    const { values: sessions } = await storage.loadSessions(id);
    reporter.skip(sessions.find((each) => each.id === end.sessionId)?.skipped ?? []);
    const areChartsFit = signal.aborted || (await this.#checkCharts(session, reporter));
    for (const notice of workspace.notices.list) {
      if (notice.kind === 'problem') this.#notice(notice.text);
    }
    const isFailed = end.status === 'not-run' || (end.status === 'done' && !areChartsFit);
    const status = isFailed ? 'failed' : end.status;
    const milliseconds = Math.round(performance.now() - startedAt);
    tell({ type: 'notebook-finished', notebook: title, status, reason: end.reason, milliseconds });
    return status;
  }

  /** Tells what is wrong with the charts of a notebook, which draw what its cells have put out; whether nothing is. */
  async #checkCharts(session: NotebookSession, reporter: RunReporter): Promise<boolean> {
    let areFit = true;
    for (const cell of session.notebook.cells) {
      if (cell.kind !== 'chart') continue;
      const problems = await checkChart(cell, session);
      if (problems.length === 0) continue;
      areFit = false;
      reporter.failChart(cell.id, problems);
    }
    return areFit;
  }

  async #answerInput(cellId: Parameters<NotebookSession['answerInput']>[0]): Promise<void> {
    const line = await this.#means.readLine();
    this.#workspace?.session?.answerInput(cellId, line);
  }
}

function expectSession({ session }: Workspace): NotebookSession {
  if (!session) throw new Error('A notebook that was opened is open.');
  return session;
}

function toExitCode(
  status: RunStatus,
  given: { readonly signal: AbortSignal; readonly hasTimedOut: boolean; readonly hasUnwritten: boolean },
): number {
  const { aborted, reason } = given.signal;
  if (aborted) return reason === 'interrupted' ? exitCodes.interrupted : exitCodes.timedOut;
  if (given.hasTimedOut) return exitCodes.timedOut;
  if (status !== 'done') return exitCodes.failed;
  return given.hasUnwritten ? exitCodes.refused : exitCodes.done;
}
