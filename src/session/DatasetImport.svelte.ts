import type { ImportEngine } from '../data/import/ImportEngine.ts';
import type { CellId } from '../model/ids.ts';
import { createImportOptions, type FileFormat, type ImportOptions } from '../model/import-options.ts';
import type { ImportedTable, ImportPreview, ImportProgress } from '../model/import-preview.ts';
import { toMessage } from '../shared/to-message.ts';

/** How far the import of a file is. */
export type ImportState =
  | { readonly step: 'looking' }
  /** `isLooking` while it is looked at anew, as was asked for. */
  | {
      readonly step: 'asking';
      readonly preview: ImportPreview;
      readonly isLooking: boolean;
      readonly problem: string | null;
    }
  | { readonly step: 'loading'; readonly progress: ImportProgress }
  /** `preview` is what was seen of it; null where that failed already. */
  | { readonly step: 'failed'; readonly problem: string; readonly preview: ImportPreview | null };

/** Where a file goes: into a cell, or into a new one at a position, which is asked for once, for a Chart to draw or for none. */
export type ImportTarget =
  | { readonly type: 'cell'; readonly cellId: CellId }
  | { readonly type: 'new'; readonly takeIndex: () => number; readonly chartId: CellId | null };

export interface ImportServices {
  readonly engine: ImportEngine;
  /** Makes it the content of its cell and stores it. Returns why it could not, as a sentence; null when it is there. */
  readonly store: (
    one: DatasetImport,
    options: ImportOptions,
    imported: ImportedTable,
  ) => Promise<string | null>;
  /** It has ended, with a dataset or without. */
  readonly onEnd: (one: DatasetImport) => void;
}

/** The way of one file from what a person handed over to a dataset. Nothing changes before it has got there. */
export class DatasetImport {
  readonly file: File;
  readonly target: ImportTarget;
  /** Where it was fetched; null where a person handed it over. */
  readonly url: string | null;
  /** The name of the file whose rows it takes the place of; null where there is none. */
  readonly replacedName: string | null;
  /** It is shown to a person, who says how it is read; else it is read as it is found to be. */
  readonly isAsked: boolean;
  readonly #services: ImportServices;
  #controller = new AbortController();
  #isCancelled = false;
  #former: ImportOptions | null = null;
  /** By what it was last seen to be. */
  #seen: ImportPreview | null = null;
  #state = $state.raw<ImportState>({ step: 'looking' });
  /** Whether the bytes of the file are kept beside the table. */
  isKept = $state(false);

  constructor(
    given: Pick<DatasetImport, 'file' | 'target' | 'url' | 'isAsked' | 'replacedName'>,
    services: ImportServices,
  ) {
    this.file = given.file;
    this.target = given.target;
    this.url = given.url;
    this.isAsked = given.isAsked;
    this.replacedName = given.replacedName;
    this.#services = services;
  }

  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  get state(): ImportState {
    return this.#state;
  }

  /** Looks at the file; by the options of a former import, where they fit it. */
  async begin(former: ImportOptions | null): Promise<void> {
    this.#former = former;
    this.#state = { step: 'looking' };
    const preview = (former && (await this.#tryFormer(former))) ?? (await this.#look(null));
    if (preview === null || this.#isCancelled) return;
    if (typeof preview === 'string') this.#fail(preview);
    else if (this.isAsked) this.#state = { step: 'asking', preview, isLooking: false, problem: null };
    else {
      this.#seen = preview;
      await this.load(preview.options);
    }
  }

  /** Looks at the file once more, by other options; what was asked for before is given up. */
  async change(options: ImportOptions): Promise<void> {
    const before = this.#state;
    if (before.step !== 'asking') return;
    this.#controller.abort();
    this.#controller = new AbortController();
    const asked = { ...before.preview, options };
    this.#state = { step: 'asking', preview: asked, isLooking: true, problem: null };
    const preview = await this.#look(options);
    if (preview === null) return;
    this.#state =
      typeof preview === 'string'
        ? { step: 'asking', preview: asked, isLooking: false, problem: preview }
        : { step: 'asking', preview, isLooking: false, problem: null };
  }

  /** Reads the file as another kind of file than it was found to be. */
  async changeFormat(format: FileFormat): Promise<void> {
    await this.change(createImportOptions(format));
  }

  /** Does once more what failed. */
  async retry(): Promise<void> {
    if (this.#state.step !== 'failed') return;
    const { preview } = this.#state;
    await (preview ? this.load(preview.options) : this.begin(this.#former));
  }

  /** Asks once more how it is read, after that failed. */
  reconsider(): void {
    if (this.#state.step !== 'failed' || !this.#state.preview) return;
    this.#state = { step: 'asking', preview: this.#state.preview, isLooking: false, problem: null };
  }

  /** Reads the whole file and makes it a dataset. */
  async load(options: ImportOptions): Promise<void> {
    if (this.#state.step === 'asking') this.#seen = { ...this.#state.preview, options };
    const allBytes = this.file.size;
    this.#state = { step: 'loading', progress: { doneBytes: 0, allBytes, isSecond: false } };
    const { signal } = this.#controller;
    try {
      const imported = await this.#services.engine.load(this.file, options, {
        signal,
        onProgress: (progress) => {
          this.#state = { step: 'loading', progress };
        },
      });
      signal.throwIfAborted();
      const problem = await this.#services.store(this, options, imported);
      if (problem === null) this.#services.onEnd(this);
      else this.#fail(problem);
    } catch (error) {
      if (!signal.aborted) this.#fail(toMessage(error));
    }
  }

  /** Gives it up; nothing has changed. */
  cancel(): void {
    this.#isCancelled = true;
    this.#controller.abort();
    this.#services.onEnd(this);
  }

  #fail(problem: string): void {
    this.#state = { step: 'failed', problem, preview: this.#seen };
  }

  async #tryFormer(former: ImportOptions): Promise<ImportPreview | null> {
    const found = await this.#look(null);
    if (typeof found === 'string' || found?.options.format !== former.format) return null;
    const preview = await this.#look(former);
    return typeof preview === 'string' ? null : preview;
  }

  /** What is seen of the file; a text says why it is nothing, null that nobody waits for it any more. */
  async #look(options: ImportOptions | null): Promise<ImportPreview | string | null> {
    const { signal } = this.#controller;
    try {
      return await this.#services.engine.preview(this.file, options, signal);
    } catch (error) {
      return signal.aborted ? null : toMessage(error);
    }
  }
}
