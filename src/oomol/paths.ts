/** The folder of a path with slashes; "" is the outermost. */
export function getFolder(path: string): string {
  const end = path.lastIndexOf('/');
  return end < 0 ? '' : path.slice(0, end);
}

/** The last part of a path. */
export function getName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Follows a relative path from a folder; null where it leads out of the outermost one, or is absolute. */
export function joinPath(folder: string, relative: string): string | null {
  if (relative.startsWith('/')) return null;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

/** A folder and all those that it lies in, innermost first. */
export function listAncestors(folder: string): string[] {
  return folder === '' ? [''] : [folder, ...listAncestors(getFolder(folder))];
}

/** The path from a folder to what lies in it; null where it lies elsewhere. */
export function getPathWithin(folder: string, path: string): string | null {
  if (folder === '') return path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null;
}
