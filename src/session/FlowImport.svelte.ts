import { toMessage } from '../shared/to-message.ts';
import { findFlows, type FoundFlows, type ImportNote } from './flow-files.ts';
import type { Workspace } from './Workspace.svelte.ts';

/** How far an import is. `flows` are those to choose from; `notes` tell what was not taken over as it was. */
export type ImportState =
  | { readonly step: 'choosing'; readonly problem: string | null }
  | { readonly step: 'reading'; readonly doneBytes: number; readonly allBytes: number }
  | { readonly step: 'choosing-flow'; readonly found: FoundFlows; readonly problem: string | null }
  | { readonly step: 'imported'; readonly notes: readonly ImportNote[] };

const reading = { step: 'reading', doneBytes: 0, allBytes: 0 } as const;

/** The way of a flow from what a person chose on the device to a notebook. */
export class FlowImport {
  readonly #workspace: Pick<Workspace, 'importFlow'>;
  readonly #controller = new AbortController();
  #state = $state.raw<ImportState>({ step: 'choosing', problem: null });

  constructor(workspace: Pick<Workspace, 'importFlow'>) {
    this.#workspace = workspace;
  }

  get state(): ImportState {
    return this.#state;
  }

  /** Reads a zip, or the files of a folder, and takes the flow over where there is but one. */
  async choose(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    const found = await this.#read(files);
    if (this.#controller.signal.aborted) return;
    if (typeof found === 'string') {
      this.#state = { step: 'choosing', problem: found };
      return;
    }
    const [only, ...others] = found.flows;
    if (only && others.length === 0) await this.take(found, only.path);
    else this.#state = { step: 'choosing-flow', found, problem: null };
  }

  /** Makes a notebook of one of the flows that were found. */
  async take(found: FoundFlows, path: string): Promise<void> {
    this.#state = reading;
    const problem = await this.#take(found, path);
    if (problem === null) return;
    const isChoice = found.flows.length > 1;
    this.#state = isChoice ? { step: 'choosing-flow', found, problem } : { step: 'choosing', problem };
  }

  /** Gives up what is still read. */
  dispose(): void {
    this.#controller.abort();
  }

  /** The problem is a sentence. */
  async #read(files: readonly File[]): Promise<FoundFlows | string> {
    this.#state = reading;
    try {
      const found = await findFlows(files, {
        signal: this.#controller.signal,
        onProgress: (doneBytes, allBytes) => {
          this.#state = { step: 'reading', doneBytes, allBytes };
        },
      });
      return found.isOk ? found.value : found.problem;
    } catch (error) {
      return `It could not be read: ${toMessage(error)} Choose it again.`;
    }
  }

  async #take(found: FoundFlows, path: string): Promise<string | null> {
    try {
      const taken = await this.#workspace.importFlow(found, path);
      if (!taken.isOk) return taken.problem;
      this.#state = { step: 'imported', notes: taken.value };
      return null;
    } catch (error) {
      return `The flow could not be imported: ${toMessage(error)} Try it again.`;
    }
  }
}
