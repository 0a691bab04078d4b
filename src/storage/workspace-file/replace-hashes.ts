import { BlobHash } from '../../model/ids.ts';
import { hashBytes } from '../../shared/hash-bytes.ts';

/** Hashes that lead to nothing, by those that they stand for. */
export type StandIns = ReadonlyMap<string, BlobHash>;

/** A hash for each of these under which nothing is stored: the same each time, so that what is imported twice is alike. */
export async function createStandIns(hashes: readonly BlobHash[]): Promise<StandIns> {
  const pairs = hashes.map(async (hash) => {
    const bytes = new TextEncoder().encode(`not in the file: ${hash}`);
    return [hash, BlobHash.from(await hashBytes(bytes))] as const;
  });
  return new Map(await Promise.all(pairs));
}

/** The same records, in which other hashes stand wherever these stood. */
export function replaceHashes<Records extends object>(records: Records, standIns: StandIns): Records {
  if (standIns.size === 0) return records;
  const copy = structuredClone(records);
  const left: object[] = [copy];
  for (let node = left.pop(); node; node = left.pop()) {
    const entries: [string, unknown][] = Object.entries(node);
    for (const [key, value] of entries) {
      if (typeof value === 'object' && value !== null) left.push(value);
      const standIn = typeof value === 'string' ? standIns.get(value) : undefined;
      if (standIn !== undefined) Reflect.set(node, key, standIn);
    }
  }
  return copy;
}
