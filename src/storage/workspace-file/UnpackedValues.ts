import type { ManifestEntry } from './workspace-file-format.ts';
import type { ZipReader } from './ZipReader.ts';

/** Bytes of unpacked values that the browser is asked to keep; the others are unpacked again when they are needed. */
const mostKeptBytes = 1_000_000_000;

/** Values of a zip. Those that were unpacked to be checked need not be once more. */
export class UnpackedValues {
  readonly #zip: ZipReader;
  readonly #packed: ReadonlySet<string>;
  readonly #values = new Map<string, Blob>();
  #byteSize = 0;

  constructor(zip: ZipReader) {
    this.#zip = zip;
    this.#packed = new Set(zip.entries.flatMap(({ path, method }) => (method === 0 ? [] : [path])));
  }

  add({ path, mediaType }: ManifestEntry, content: Uint8Array<ArrayBuffer>): void {
    if (!this.#packed.has(path) || this.#byteSize + content.byteLength > mostKeptBytes) return;
    this.#byteSize += content.byteLength;
    this.#values.set(path, new Blob([content], { type: mediaType ?? '' }));
  }

  /** The value of an entry, unpacked anew where it is not kept. Throws where the file was changed. */
  async read({ path, mediaType }: ManifestEntry, signal?: AbortSignal): Promise<Blob> {
    const kept = this.#values.get(path);
    if (kept) return kept;
    const read = await this.#zip.readBlob(path, mediaType ?? '', signal);
    if (!read.isOk) throw new Error(read.problem);
    return read.value;
  }
}
