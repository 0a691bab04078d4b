import { ImportId, type BlobHash } from '../../model/ids.ts';
import type { ImportChoice, ImportItem, ImportResult, ImportSummary } from '../../model/workspace-import.ts';
import { Database } from '../Database.ts';
import type { BlobToStore } from '../Storage.ts';
import { carryLessons, carryTrashedLessons } from './carry-lessons.ts';
import { compareWithHere } from './compare-with-here.ts';
import { hashBlob } from './hash-blob.ts';
import type { ToImportWorker } from './import-messages.ts';
import { listNamedValues, type NamedValue } from './list-values.ts';
import { planImport, type ImportPlan } from './plan-import.ts';
import { readSalvage, looksSalvaged, type SalvagedContent } from '../salvage/read-salvage.ts';
import { readWorkspaceFile, type WorkspaceContent } from './read-workspace-file.ts';
import { createStandIns, replaceHashes, type StandIns } from './replace-hashes.ts';
import type { StoredState } from './stored-state.ts';
import { summariseFile } from './summarise-file.ts';

export interface ImportListener {
  readonly onProgress: (doneBytes: number, allBytes: number) => void;
  /** From now on nothing can be cancelled. */
  readonly onFinishing: () => void;
}

/** The bytes of a value without waiting, which only a worker can have. */
export type ReadNow = (content: Blob) => ArrayBuffer;

type ReadCommand = Extract<ToImportWorker, { type: 'read-file' }>;

/** What is told of a file, which somebody decides by. */
interface Preview {
  readonly items: readonly ImportItem[];
  readonly stored: StoredState;
  /** Values that the file names and does not carry, and this workspace has. */
  readonly own: ReadonlySet<BlobHash>;
}

/** So often is an import planned anew where something that it has nothing to do with was stored meanwhile. */
const mostAttempts = 5;

/** A workspace file that was read and checked, and the database that it may be stored in. */
export class OpenedFile {
  readonly summary: ImportSummary;
  readonly #name: string;
  readonly #content: WorkspaceContent | SalvagedContent;
  readonly #database: Database;
  readonly #preview: Preview;
  readonly #readNow: ReadNow;

  private constructor(
    name: string,
    content: WorkspaceContent | SalvagedContent,
    database: Database,
    preview: Preview,
    readNow: ReadNow,
  ) {
    this.#name = name;
    this.#content = content;
    this.#database = database;
    this.#preview = preview;
    this.#readNow = readNow;
    const summary = summariseFile(content, preview.items, preview.own);
    const { salvaged, byteSize } = 'salvaged' in content ? content : {};
    this.summary = salvaged && byteSize !== undefined ? { ...summary, salvaged, byteSize } : summary;
  }

  /** Reads and checks all of a file; nothing is changed. Rejects with a sentence, or with an `AbortError`. */
  static async open(
    { file, name, databaseName, workspaceId, wanted }: ReadCommand,
    readNow: ReadNow,
    signal: AbortSignal,
    { onProgress }: Pick<ImportListener, 'onProgress'>,
  ): Promise<OpenedFile> {
    const content = (await looksSalvaged(file))
      ? await readSalvage(file, { wanted, signal, onProgress })
      : await readWorkspaceFile(file, { signal, onProgress });
    if (!content.isOk) {
      const { entry, reason } = content.problem;
      throw new Error(entry === null ? reason : `${entry}: ${reason}`);
    }
    const ignore = (): void => undefined;
    const events = { onBlocked: ignore, onOutdated: ignore, onLost: ignore };
    const opened = await Database.open(events, databaseName);
    if (!opened.isOk) throw new Error(`The storage cannot be read: ${opened.problem}`);
    const database = opened.value;
    // Other tabs of the workspace are told by this.
    if ((await database.openWorkspace(workspaceId)) !== workspaceId) throw new Error(workspaceGone);
    const stored = await database.readState(workspaceId);
    const items = compareWithHere(content.value.records, stored.here);
    const own = await database.findNamed(listHeld(content.value, stored), workspaceId);
    return new OpenedFile(name, content.value, database, { items, stored, own }, readNow);
  }

  /**
   * Stores what was chosen, in one transaction. Rejects with a sentence, or with an `AbortError`; nothing is changed
   * then.
   */
  async store(choice: ImportChoice, signal: AbortSignal, listener: ImportListener): Promise<ImportResult> {
    const importId = ImportId.create();
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      signal.throwIfAborted();
      const stored = await this.#database.readState(this.#preview.stored.here.workspace.id);
      this.#expectSame(choice, stored);
      const result = await this.#tryToStore(choice, stored, importId, signal, listener);
      if (result) return result;
    }
    throw new Error(changedMeanwhile);
  }

  /** Null where something was stored meanwhile. */
  async #tryToStore(
    choice: ImportChoice,
    stored: StoredState,
    importId: ImportId,
    signal: AbortSignal,
    { onProgress, onFinishing }: ImportListener,
  ): Promise<ImportResult | null> {
    const name = this.#name;
    const standIns = await createStandIns(await this.#listForeign(choice, stored));
    const records = replaceHashes(this.#content.records, standIns);
    const planned = planImport(records, stored, choice, { importId, name, now: Date.now() });
    const { notebooks, originals } = await carryLessons(
      planned,
      this.#content,
      this.summary.salvaged ? null : name,
      standIns,
    );
    const { trashed, originals: trashedOriginals } = await carryTrashedLessons(planned.trashed, {
      readValue: (hash) => this.#database.readBlob(hash),
    });
    const plan: ImportPlan = { ...planned, trashed, records: { ...planned.records, notebooks } };
    const named = listNamedValues(plan.records);
    const allBytes = named.reduce((sum, { byteSize }) => sum + byteSize, 0);
    // Each value is found first, and handed over then.
    let doneBytes = 0;
    const onValue = (byteSize: number): void => {
      doneBytes += byteSize / 2;
      onProgress(Math.min(Math.floor(doneBytes), allBytes), allBytes);
    };
    const { values, losses } = await this.#findValues(named, originals, stored, standIns, signal, onValue);
    const written = await this.#database.storeImport({
      plan,
      stored,
      values: [...values, ...trashedOriginals],
      readLog: (jobId) => this.#content.readLogNow(jobId, this.#readNow),
      readNow: this.#readNow,
      signal,
      onValue,
      onWritten: onFinishing,
    });
    if (written.isOk) {
      const { workspaceId } = plan.imported;
      const trashedIds = trashed.notebooks.map(({ record }) => record.id);
      const { notebookId } = plan;
      return { importId, workspaceId, notebookId, trashedIds, losses: [...losses, ...plan.losses] };
    }
    signal.throwIfAborted();
    const { kind, message } = written.problem;
    if (kind === 'changed') return null;
    throw new Error(kind === 'full' ? describeFull(allBytes) : `Nothing was changed: ${message}`);
  }

  /** What is to be stored of the values that records name: what is stored and whole is not stored again. */
  async #findValues(
    named: readonly NamedValue[],
    originals: readonly BlobToStore[],
    { hashes }: StoredState,
    standIns: StandIns,
    signal: AbortSignal,
    onValue: (byteSize: number) => void,
  ): Promise<{ readonly values: readonly BlobToStore[]; readonly losses: readonly string[] }> {
    const known = new Set(hashes);
    const made = new Map(originals.map(({ hash, content }) => [hash, content]));
    const { absent } = this.#content.manifest;
    const reasons = new Map(absent.map(({ sha256, reason }) => [standIns.get(sha256) ?? sha256, reason]));
    const values: BlobToStore[] = [];
    const losses: string[] = [];
    for (const value of named) {
      const { hash, byteSize } = value;
      signal.throwIfAborted();
      const isThere = known.has(hash) && (await this.#isWhole(hash));
      const content = isThere ? null : (made.get(hash) ?? (await this.#content.readValue(hash, signal)));
      const reason = reasons.get(hash);
      if (content) values.push({ hash, content });
      else if (!isThere && reason && reason !== 'not-picked') losses.push(describeLoss(value, reason));
      onValue(content ? byteSize : 2 * byteSize);
    }
    return { values, losses };
  }

  /**
   * Values that the file names and does not carry, and other workspaces have: whoever made the file, it leads to nothing of
   * theirs.
   */
  async #listForeign({ way }: ImportChoice, stored: StoredState): Promise<readonly BlobHash[]> {
    const held = listHeld(this.#content, stored);
    const own = way === 'new' ? null : await this.#database.findNamed(held, stored.here.workspace.id);
    return held.filter((hash) => own?.has(hash) !== true);
  }

  async #isWhole(hash: BlobHash): Promise<boolean> {
    const content = await this.#database.readBlob(hash);
    try {
      return content !== null && (await hashBlob(content)).hash === hash;
    } catch {
      // What the browser cannot read any more, such as one whose file on disk is gone.
      return false;
    }
  }

  /** Throws where what was decided on is not what is here now. */
  #expectSame(choice: ImportChoice, now: StoredState): void {
    const { items, stored } = this.#preview;
    if (describeDecided(choice, items, stored) === null) return;
    const itemsNow = compareWithHere(this.#content.records, now.here);
    if (describeDecided(choice, items, stored) !== describeDecided(choice, itemsNow, now)) {
      throw new Error(changedMeanwhile);
    }
  }
}

/** Values that a file names and does not carry, and this browser has. */
function listHeld(
  { manifest }: Pick<WorkspaceContent, 'manifest'>,
  { hashes }: Pick<StoredState, 'hashes'>,
): readonly BlobHash[] {
  const stored = new Set(hashes);
  return manifest.absent.map(({ sha256 }) => sha256).filter((hash) => stored.has(hash));
}

/** What of all that is stored a choice is made by, as a text that can be compared; null where it is by nothing. */
function describeDecided(
  { way, conflicts }: ImportChoice,
  items: readonly ImportItem[],
  { here }: StoredState,
): string | null {
  switch (way) {
    case 'new':
      return null;
    case 'replace':
      return JSON.stringify(here);
    case 'merge': {
      const taken = new Set(
        conflicts.flatMap(({ kind, id, choice }) => (kind === 'notebook' && choice === 'take' ? [id] : [])),
      );
      const isTaken = ({ notebookId }: { readonly notebookId: string }): boolean => taken.has(notebookId);
      return JSON.stringify([items, here.results.filter(isTaken), here.checkpoints.filter(isTaken)]);
    }
  }
}

const changedMeanwhile =
  'Something in this workspace has changed since the file was looked at, so nothing was imported. Open the file again.';

const workspaceGone = 'The workspace that was open is not there any more: it was deleted in another tab.';

function describeLoss({ what }: NamedValue, reason: 'missing' | 'altered'): string {
  const cause = reason === 'missing' ? 'missing' : 'damaged';
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} is not in the file: it was ${cause} where the file was made.`;
}

function describeFull(byteSize: number): string {
  const megabytes = Math.ceil(byteSize / 1_000_000).toLocaleString('en');
  return `This browser has not enough room for what is in the file, about ${megabytes} MB. Make room under “Storage”, or have the file made without its history, results or data. Nothing was changed.`;
}
