import { RunningHash } from '../../model/RunningHash.ts';
import { hashBytes } from '../../shared/hash-bytes.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { parseJsonText } from './parse-json-text.ts';
import { mostTextBytes, tooLong } from './workspace-file-format.ts';
import type { ZipReader } from './ZipReader.ts';

/** What is hashed by the browser, which takes it whole: many times as fast as in pieces. */
const mostAtOnce = 256_000_000;

export interface HashedEntry {
  readonly hash: string;
  /** Its bytes where they are few enough to be whole in memory, else null. */
  readonly content: Uint8Array<ArrayBuffer> | null;
}

/** Reads a file of a zip and its SHA-256. The problem is a sentence. Rejects with an `AbortError` once the signal is aborted. */
export async function readHashed(
  zip: ZipReader,
  path: string,
  byteSize: number,
  onBytes: (count: number) => void,
  signal?: AbortSignal,
): Promise<Result<HashedEntry, string>> {
  const content = byteSize > mostAtOnce ? null : new Uint8Array(byteSize);
  const running = new RunningHash();
  let length = 0;
  const read = await zip.read(
    path,
    (bytes) => {
      if (content) content.set(bytes, length);
      else running.add(bytes);
      length += bytes.byteLength;
      onBytes(bytes.byteLength);
    },
    signal,
  );
  if (!read.isOk) return fail(`It cannot be read: ${read.problem}.`);
  return succeed({ hash: content ? await hashBytes(content) : running.finish(), content });
}

/** A file of a zip as a text. The problem is a sentence. */
export async function readText(zip: ZipReader, path: string): Promise<Result<string, string>> {
  const read = await zip.readBlob(path, '');
  if (!read.isOk) return fail(`It cannot be read: ${read.problem}.`);
  return decodeText(new Uint8Array(await read.value.arrayBuffer()));
}

/** A file of a zip as JSON; null where it is not there. The problem is a sentence. */
export async function readJson(zip: ZipReader, path: string): Promise<Result<unknown, string> | null> {
  const entry = zip.entries.find((each) => each.path === path);
  if (!entry) return null;
  if (entry.unpackedBytes > mostTextBytes) return fail(tooLong);
  const text = await readText(zip, path);
  if (!text.isOk) return text;
  const json = parseJsonText(text.value);
  return json.isOk ? json : fail(`It cannot be read: ${json.problem}.`);
}

/** The problem is a sentence. */
export function decodeText(bytes: Uint8Array): Result<string, string> {
  try {
    return succeed(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return fail('It is no UTF-8.');
  }
}
