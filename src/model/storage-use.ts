import type { BlobHash } from './ids.ts';

/** What takes room of a workspace, in the order in which it is shown; what several name counts for the first. */
export const useKinds = ['data', 'files', 'models', 'results', 'history', 'trash'] as const;

export type UseKind = (typeof useKinds)[number];

/** What is stored of one kind: how many values, and their bytes. */
export interface KindUse {
  readonly kind: UseKind;
  readonly count: number;
  readonly byteSize: number;
}

/** Room that the browser grants, in bytes. */
export interface StorageRoomSize {
  readonly used: number;
  readonly granted: number;
}

/** Counts each value once, for the first kind that names it; what nothing names is left out. */
export function sumUse(
  sizes: ReadonlyMap<BlobHash, number>,
  named: ReadonlyMap<UseKind, Iterable<BlobHash>>,
): KindUse[] {
  const counted = new Set<BlobHash>();
  return useKinds.map((kind) => {
    let count = 0;
    let byteSize = 0;
    for (const hash of named.get(kind) ?? []) {
      const size = sizes.get(hash);
      if (size === undefined || counted.has(hash)) continue;
      counted.add(hash);
      count += 1;
      byteSize += size;
    }
    return { kind, count, byteSize };
  });
}

/** Less room than this is told of, in bytes: a dataset or a model of a usual size would not fit any more. */
const leastRoom = 200_000_000;
/** So is a smaller part of what is granted than this, where that is little. */
const leastPart = 0.1;

export function isRoomShort({ used, granted }: StorageRoomSize): boolean {
  return granted - used < Math.min(leastRoom, granted * leastPart);
}
