const foreignFolders = new Set(['__MACOSX', '__pycache__', 'node_modules', 'venv']);

/**
 * Whether a file of a folder or zip can matter to a flow. What packages, version control and the editor keep there is not
 * even read.
 */
export function isTakenAlong(path: string): boolean {
  return !path.split('/').some((part) => part.startsWith('.') || foreignFolders.has(part));
}
