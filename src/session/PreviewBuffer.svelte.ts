import type { BlobHash } from '../model/ids.ts';
import type { Preview } from '../model/preview.ts';
import { toMessage } from '../shared/to-message.ts';
import type { ValueStore } from './ValueStore.ts';

/** Time between two drawings of previews that come in, in milliseconds. */
const drawInterval = 100;

/** The previews of the job that runs, in order; one that comes under the id of an earlier one takes its place. */
export class PreviewBuffer {
  #list = $state.raw<readonly Preview[]>([]);
  /** In the order in which they came; null until its values have their names. */
  #slots: { readonly id: string | null; preview: Preview | null }[] = [];
  /** Shown until the next drawing. */
  #replaced: Preview[] = [];
  #values: ValueStore | null = null;
  #adding = new Set<Promise<void>>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  get list(): readonly Preview[] {
    return this.#list;
  }

  /** A value of one of them that may not be stored yet. */
  find(blob: BlobHash): Blob | null {
    return this.#values?.find(blob) ?? null;
  }

  /** Begins anew. */
  clear(): void {
    this.#slots = [];
    this.#replaced = [];
    this.#values = null;
    this.#adding = new Set();
    this.#show();
  }

  /** `values` holds what the preview names, until it is stored; `onFailure` is told why it cannot be shown. */
  add(
    id: string | null,
    naming: Promise<Preview>,
    values: ValueStore,
    onFailure: (reason: string) => void,
  ): void {
    this.#values = values;
    const replaced = id === null ? undefined : this.#slots.find((slot) => slot.id === id);
    const slot = replaced ?? { id, preview: null };
    if (!replaced) this.#slots.push(slot);
    const slots = this.#slots;
    const before = this.#adding;
    const adding = Promise.all([naming, ...before]).then(
      ([preview]) => {
        if (slots !== this.#slots) return;
        if (slot.preview) this.#replaced.push(slot.preview);
        slot.preview = preview;
        this.#timer ??= setTimeout(() => this.#show(), drawInterval);
      },
      (error: unknown) => {
        onFailure(toMessage(error));
      },
    );
    this.#adding = new Set([adding]);
  }

  /** What they name is stored now, and read from there. */
  release(): void {
    this.#values = null;
  }

  /** Waits until all that came is there; gives the whole list. */
  async settle(): Promise<readonly Preview[]> {
    await Promise.all(this.#adding);
    this.#show();
    return this.#list;
  }

  #show(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#list = this.#slots.flatMap(({ preview }) => (preview ? [preview] : []));
    for (const preview of this.#replaced) this.#values?.dropPreview(preview);
    this.#replaced = [];
  }
}
