import type { ManifestEntry } from './workspace-file-format.ts';
import type { ZipReader } from './ZipReader.ts';

/** Bytes of unpacked values that the browser is asked to keep; the others are unpacked again when they are needed. */
const mostKeptBytes = 1_000_000_000;

/** Values that were unpacked to be checked, so that they need not be once more. */
export class UnpackedValues {
  readonly #packed: ReadonlySet<string>;
  readonly #values = new Map<string, Blob>();
  #byteSize = 0;

  constructor(zip: ZipReader) {
    this.#packed = new Set(zip.entries.flatMap(({ path, method }) => (method === 0 ? [] : [path])));
  }

  add({ path, mediaType }: ManifestEntry, content: Uint8Array<ArrayBuffer>): void {
    if (!this.#packed.has(path) || this.#byteSize + content.byteLength > mostKeptBytes) return;
    this.#byteSize += content.byteLength;
    this.#values.set(path, new Blob([content], { type: mediaType ?? '' }));
  }

  get({ path }: ManifestEntry): Blob | null {
    return this.#values.get(path) ?? null;
  }
}
