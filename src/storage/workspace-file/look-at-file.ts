import { pageMark } from '../../model/saved-page.ts';
import { findZipDirectory, longestZipEnd, readZipDirectory } from '../../model/wheels/zip-directory.ts';
import { isSalvage } from '../salvage/salvage-format.ts';
import { manifestPath, mostBytes, recordPaths } from './workspace-file-format.ts';

/** What a file is by its content: a workspace, what was stored in a browser, another zip, a page that Cahier saved of a notebook, another web page, or none of these. */
export type FileLook = 'workspace' | 'salvage' | 'zip' | 'saved-page' | 'page' | 'other';

/** Larger directories are left to who checks the whole file: reading one takes the page a moment. */
const mostDirectoryBytes = 4_000_000;

/** Has a first look at a file, whatever it is called, without unpacking any of it. */
export async function lookAtFile(file: Blob): Promise<FileLook> {
  const start = new Uint8Array(await file.slice(0, 4_096).arrayBuffer());
  if (start[0] !== 0x50 || start[1] !== 0x4b) return lookAtText(new TextDecoder().decode(start));
  const lastBytes = await readBytes(file, Math.max(0, file.size - longestZipEnd));
  const directory = findZipDirectory(lastBytes);
  if (directory === null || directory > file.size || file.size - directory > mostDirectoryBytes) return 'zip';
  const limits = { files: 65_000, fileBytes: mostBytes, bytes: mostBytes };
  const read = readZipDirectory(await readBytes(file, directory), limits, directory);
  if (!read.isOk) return 'zip';
  const paths = new Set(read.value.map(({ path }) => path));
  if (isSalvage(paths)) return 'salvage';
  return paths.has(manifestPath) && paths.has(recordPaths.workspace) ? 'workspace' : 'zip';
}

async function readBytes(file: Blob, start: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(start).arrayBuffer());
}

function lookAtText(start: string): FileLook {
  if (!/^\s*<(!doctype html|html|head|body|!--)/i.test(start)) return 'other';
  return start.includes(pageMark) ? 'saved-page' : 'page';
}
