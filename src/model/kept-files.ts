/**
 * What is kept to save time or a network, and can be made again. snapshots: of Python's memory; packages: of the index, unpacked;
 * site: files of this site for visits without a network.
 */
export const keptKinds = ['snapshots', 'packages', 'site'] as const;

export type KeptKind = (typeof keptKinds)[number];

/** What is kept of one kind. */
export interface KeptUse {
  readonly kind: KeptKind;
  readonly count: number;
  readonly byteSize: number;
}

/** What became of freeing. */
export interface FreedFiles {
  readonly byteSize: number;
  /** So many files are in use, and stay. */
  readonly usedCount: number;
}

/** What the browser keeps for the app beside what its reader made. */
export interface KeptFiles {
  /** Kinds of which nothing is kept are left out. Never rejects: what cannot be looked at is left out, too. */
  readonly measure: () => Promise<readonly KeptUse[]>;
  /** Frees what of a kind is not in use; it works while the app runs. */
  readonly free: (kind: KeptKind) => Promise<FreedFiles>;
}
