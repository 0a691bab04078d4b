import { gunzipSync } from 'fflate';
import { hashBytes } from '../../shared/hash-bytes.ts';
import type { PackedFile } from '../../protocol/messages.ts';
import { fetchNow } from './fetch-now.ts';
import { isGzip, unpackGzip, type PieceListener } from './unpack-gzip.ts';

/** How files come from the site. */
export interface Transport {
  readonly fetch: (url: string) => Promise<Response>;
  /** Answers before it returns. */
  readonly fetchNow: (url: string) => Uint8Array<ArrayBuffer>;
}

/** A file that the site serves packed: fetched once, ahead of its use or when Python reads it. */
export class RemoteFile {
  readonly #file: PackedFile;
  readonly #transport: Transport;
  #loading: Promise<Uint8Array<ArrayBuffer>> | null = null;
  #bytes: Uint8Array<ArrayBuffer> | null = null;

  constructor(file: PackedFile, transport: Transport = { fetch: (url) => fetch(url), fetchNow }) {
    this.#file = file;
    this.#transport = transport;
  }

  /**
   * Fetches and unpacks the file; a second call gets the same bytes. Rejects when it does not come whole or is not the
   * file that the site was built with, and can be called again then.
   */
  async load(onPiece?: PieceListener): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#bytes) return this.#bytes;
    this.#loading ??= this.#fetch(onPiece).finally(() => {
      this.#loading = null;
    });
    this.#bytes ??= await this.#loading;
    return this.#bytes;
  }

  /** The file, unpacked. Where it was not loaded, everything waits until it has come. Throws when it does not. */
  read(): Uint8Array<ArrayBuffer> {
    this.#bytes ??= this.#unpackNow(this.#transport.fetchNow(this.#file.url));
    return this.#bytes;
  }

  async #fetch(onPiece?: PieceListener): Promise<Uint8Array<ArrayBuffer>> {
    const { url, unpackedBytes, sha256 } = this.#file;
    const response = await this.#transport.fetch(url);
    const bytes = await unpackGzip(response, unpackedBytes, onPiece);
    if ((await hashBytes(bytes)) !== sha256) throw new Error(`${url} is not the file of this build`);
    return bytes;
  }

  /** Without a hash, which takes a promise: the name of the file says what is in it. */
  #unpackNow(arrived: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    const { url, unpackedBytes } = this.#file;
    const isPacked = isGzip(arrived);
    const size = isPacked ? readUnpackedSize(arrived) : arrived.byteLength;
    if (size !== unpackedBytes) throw new Error(`${url} holds ${size} bytes, not ${unpackedBytes}`);
    return isPacked ? gunzipSync(arrived, { out: new Uint8Array(unpackedBytes) }) : arrived;
  }
}

/** Gzip ends with the size of what it holds. */
function readUnpackedSize(packed: Uint8Array): number {
  return new DataView(packed.buffer, packed.byteOffset, packed.byteLength).getUint32(
    packed.byteLength - 4,
    true,
  );
}
