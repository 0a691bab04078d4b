import { strToU8, zipSync, type Zippable } from 'fflate';
import { hashBytes } from '../../../shared/hash-bytes.ts';
import type { Manifest } from '../workspace-file-format.ts';

/** Packs files as a workspace file whose manifest is right about them, whatever is in them. */
export async function packFile(
  files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>,
  manifest: Omit<Manifest, 'entries'>,
): Promise<Blob> {
  const entries = await Promise.all(
    Object.entries(files).map(async ([path, bytes]) => ({
      path,
      byteSize: bytes.byteLength,
      sha256: await hashBytes(bytes),
    })),
  );
  return packPlainly({ ...files, 'manifest.json': strToU8(JSON.stringify({ ...manifest, entries })) });
}

/** Packs files as any zip. */
export function packPlainly(files: Zippable): Blob {
  return new Blob([zipSync(files)]);
}
