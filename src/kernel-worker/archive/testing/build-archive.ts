import { crc32 } from '../crc32.ts';
import type { ArchiveHeader, HeaderRow } from '../parse-archive-header.ts';

/** What an archive is to hold: texts by their paths. */
export interface ArchiveContent {
  readonly files?: Readonly<Record<string, string>>;
  readonly libraries?: Readonly<Record<string, string>>;
  readonly sources?: Readonly<Record<string, string>>;
}

/** The two files of a package, unpacked. */
export interface BuiltArchive {
  readonly archive: Uint8Array<ArrayBuffer>;
  readonly sources: Uint8Array<ArrayBuffer>;
}

/** Builds an archive in the order of the content, with a header that a test can spoil. */
export function buildArchive(
  content: ArchiveContent,
  spoil: (header: ArchiveHeader) => unknown = (header) => header,
): BuiltArchive {
  const body = new Body();
  const sources = new Body();
  const header = {
    name: 'shapes',
    version: '1.0',
    files: body.append(content.files ?? {}),
    libraries: body.append(content.libraries ?? {}),
    sources: sources.append(content.sources ?? {}),
  };
  return { archive: join(JSON.stringify(spoil(header)), body.toBytes()), sources: sources.toBytes() };
}

/** Puts a header before a body. */
export function join(header: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(header);
  const archive = new Uint8Array(align(16 + text.byteLength) + body.byteLength);
  archive.set(new TextEncoder().encode('CAHIERPK'));
  const numbers = new DataView(archive.buffer);
  numbers.setUint32(8, 2, true);
  numbers.setUint32(12, text.byteLength, true);
  archive.set(text, 16);
  archive.set(body, align(16 + text.byteLength));
  return archive;
}

class Body {
  readonly #bytes: number[] = [];

  append(files: Readonly<Record<string, string>>): HeaderRow[] {
    return Object.entries(files).map(([path, text]) => {
      while (this.#bytes.length % 16 > 0) this.#bytes.push(0);
      const offset = this.#bytes.length;
      const bytes = new TextEncoder().encode(text);
      this.#bytes.push(...bytes);
      return [path, offset, bytes.byteLength, crc32(bytes)];
    });
  }

  toBytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes);
  }
}

function align(offset: number): number {
  return Math.ceil(offset / 16) * 16;
}
