import { nameWheelWriter, wheelFolder } from '../../protocol/kept-names.ts';
import { logger } from '../../shared/logger.ts';
import { readWhole } from '../archive/file-sources.ts';
import { makeRoom } from '../make-room.ts';
import { openArchive, type UnpackedArchive } from '../open-archives.ts';
import { openSnapshotStore, type SnapshotStore } from '../snapshot/SnapshotStore.ts';
import { hashBytes } from '../../shared/hash-bytes.ts';

/** So many are kept at most, of whatever notebooks, builds and sites of the same origin. */
const mostKept = 64;

/** Where a kept file begins: a word, the lengths of the two parts as 32-bit little-endian numbers, and their hash. */
const magic = new TextEncoder().encode('CAHIERWH');
const headBytes = 8 + 4 + 4 + 64;

/**
 * Wheels that were packed as the site's own are, by their SHA-256, for one build of Python. Only workers in which nothing
 * else runs write here.
 */
export class KeptWheels {
  readonly #store: SnapshotStore;
  readonly #build: string;

  private constructor(store: SnapshotStore, pythonBuildId: string) {
    this.#store = store;
    this.#build = pythonBuildId.slice(0, 32);
  }

  /** Null where the browser has no place for them. To be called before the worker is hardened. */
  static async open(siteUrl: string, pythonBuildId: string): Promise<KeptWheels | null> {
    const store = await openSnapshotStore(siteUrl, wheelFolder);
    return store && new KeptWheels(store, pythonBuildId);
  }

  /** Null where it was not kept, or what is kept of it is damaged. */
  async read(sha256: string): Promise<UnpackedArchive | null> {
    try {
      const file = await this.#store.open(this.#nameFile(sha256));
      if (!file) return null;
      try {
        return await readKept(await file.read(0, file.size));
      } finally {
        file.close();
      }
    } catch (error) {
      logger.warn('A wheel that was packed before cannot be read', error);
      return null;
    }
  }

  /**
   * Packs a wheel and keeps it, unless it is there already. Returns how many bytes were written. Rejects where there is
   * no room, or when `pack` does.
   */
  async write(sha256: string, pack: () => Promise<PackedWheel>): Promise<number> {
    const name = this.#nameFile(sha256);
    // Another tab may be at it, too.
    return await navigator.locks.request(nameWheelWriter(name), async () => {
      if (await this.read(sha256)) return 0;
      const { archive, sources } = await pack();
      const body = join([archive, sources]);
      await makeRoom(this.#store, name, mostKept, async (old) => {
        await this.#store.remove(old);
        return true;
      });
      const head = join([magic, toLength(archive), toLength(sources), encode(await hashBytes(body))]);
      await this.#store.write(name, [head, body]);
      return head.byteLength + body.byteLength;
    });
  }

  #nameFile(sha256: string): string {
    return `${sha256}-${this.#build}`;
  }
}

/** The two files of a package, as `cahier.packing` describes them. */
export interface PackedWheel {
  readonly archive: Uint8Array<ArrayBuffer>;
  readonly sources: Uint8Array<ArrayBuffer>;
}

async function readKept(bytes: Uint8Array<ArrayBuffer>): Promise<UnpackedArchive | null> {
  if (bytes.byteLength < headBytes || magic.some((byte, at) => bytes[at] !== byte)) return null;
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, headBytes);
  const [archiveBytes, sourcesBytes] = [numbers.getUint32(8, true), numbers.getUint32(12, true)];
  const body = bytes.subarray(headBytes);
  if (body.byteLength !== archiveBytes + sourcesBytes) return null;
  if ((await hashBytes(body)) !== new TextDecoder().decode(bytes.subarray(16, headBytes))) return null;
  const archive = body.subarray(0, archiveBytes);
  const sources = body.subarray(archiveBytes);
  const from = {
    archive: readWhole(() => archive, archive.byteLength),
    sources: readWhole(() => sources, sources.byteLength),
  };
  return { ...openArchive(archive, archive.byteLength, from), bytes: archive };
}

function toLength(part: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, part.byteLength, true);
  return length;
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
