import { hashBytes } from '../shared/hash-bytes.ts';

/** A file of the site. */
export interface SiteFile {
  /** Relative to the site's folder, with slashes. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** The first 16 hexadecimal digits of its SHA-256. */
  readonly hash: string;
}

/** What a build consists of. */
export interface SiteManifest {
  /** A checksum over all files. */
  readonly buildId: string;
  readonly files: readonly SiteFile[];
  /** The files that the page needs to open. */
  readonly openingPaths: readonly string[];
}

/** The page itself, which a request for the site's folder stands for. */
export const pagePath = 'index.html';

/**
 * Python packages are big and many, and the library of Parquet is one that most never use: such a file is kept for visits
 * without a network once it was used.
 */
export function isKeptOnceUsed(path: string): boolean {
  return (
    (path.startsWith('pyodide/') && path.endsWith('.whl')) ||
    path.startsWith('python/packages/') ||
    /^assets\/parquet_wasm_bg-[^/]*\.wasm$/.test(path)
  );
}

/** @returns the first 16 hexadecimal digits of the SHA-256 */
export async function hashFile(bytes: ArrayBuffer): Promise<string> {
  return (await hashBytes(bytes)).slice(0, 16);
}
