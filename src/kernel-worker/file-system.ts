import type { PyodideAPI } from 'pyodide';

export type FileSystem = PyodideAPI['FS'];

/** The names in a directory. */
export function listEntries(files: FileSystem, path: string): string[] {
  const names: string[] = files.readdir(path);
  return names.filter((name) => name !== '.' && name !== '..');
}

/** The paths of all files below a directory, relative to it; links and what Python compiles for itself are left out. */
export function listFiles(files: FileSystem, directory: string, prefix = ''): string[] {
  return listEntries(files, directory).flatMap((name) => {
    const { mode } = files.lstat(`${directory}/${name}`);
    if (files.isDir(mode)) {
      return name === '__pycache__' ? [] : listFiles(files, `${directory}/${name}`, `${prefix}${name}/`);
    }
    return files.isFile(mode) ? [prefix + name] : [];
  });
}

/** Changes when the file is written. */
export function readStamp(files: FileSystem, path: string): string {
  const { mtime, size, ino } = files.stat(path);
  return `${Number(mtime)} ${size} ${ino}`;
}

/** Removes a file, or a directory with all that is in it. */
export function removeTree(files: FileSystem, path: string): void {
  const { mode } = files.lstat(path);
  if (!files.isDir(mode)) {
    files.unlink(path);
    return;
  }
  for (const name of listEntries(files, path)) removeTree(files, `${path}/${name}`);
  files.rmdir(path);
}
