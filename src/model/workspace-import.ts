import type { ImportId, NotebookId, WorkspaceId } from './ids.ts';
import type { PickedParts } from './workspace-parts.ts';

/** What becomes of a file: a workspace of its own beside the others; its contents beside what is here; or in the place of all that is here. */
export type ImportWay = 'new' | 'merge' | 'replace';

/** For what is here already and differs: keep what is here, take what the file has, or both (the file's gets ids of its own). */
export type ConflictChoice = 'keep' | 'take' | 'both';

export type ImportedKind =
  'notebook' | 'schema' | 'model' | 'model-group' | 'profile' | 'production-line' | 'schedule';

/** One thing of the file beside what is here. */
export interface ImportItem {
  readonly kind: ImportedKind;
  readonly id: string;
  readonly title: string;
  /** Of what is here; null where it is not here. */
  readonly hereTitle: string | null;
  /** new: not here; same: here, alike in all that counts; different: here with the same id, or the same unique name, and other content. */
  readonly state: 'new' | 'same' | 'different';
  /** Of what the file has; milliseconds since 1970, null where it has none. */
  readonly changedAt: number | null;
  /** Of what is here; null where it has none, or is not here. */
  readonly hereChangedAt: number | null;
  /** Why `both` cannot be chosen, a sentence; null where it can. */
  readonly bothProblem: string | null;
}

/** How much of each kind is in a file. */
export interface ImportCounts {
  readonly cells: number;
  readonly jobs: number;
  readonly sessions: number;
  readonly versions: number;
  readonly datasets: number;
  readonly checkpoints: number;
}

/** What is in a file, and what of it is here already. */
export interface ImportSummary {
  /** Of the workspace in the file. */
  readonly title: string;
  readonly appVersion: string;
  /** Which parts the file carries. */
  readonly picked: PickedParts;
  /** Of all that is in it, unpacked. */
  readonly byteSize: number;
  readonly items: readonly ImportItem[];
  readonly counts: ImportCounts;
  /** That its policy would allow. */
  readonly hosts: readonly string[];
  /**
   * Values that are not in the file: how many were left out by who made it and are not in the open workspace either, and those
   * that were lost there, named by what shows them.
   */
  readonly absent: { readonly notPicked: number; readonly lost: readonly string[] };
  /** What could not be read where it was made, a sentence each. */
  readonly problems: readonly string[];
  /** Of a backup or a rescue; absent for a workspace file. */
  readonly salvaged?: SalvagedFile;
}

/** A workspace in what was stored in a browser. */
export interface SalvagedWorkspace {
  readonly id: WorkspaceId;
  readonly title: string;
  /** Those that are not in the trash. */
  readonly notebookCount: number;
  readonly isInTrash: boolean;
}

/** What is known of a file that is a copy of what was stored in a browser. */
export interface SalvagedFile {
  /** backup: made before a migration, without values; rescue: of all that could be read. */
  readonly kind: 'backup' | 'rescue';
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
  readonly workspaces: readonly SalvagedWorkspace[];
  /** The one that the rest is about. */
  readonly chosen: WorkspaceId;
  /** Notebooks that came with files which were not trusted there. */
  readonly distrustedCount: number;
}

export interface ConflictDecision {
  readonly kind: ImportedKind;
  readonly id: string;
  readonly choice: ConflictChoice;
}

export interface ImportChoice {
  readonly way: ImportWay;
  /** By kind and id; `keep` where one is not named. They count where the way is `merge`. */
  readonly conflicts: readonly ConflictDecision[];
  /** Of the workspace that is made where the way is `new`. */
  readonly title: string;
}

export interface ImportResult {
  readonly importId: ImportId;
  readonly workspaceId: WorkspaceId;
  /** The first, to be opened; null where the file has none. */
  readonly notebookId: NotebookId | null;
  /** Notebooks that it put into the trash, by the ids that they have there. */
  readonly trashedIds: readonly NotebookId[];
  /** A sentence for each thing that could not come along. */
  readonly losses: readonly string[];
}
