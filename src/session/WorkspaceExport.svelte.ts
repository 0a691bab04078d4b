import {
  allParts,
  measureParts,
  settleParts,
  type PartSize,
  type PickedParts,
  type WorkspacePart,
} from '../model/workspace-parts.ts';
import { toMessage } from '../shared/to-message.ts';
import type { WorkspaceExporter } from '../storage/workspace-file/WorkspaceExporter.ts';

/** How far an export is. Bytes are those of what goes along, before it is packed. */
export type ExportState =
  | { readonly step: 'measuring' }
  | { readonly step: 'choosing'; readonly problem: string | null }
  | { readonly step: 'writing'; readonly doneBytes: number; readonly allBytes: number }
  | {
      readonly step: 'written';
      /** Of the file. */
      readonly byteSize: number;
      /** A sentence for each thing that could not go along. */
      readonly losses: readonly string[];
    };

/** The way of a workspace from what is picked to a file. */
export class WorkspaceExport {
  readonly #exporter: Pick<WorkspaceExporter, 'measure' | 'write'>;
  readonly #appVersion: string;
  readonly #measuring = new AbortController();
  #writing: AbortController | null = null;
  #state = $state.raw<ExportState>({ step: 'measuring' });
  #picked = $state.raw<PickedParts>(allParts);
  #sizes = $state.raw<readonly PartSize[]>([]);

  constructor(exporter: Pick<WorkspaceExporter, 'measure' | 'write'>, appVersion: string) {
    this.#exporter = exporter;
    this.#appVersion = appVersion;
    void this.#measure();
  }

  get state(): ExportState {
    return this.#state;
  }

  get picked(): PickedParts {
    return this.#picked;
  }

  /** About how large the file is at most; 0 until that is known. */
  readonly byteSize = $derived(measureParts(this.#sizes, this.#picked));

  pick(part: WorkspacePart, isPicked: boolean): void {
    this.#picked = { ...this.#picked, [part]: isPicked };
  }

  /** How many bytes fewer it would be without a part, or more with it. */
  measurePart(part: WorkspacePart): number {
    // Results bring no history along when they are looked at alone.
    const picked = settleParts({ ...this.#picked, ...(part === 'history' && { results: true }) });
    const [withPart, without] = [true, false].map((isPicked) =>
      measureParts(this.#sizes, {
        ...picked,
        ...(part === 'results' && { history: false }),
        [part]: isPicked,
      }),
    );
    return (withPart ?? 0) - (without ?? 0);
  }

  /** Writes the file, to the reader's own or to one that is given; null where nothing came of it, which the state tells. */
  async write(target: FileSystemFileHandle | null): Promise<Blob | null> {
    const writing = new AbortController();
    this.#writing = writing;
    this.#state = { step: 'writing', doneBytes: 0, allBytes: this.byteSize };
    try {
      const { file, byteSize, losses } = await this.#exporter.write({
        picked: this.#picked,
        appVersion: this.#appVersion,
        target,
        signal: writing.signal,
        onProgress: (doneBytes, allBytes) => {
          this.#state = { step: 'writing', doneBytes, allBytes };
        },
      });
      this.#state = { step: 'written', byteSize, losses };
      return file;
    } catch (error) {
      const problem = writing.signal.aborted ? null : `The file was not written. ${toMessage(error)}`;
      this.#state = { step: 'choosing', problem };
      return null;
    }
  }

  /** Gives up the file that is written. */
  cancel(): void {
    this.#writing?.abort();
  }

  dispose(): void {
    this.#measuring.abort();
    this.cancel();
  }

  async #measure(): Promise<void> {
    try {
      this.#sizes = await this.#exporter.measure(this.#measuring.signal);
      this.#state = { step: 'choosing', problem: null };
    } catch (error) {
      this.#state = {
        step: 'choosing',
        problem: `How large the workspace is could not be found out. ${toMessage(error)}`,
      };
    }
  }
}
