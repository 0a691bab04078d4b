/** Folders of the browser's private file system, or caches where there is none, in which workers keep files for later visits. */
export const snapshotFolder = 'cahier-python';
export const wheelFolder = 'cahier-wheels';

/** The lock of the one who writes a snapshot. */
export function nameSnapshotWriter(name: string): string {
  return `cahier-snapshot:${name}`;
}

/** The lock that whoever reads from the file of a snapshot has. */
export function nameSnapshotUse(name: string): string {
  return `cahier-snapshot-in-use:${name}`;
}

/** The lock of the one who writes a packed wheel. */
export function nameWheelWriter(name: string): string {
  return `${wheelFolder}:${name}`;
}
