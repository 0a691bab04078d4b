import type { ArchiveEntry, ArchiveIndex } from './archive-index.ts';

/** Gives the content of an entry, checked. Called at every read: it is to remember what it fetched. May throw. */
export type FileSource = (entry: ArchiveEntry) => Uint8Array;

/** Where the two files of a package come from. */
export interface ArchiveSources {
  readonly archive: FileSource;
  /** Asked for when a module's source is read, for a traceback or by `inspect`. */
  readonly sources: FileSource;
}

export type TreeEntry = TreeFolder | TreeFile;

export interface TreeFolder {
  readonly kind: 'folder';
  readonly children: Map<string, TreeEntry>;
  modified: Date;
}

export interface TreeFile {
  readonly kind: 'file';
  readonly entry: ArchiveEntry;
  readonly holder: FileHolder;
  readonly modified: Date;
}

/** The unpacked file that an entry lies in. */
export interface FileHolder {
  /** For the console. */
  readonly name: string;
  readonly read: FileSource;
}

/** All times count from here, so that they are the same in every start. */
const firstModified = Date.UTC(2025, 0, 1);

/** The files of several archives, as the one tree of folders that Python sees. */
export class FileTree {
  readonly root: TreeFolder = { kind: 'folder', children: new Map(), modified: new Date(firstModified) };
  #additions = 0;

  /**
   * Adds the files of an archive. Folders that get something new have another time of change after it, by which
   * Python's finders know that they have to look again. What is there already stays; returns the paths left out for it.
   */
  add(index: ArchiveIndex, from: ArchiveSources): string[] {
    const { name, version } = index;
    const archive = { name: `archive of ${name} ${version}`, read: from.archive };
    const sources = { name: `sources of ${name} ${version}`, read: from.sources };
    this.#additions += 1;
    const modified = new Date(firstModified + this.#additions * 1000);
    const files = [
      ...[...index.files, ...index.libraries].map((entry) => ({ entry, holder: archive })),
      ...index.sources.map((entry) => ({ entry, holder: sources })),
    ];
    return files
      .filter((file) => !this.#addFile({ kind: 'file', modified, ...file }))
      .map(({ entry }) => entry.path);
  }

  #addFile(file: TreeFile): boolean {
    const { modified } = file;
    const names = file.entry.path.split('/');
    const fileName = names.pop() ?? '';
    let folder = this.root;
    for (const name of names) {
      let child = folder.children.get(name);
      if (!child) {
        child = { kind: 'folder', children: new Map(), modified };
        folder.children.set(name, child);
        folder.modified = modified;
      }
      if (child.kind === 'file') return false;
      folder = child;
    }
    if (folder.children.has(fileName)) return false;
    folder.children.set(fileName, file);
    folder.modified = modified;
    return true;
  }
}
