import type { Dirent } from 'node:fs';
import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { isTakenAlong, listFlows } from '../oomol/index.ts';
import { findFlows, type FoundFlows } from '../session/flow-files.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { toMessage } from '../shared/to-message.ts';
import { readWorkspaceFile, type WorkspaceContent } from '../storage/workspace-file/read-workspace-file.ts';

/** What is to be run. */
export type Source =
  | { readonly kind: 'workspace'; readonly content: WorkspaceContent }
  | { readonly kind: 'flows'; readonly found: FoundFlows };

/** A folder with more is no flow. */
const mostFiles = 20_000;
const mostBytes = 200_000_000;

/**
 * Reads a workspace file, or the folder or zip of a flow, and checks it. The problem is sentences that name file and reason.
 * Rejects with an `AbortError` once the signal is given.
 */
export async function readSource(path: string, signal: AbortSignal): Promise<Result<Source, string>> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return prefix(path, await readFlowFolder(path, signal));
    const bytes = await readFile(path, { signal });
    if (/\.zip$/i.test(path)) return prefix(path, await readFlowZip(bytes, basename(path), signal));
    return await readWorkspace(path, bytes, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    return fail(`${path} cannot be read: ${describeFault(error)}`);
  }
}

async function readWorkspace(
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
): Promise<Result<Source, string>> {
  const read = await readWorkspaceFile(new Blob([bytes]), { signal });
  if (read.isOk) return succeed({ kind: 'workspace', content: read.value });
  const { entry, reason } = read.problem;
  return fail(entry === null ? `${path}: ${reason}` : `${path}, ${entry}: ${reason}`);
}

async function readFlowZip(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  signal: AbortSignal,
): Promise<Result<Source, string>> {
  const found = await findFlows([new File([bytes], name)], { signal });
  return found.isOk ? succeed({ kind: 'flows', found: found.value }) : found;
}

async function readFlowFolder(folder: string, signal: AbortSignal): Promise<Result<Source, string>> {
  const files = new Map<string, Uint8Array>();
  let byteSize = 0;
  const waiting = [{ path: folder, name: basename(resolve(folder)) }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const entry of await readdir(next.path, { withFileTypes: true })) {
      signal.throwIfAborted();
      const inner = { path: join(next.path, entry.name), name: `${next.name}/${entry.name}` };
      if (!isTakenAlong(entry.name)) continue;
      if (entry.isDirectory()) waiting.push(inner);
      if (!(await isPlainFile(entry, inner.path))) continue;
      byteSize += (await lstat(inner.path)).size;
      if (files.size >= mostFiles || byteSize > mostBytes) {
        return fail(`The folder holds more than ${mostFiles} files, or more than 200 MB.`);
      }
      files.set(inner.name, new Uint8Array(await readFile(inner.path)));
    }
  }
  const flows = listFlows(files);
  if (flows.length === 0) {
    return fail('There is no flow.oo.yaml in it. Name the folder of the flow, or of its package.');
  }
  return succeed({ kind: 'flows', found: { files, flows } });
}

/** What a link leads to is none of the folder. */
async function isPlainFile(entry: Dirent, path: string): Promise<boolean> {
  return entry.isFile() && (await lstat(path)).isFile();
}

function prefix(path: string, read: Result<Source, string>): Result<Source, string> {
  return read.isOk ? read : fail(`${path}: ${read.problem}`);
}

function describeFault(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : null;
  if (code === 'ENOENT') return 'there is no such file or folder.';
  if (code === 'EACCES' || code === 'EPERM') return 'you may not read it.';
  if (code === 'ERR_FS_FILE_TOO_LARGE') return 'it is larger than 2 GB.';
  return `${toMessage(error)}.`;
}
