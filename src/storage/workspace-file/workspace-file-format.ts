import type { BlobHash } from '../../model/ids.ts';
import type { PickedParts } from '../../model/workspace-parts.ts';

/** Says what kind of file it is; in the manifest. */
export const formatName = 'cahier-workspace';

/** Higher with every change that readers of before would take wrongly. */
export const formatVersion = 1;

export const manifestPath = 'manifest.json';

/** Files of the workspace as a whole. A list that is empty has none. */
export const recordPaths = {
  workspace: 'workspace.json',
  settings: 'settings.json',
  profiles: 'profiles.json',
  schemas: 'schemas.json',
  models: 'models.json',
  versions: 'model-versions.json',
  groups: 'model-groups.json',
  lines: 'production-lines.json',
  schedules: 'schedules.json',
} as const;

/**
 * `notebook` lies in the folder of each notebook below `notebooks/`, beside the sources of its cells; the others in the
 * folder of the same name below `results/`, beside folders of sessions with their jobs and of logs. `jobs` holds those of no session.
 */
export const notebookFileNames = {
  notebook: 'notebook.json',
  checkpoints: 'checkpoints.json',
  jobs: 'jobs.json',
} as const;

/** One file of the zip. */
export interface ManifestEntry {
  readonly path: string;
  readonly byteSize: number;
  readonly sha256: BlobHash;
  /** Of a value that has one. */
  readonly mediaType?: string;
}

/** Why a value that a record names is not in the file. altered: its bytes are not those that it was stored with. */
export type AbsentReason = 'not-picked' | 'missing' | 'altered';

export interface AbsentValue {
  readonly sha256: BlobHash;
  readonly reason: AbsentReason;
}

/** What a workspace file says of itself. */
export interface Manifest {
  readonly format: typeof formatName;
  readonly formatVersion: number;
  readonly appVersion: string;
  readonly picked: PickedParts;
  /** All files but this one, by path. */
  readonly entries: readonly ManifestEntry[];
  /** Values that records name, by hash. */
  readonly absent: readonly AbsentValue[];
  /** A sentence for each record that could not be read and stayed where it was. */
  readonly problems: readonly string[];
}

/** Most files: more would need a format that some programs do not open. */
export const mostEntries = 65_000;
/** Most bytes of all that is in a file, for the same reason. */
export const mostBytes = 4_000_000_000;

/** Most bytes of one text. */
export const mostTextBytes = 100_000_000;
/** What is said of a longer one. */
export const tooLong = 'It is a text of more than 100 MB.';
/** Most bytes of all texts together; they are in memory while they are checked. */
export const mostTextsBytes = 1_000_000_000;

/** What is read of a zip at all. */
export const zipLimits = { files: mostEntries + 1, fileBytes: mostBytes, bytes: mostBytes };

/** Where the value of a hash is; the ending is for people, and says nothing. */
export function toValuePath(hash: BlobHash, ending: string): string {
  return `values/${hash}${ending}`;
}

const valuePath = /^values\/([0-9a-f]{64})(?:\.[a-z0-9]{1,8})?$/;

/** The hash of the value that is there; null where a path is that of none. */
export function readValuePath(path: string): string | null {
  return valuePath.exec(path)?.[1] ?? null;
}
