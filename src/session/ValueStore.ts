import type { TableEngine } from '../data/TableEngine.ts';
import type { TableFile } from '../data/table-messages.ts';
import type { TableSource } from '../data/TableSource.ts';
import type { DatasetBuffers } from '../model/dataset.ts';
import { assertNever } from '../shared/assert-never.ts';
import { nextTask } from '../shared/in-slices.ts';
import {
  listPreviewValues,
  type MediaSource,
  type Preview,
  type PreviewReport,
  type StoredTable,
  type StoredValue,
} from '../model/preview.ts';
import type { BlobToStore } from '../storage/Storage.ts';
import { makeBlob } from './make-blob.ts';

/** So many, as the browser takes a quarter of a millisecond and more to make each a blob. */
const imagesAtOnce = 20;

/** Gives the values of a job their names, and gathers them until they are stored with its record. */
export class ValueStore {
  readonly #engine: TableEngine;
  /** By their hashes, each with how often it was added. */
  readonly #values = new Map<string, { readonly value: BlobToStore; readonly uses: number }>();

  constructor(engine: TableEngine) {
    this.#engine = engine;
  }

  get blobs(): readonly BlobToStore[] {
    return [...this.#values.values()].map(({ value }) => value);
  }

  /** A value that is not stored yet. */
  find(blob: string): Blob | null {
    return this.#values.get(blob)?.value.content ?? null;
  }

  /** Large bytes are transferred: the caller's are empty afterwards. */
  async addBytes(bytes: Uint8Array<ArrayBuffer>, mediaType: string): Promise<StoredValue> {
    const { byteLength } = bytes;
    const blob = await makeBlob(this.#engine, bytes, mediaType);
    this.#add(blob);
    return { blob: blob.hash, byteSize: byteLength };
  }

  /** Bytes in parts, each in memory of its own; the caller's are empty afterwards where there are several. */
  async addParts(parts: readonly Uint8Array<ArrayBuffer>[], mediaType: string): Promise<StoredValue> {
    const [first = new Uint8Array()] = parts;
    if (parts.length < 2) return await this.addBytes(first, mediaType);
    const blob = await this.#engine.storeParts(parts, mediaType);
    this.#add(blob);
    return { blob: blob.hash, byteSize: blob.content.size };
  }

  async addText(text: string): Promise<StoredValue> {
    return await this.addBytes(new TextEncoder().encode(text), 'text/plain');
  }

  /** The caller closes the table. */
  async addTable(dataset: DatasetBuffers): Promise<StoredTable & { readonly table: TableSource }> {
    const { table, file, sha256, byteSize, summary } = await this.#engine.importDataset(dataset);
    this.#add({ hash: sha256, content: file });
    return { summary, blob: sha256, byteSize, table };
  }

  /** `before` are the files of a table whose rows go before; `earlier` those that stay. The caller closes the table. */
  async appendTable(
    dataset: DatasetBuffers,
    before: readonly TableFile[],
  ): Promise<StoredTable & { readonly table: TableSource; readonly earlier?: readonly StoredValue[] }> {
    const { table, file, sha256, byteSize, summary, earlier } = await this.#engine.importDataset(
      dataset,
      before,
    );
    // Those that are stored are written only where they have gone meanwhile, as another tab may see to.
    for (const each of [...earlier, { sha256, file }]) this.#add({ hash: each.sha256, content: each.file });
    const files = earlier.map((each) => ({ blob: each.sha256, byteSize: each.byteSize }));
    return { summary, blob: sha256, byteSize, table, ...(files.length > 0 && { earlier: files }) };
  }

  async addPreview({ id, time, content }: PreviewReport): Promise<Preview> {
    switch (content.type) {
      case 'table': {
        const { table, ...stored } = await this.addTable(content.table);
        table.close();
        return { id, time, content: { ...content, table: stored } };
      }
      case 'image': {
        const images: MediaSource<StoredValue>[] = [];
        for (let start = 0; start < content.images.length; start += imagesAtOnce) {
          if (start > 0) await nextTask();
          const some = content.images.slice(start, start + imagesAtOnce);
          images.push(...(await Promise.all(some.map((source) => this.#addSource(source)))));
        }
        return { id, time, content: { ...content, images } };
      }
      case 'video':
      case 'audio':
        return { id, time, content: { ...content, source: await this.#addSource(content.source) } };
      case 'iframe':
      case 'remote':
      case 'problem':
        return { id, time, content };
      case 'text':
      case 'other':
      case 'plotly':
      case 'vega-lite':
      case 'json':
      case 'markdown':
      case 'html':
      case 'csv':
        return { id, time, content: { ...content, text: await this.addBytes(content.text, 'text/plain') } };
      default:
        return assertNever(content);
    }
  }

  /** Lets the values of a preview go that nothing else was added with. */
  dropPreview(preview: Preview): void {
    for (const { blob } of listPreviewValues(preview)) {
      const known = this.#values.get(blob);
      if (!known) continue;
      if (known.uses > 1) this.#values.set(blob, { ...known, uses: known.uses - 1 });
      else this.#values.delete(blob);
    }
  }

  #add(value: BlobToStore): void {
    const uses = this.#values.get(value.hash)?.uses ?? 0;
    this.#values.set(value.hash, { value, uses: uses + 1 });
  }

  async #addSource(source: MediaSource<Uint8Array<ArrayBuffer>>): Promise<MediaSource<StoredValue>> {
    if ('url' in source) return source;
    return { ...source, data: await this.addBytes(source.data, source.mediaType) };
  }
}
