import type { PyodideAPI } from 'pyodide';
import type { PyProxy } from 'pyodide/ffi';
import type { WheelsToPack } from '../../protocol/messages.ts';
import { logger } from '../../shared/logger.ts';
import { readArchive } from '../archive/read-archive.ts';
import { fetchWheel } from './fetch-wheel.ts';
import { hashBytes } from '../../shared/hash-bytes.ts';
import type { KeptWheels, PackedWheel } from './KeptWheels.ts';
import { LockedPackages } from './LockedPackages.ts';

/** The part of the SDK that packs. */
interface PackingModule {
  readonly pack_wheel: (
    data: PyProxy,
    fileName: string,
    name: string,
    version: string,
  ) => PyProxy & { toJs: () => [archive: Uint8Array<ArrayBuffer>, sources: Uint8Array<ArrayBuffer>] };
  readonly destroy: () => void;
}

interface PackingTask {
  readonly sha256: string;
  readonly name: string;
  readonly version: string;
  readonly fileName: string;
  /** The wheel, whose hash was compared. */
  readonly getBytes: () => Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Packs wheels and keeps them for later starts, in a worker where nothing else has run: no byte of it comes from one
 * that ran a script. One that cannot be packed is passed over. Returns how many bytes were written.
 */
export async function packWheels(
  pyodide: PyodideAPI,
  kept: KeptWheels,
  wheels: WheelsToPack,
  wheelCdnUrl: string,
): Promise<number> {
  const locked = new LockedPackages(pyodide.lockfile);
  let byteSize = 0;
  for (const task of listTasks(wheels, locked, wheelCdnUrl)) {
    try {
      byteSize += await kept.write(task.sha256, async () => pack(pyodide, task, await task.getBytes()));
    } catch (error) {
      logger.warn(`${task.fileName} was not packed for later starts`, error);
    }
  }
  return byteSize;
}

function listTasks(
  { locked, added }: WheelsToPack,
  lock: LockedPackages,
  wheelCdnUrl: string,
): PackingTask[] {
  const ofLock = locked.flatMap((key) => {
    const found = lock.canBePacked(key) ? lock.get(key) : undefined;
    if (!found) return [];
    const { sha256, version, fileName } = found;
    return [
      {
        sha256,
        name: key,
        version,
        fileName,
        getBytes: () => fetchWheel(found, wheelCdnUrl, () => undefined),
      },
    ];
  });
  const ofNotebook = added.map(({ blob, name, version, fileName, content }) => ({
    sha256: blob,
    name,
    version,
    fileName,
    getBytes: async () => {
      const bytes = new Uint8Array((await content?.arrayBuffer()) ?? new ArrayBuffer(0));
      if ((await hashBytes(bytes)) !== blob) throw new Error('it is not the file that was added');
      return bytes;
    },
  }));
  return [...ofLock, ...ofNotebook];
}

function pack(
  pyodide: PyodideAPI,
  { fileName, name, version }: PackingTask,
  bytes: Uint8Array<ArrayBuffer>,
): PackedWheel {
  const packing: PackingModule = pyodide.pyimport('cahier.packing');
  const data: PyProxy = pyodide.toPy(bytes);
  try {
    const packed = packing.pack_wheel(data, fileName, name, version);
    try {
      const [archive, sources] = packed.toJs();
      const index = readArchive(archive);
      if (!index.isOk) throw new Error(`its archive is broken: ${index.problem}`);
      // Pyodide loads these as it unpacks the wheel, before any module asks for them.
      if (index.value.libraries.some(({ path }) => path.includes('.libs/'))) {
        throw new Error('it brings libraries of C');
      }
      return { archive, sources };
    } finally {
      packed.destroy();
    }
  } finally {
    data.destroy();
    packing.destroy();
  }
}
