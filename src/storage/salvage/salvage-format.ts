/** Says what kind of file it is; in `about.json`. */
export const salvageFormatName = 'cahier-records';

/** Higher with every change that readers of before would take wrongly. */
export const salvageFormatVersion = 1;

export const aboutPath = 'about.json';

/** The store whose values are files of their own. */
export const blobStore = 'blobs';
/** Browsers let no key out. */
export const keyStore = 'signingKeys';

/** backup: the records alone, as values are not touched by migrations; rescue: all that can be read. */
export type SalvageKind = 'backup' | 'rescue';

/** Where the records of a store are, by its name or what stands for that in a path. */
export function toRecordsPath(plainName: string): string {
  return `records/${plainName}.jsonl`;
}

const recordsPath = /^records\/([A-Za-z0-9-]{1,80})\.jsonl$/;

/** The store whose records are there; null where a path is that of none. */
export function readRecordsPath(path: string): string | null {
  return recordsPath.exec(path)?.[1] ?? null;
}

/** Whether a zip with these paths is what was stored in a browser. */
export function isSalvage(paths: ReadonlySet<string>): boolean {
  return paths.has(aboutPath) && [...paths].some((path) => readRecordsPath(path) !== null);
}

/** How such files are named by who makes them. */
export const salvageName = /^cahier-(?:rescue|backup)-.*\.zip$/i;
