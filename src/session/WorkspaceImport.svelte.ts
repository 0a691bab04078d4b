import type { PresentContents } from '../model/import-choices.ts';
import { describeOutcome, describeUnchanged, findOutcome } from '../model/import-outcome.ts';
import { NotebookId, type WorkspaceId } from '../model/ids.ts';
import type { FetchProgress, FetchWatch } from '../model/fetch-watch.ts';
import type { OpenAddress } from '../model/open-address.ts';
import type { ImportChoice, ImportResult, ImportSummary } from '../model/workspace-import.ts';
import type { Result } from '../shared/result.ts';
import { toMessage } from '../shared/to-message.ts';
import { unwrapFile } from '../storage/workspace-file/unwrap-file.ts';
import type { ReadWorkspace, WorkspaceImporter } from '../storage/workspace-file/WorkspaceImporter.ts';
import { mostBytes } from '../storage/workspace-file/workspace-file-format.ts';
import type { ImportGround, ImportObstacle } from './ImportGround.ts';
import { describePage } from './describe-page.ts';
import type { NetworkGate } from './NetworkGate.svelte.ts';

/** Reads workspace files. */
export type WorkspaceReader = Pick<WorkspaceImporter, 'read'>;

/** How far an import is. Bytes are those of the file; while it is stored, those of what is in it. */
export type WorkspaceImportState =
  /** A person is asked whether the file of another host is fetched. */
  | { readonly step: 'asking'; readonly address: OpenAddress }
  /** `progress` is null until the host answers. */
  | { readonly step: 'fetching'; readonly address: OpenAddress; readonly progress: FetchProgress | null }
  | { readonly step: 'reading'; readonly doneBytes: number; readonly allBytes: number }
  /**
   * `remedy` is what to do then, null where that is what helps mostly; `address` is where it came from, or was to come from; `canRetry`
   * where the same may go well another time.
   */
  | {
      readonly step: 'refused';
      readonly problem: string;
      readonly remedy: string | null;
      readonly address: OpenAddress | null;
      readonly canRetry: boolean;
    }
  /** `problem` is why it was not stored, as a sentence; nothing has changed. */
  | {
      readonly step: 'choosing';
      readonly summary: ImportSummary;
      readonly present: PresentContents;
      /** How it would be called beside the others. */
      readonly title: string;
      readonly problem: string | null;
      readonly obstacles: readonly ImportObstacle[];
    }
  /** `isStopping` once that was asked for. */
  | {
      readonly step: 'storing';
      readonly doneBytes: number;
      readonly allBytes: number;
      readonly isStopping: boolean;
    }
  /** `told` says what came of it. */
  | { readonly step: 'stored'; readonly result: ImportResult; readonly told: string }
  /** Nothing was to be stored: `told` says why. */
  | { readonly step: 'unchanged'; readonly told: string };

export interface WorkspaceImportServices {
  readonly reader: WorkspaceReader;
  readonly network: Pick<NetworkGate, 'judge' | 'allowOnce'>;
  /** Gets a file of a host that the gate has let this import reach, known by its id. Rejects with a sentence. */
  readonly fetchFile: (
    importId: string,
    url: string,
    watch: Required<Pick<FetchWatch, 'signal' | 'onProgress' | 'mostBytes'>>,
  ) => Promise<Blob>;
  readonly ground: Pick<
    ImportGround,
    'title' | 'describe' | 'proposeTitle' | 'findObstacles' | 'stopRuns' | 'hold'
  >;
}

/** What is to be imported: a file that a person handed over, or the address of one, or why that is none. */
export type ImportSource =
  | { readonly type: 'file'; readonly file: File }
  | { readonly type: 'address'; readonly read: Result<OpenAddress, string> };

/** The way of a workspace file to what is stored. Nothing changes before a person has said what becomes of it. */
export class WorkspaceImport {
  /** By which the gate to other hosts knows it. */
  readonly id = crypto.randomUUID();
  readonly #services: WorkspaceImportServices;
  readonly #source: ImportSource;
  #controller = new AbortController();
  #read: ReadWorkspace | null = null;
  /** What was read, and where it came from. */
  #file: { readonly content: Blob; readonly address: OpenAddress | null } | null = null;
  #state = $state.raw<WorkspaceImportState>({ step: 'reading', doneBytes: 0, allBytes: 0 });

  constructor(source: ImportSource, services: WorkspaceImportServices) {
    this.#source = source;
    this.#services = services;
  }

  get state(): WorkspaceImportState {
    return this.#state;
  }

  /** The name of the file; that of the last part of its address. */
  get fileName(): string {
    if (this.#source.type === 'file') return this.#source.file.name;
    return this.#source.read.isOk ? this.#source.read.value.fileName : '';
  }

  /** Where it is fetched; null for a file that was handed over. */
  get host(): string | null {
    return this.#source.type === 'address' && this.#source.read.isOk ? this.#source.read.value.host : null;
  }

  /** Begins, or begins anew after it was refused. */
  async begin(): Promise<void> {
    if (this.#source.type === 'file') {
      await this.#readFile(this.#source.file, null);
      return;
    }
    const { read } = this.#source;
    if (!read.isOk) {
      this.#refuse(read.problem, null, false);
      return;
    }
    await this.#beginAddress(read.value);
  }

  /** Fetches the file, as the person has agreed to. */
  async fetch(): Promise<void> {
    if (this.#state.step !== 'asking') return;
    const { address } = this.#state;
    this.#services.network.allowOnce(this.id, address.host);
    await this.#fetch(address);
  }

  /** Reads another workspace of a file that has several, as those of backups and rescues do. */
  async choose(wanted: WorkspaceId): Promise<void> {
    if (this.#state.step !== 'choosing' || !this.#file) return;
    this.#read?.dispose();
    this.#read = null;
    await this.#readFile(this.#file.content, this.#file.address, wanted);
  }

  /** Stores what was read; the state tells what came of it. */
  async store(choice: ImportChoice): Promise<void> {
    const read = this.#read;
    if (this.#state.step !== 'choosing' || !read) return;
    const asked = this.#state;
    const { summary } = asked;
    const outcome = findOutcome(summary, choice);
    const unchanged = choice.way === 'merge' ? describeUnchanged(outcome, this.fileName) : null;
    if (unchanged !== null) {
      this.#state = { step: 'unchanged', told: unchanged };
      return;
    }
    const giveBack = (problem: string | null, obstacles: readonly ImportObstacle[] = []): void => {
      this.#state = { ...asked, problem, obstacles };
    };
    const storing = new AbortController();
    this.#controller = storing;
    this.#state = { step: 'storing', doneBytes: 0, allBytes: asked.summary.byteSize, isStopping: false };
    try {
      const obstacles = await this.#services.ground.findObstacles(choice);
      if (obstacles.length > 0 || storing.signal.aborted) {
        giveBack(null, obstacles);
        return;
      }
      const notebookIds = asked.summary.items.flatMap(({ kind, id }) =>
        kind === 'notebook' ? [NotebookId.from(id)] : [],
      );
      const result = await this.#services.ground.hold(choice, notebookIds, () =>
        read.store(choice, {
          signal: storing.signal,
          onProgress: (doneBytes, allBytes) => {
            if (this.#state.step === 'storing') this.#state = { ...this.#state, doneBytes, allBytes };
          },
        }),
      );
      const titles = { new: choice.title, merge: this.#services.ground.title, replace: summary.title };
      const names = { title: titles[choice.way], fileName: this.fileName };
      this.#state = { step: 'stored', result, told: describeOutcome(choice.way, outcome, names) };
    } catch (error) {
      giveBack(storing.signal.aborted ? null : toMessage(error));
    }
  }

  /** Stops what runs in this tab, which stood in the way. */
  async stopRuns(): Promise<void> {
    await this.#services.ground.stopRuns();
    if (this.#state.step !== 'choosing') return;
    const obstacles = this.#state.obstacles.filter(({ type }) => type !== 'running');
    this.#state = { ...this.#state, obstacles };
  }

  /** Gives up what is under way. What is being stored is not there until that is over, one way or the other. */
  cancel(): void {
    this.#controller.abort();
    if (this.#state.step === 'storing') this.#state = { ...this.#state, isStopping: true };
  }

  dispose(): void {
    this.#controller.abort();
    this.#read?.dispose();
    this.#read = null;
  }

  async #beginAddress(address: OpenAddress): Promise<void> {
    if (address.isOwn) {
      await this.#fetch(address);
      return;
    }
    const { signal } = this.#restart();
    this.#state = { step: 'fetching', address, progress: null };
    const decision = await this.#services.network.judge(address.url);
    if (signal.aborted) return;
    if (decision.decision === 'refused') this.#refuse(decision.reason, address, true);
    else if (decision.decision === 'ask') this.#state = { step: 'asking', address };
    else await this.#fetch(address);
  }

  async #fetch(address: OpenAddress): Promise<void> {
    const { signal } = this.#restart();
    this.#state = { step: 'fetching', address, progress: null };
    try {
      const file = await this.#services.fetchFile(this.id, address.url, {
        signal,
        mostBytes,
        onProgress: (progress) => {
          if (!signal.aborted) this.#state = { step: 'fetching', address, progress };
        },
      });
      signal.throwIfAborted();
      await this.#readFile(file, address);
    } catch (error) {
      if (!signal.aborted) this.#refuse(toMessage(error), address, true);
    }
  }

  async #readFile(file: Blob, address: OpenAddress | null, wanted: WorkspaceId | null = null): Promise<void> {
    const { signal } = this.#restart();
    this.#state = { step: 'reading', doneBytes: 0, allBytes: file.size };
    try {
      const found = await unwrapFile(file);
      if (!found.isOk) {
        const { problem, remedy } = describePage(found.problem, address?.host ?? null);
        this.#refuse(problem, address, address !== null, remedy);
        return;
      }
      const read = await this.#services.reader.read(found.value, {
        name: address?.url ?? this.fileName,
        wanted,
        signal,
        onProgress: (doneBytes, allBytes) => {
          if (!signal.aborted) this.#state = { step: 'reading', doneBytes, allBytes };
        },
      });
      if (signal.aborted) {
        read.dispose();
        return;
      }
      this.#read = read;
      this.#file = { content: file, address };
      const { summary } = read;
      const { ground } = this.#services;
      const present = await ground.describe();
      const title = ground.proposeTitle(summary.title, this.fileName);
      this.#state = { step: 'choosing', summary, present, title, problem: null, obstacles: [] };
    } catch (error) {
      if (!signal.aborted) this.#refuse(toMessage(error), address, false);
    }
  }

  #restart(): AbortController {
    this.#controller.abort();
    this.#controller = new AbortController();
    return this.#controller;
  }

  #refuse(
    problem: string,
    address: OpenAddress | null,
    canRetry: boolean,
    remedy: string | null = null,
  ): void {
    this.#state = { step: 'refused', problem, remedy, address, canRetry };
  }
}
