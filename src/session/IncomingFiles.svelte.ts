import type { WorkspaceId } from '../model/ids.ts';
import { readOpenAddress } from '../model/open-address.ts';
import type { ImportGround } from './ImportGround.ts';
import {
  WorkspaceImport,
  type ImportSource,
  type WorkspaceImportServices,
  type WorkspaceReader,
} from './WorkspaceImport.svelte.ts';

/** How workspace files come in. */
export interface IncomingTools {
  /** What reads workspace files for this workspace. */
  readonly createReader: (id: WorkspaceId) => WorkspaceReader;
  /** Gets a file that a person has agreed to, of whatever host. Rejects with a sentence. */
  readonly fetchFile: WorkspaceImportServices['fetchFile'];
}

export interface IncomingServices extends WorkspaceImportServices {
  /** The folder that the site is served from, with a slash at its end. */
  readonly siteUrl: string;
  readonly ground: WorkspaceImportServices['ground'] & Pick<ImportGround, 'leaveFor'>;
}

/** The workspace file that is on its way in: one at a time. */
export class IncomingFiles {
  readonly #services: IncomingServices;
  #shown = $state.raw<WorkspaceImport | null>(null);
  #onSettled: () => void = () => undefined;

  constructor(services: IncomingServices) {
    this.#services = services;
  }

  /** The one that a person is asked about; null where there is none. */
  get shown(): WorkspaceImport | null {
    return this.#shown;
  }

  /** Begins with a file that was handed over. One that is just being stored goes first: false then. */
  openFile(file: File): boolean {
    return this.#open({ type: 'file', file }, () => undefined);
  }

  /** Begins with what stands behind `?open=` in a link; `onSettled` is told when it is stored, or was given up. */
  openAddress(text: string, onSettled: () => void = () => undefined): boolean {
    return this.#open({ type: 'address', read: readOpenAddress(text, this.#services.siteUrl) }, onSettled);
  }

  /** Whether this is the id of an import that may ask for its host. */
  has(id: string): boolean {
    return this.#shown?.id === id;
  }

  /** Has the import end. What is stored is shown; what is just being stored is stopped first, and stays on the screen. */
  async close(): Promise<void> {
    const shown = this.#shown;
    if (!shown) return;
    const { state } = shown;
    if (state.step === 'storing') {
      shown.cancel();
      return;
    }
    this.#onSettled();
    if (state.step === 'stored') {
      await this.#services.ground.leaveFor(state.result, state.told);
      return;
    }
    shown.dispose();
    this.#shown = null;
  }

  #open(source: ImportSource, onSettled: () => void): boolean {
    const { step } = this.#shown?.state ?? { step: null };
    if (step === 'storing' || step === 'stored') return false;
    this.#shown?.dispose();
    this.#onSettled = onSettled;
    const opened = new WorkspaceImport(source, this.#services);
    this.#shown = opened;
    void opened.begin();
    return true;
  }
}
