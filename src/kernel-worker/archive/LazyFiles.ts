import { logger } from '../../shared/logger.ts';
import type { ArchiveIndex } from './archive-index.ts';
import {
  errorNumbers,
  type EmscriptenFiles,
  type FileNode,
  type NodeOperations,
  type StreamOperations,
} from './emscripten-files.ts';
import { FileTree, type ArchiveSources, type TreeEntry, type TreeFile } from './FileTree.ts';

/**
 * Modes as on any disk. That it cannot be written to is told by EROFS: without the bits for writing, Emscripten
 * would answer EACCES before it asks us.
 */
const fileMode = 0o100644;
const folderMode = 0o040755;

const blockBytes = 4096;

/** `ST_RDONLY` of statvfs. */
const readOnlyFlag = 1;

/** The bits of a stream's flags that say whether it is to be written to. */
const writingFlags = 3;

/**
 * A read-only file system for Python over package archives: nodes are made when they are looked up, and what is read
 * comes straight out of the archive. Archives can be added while Python runs; call `importlib.invalidate_caches()` then.
 */
export class LazyFiles {
  readonly #files: EmscriptenFiles;
  readonly #tree = new FileTree();
  readonly #entries = new WeakMap<FileNode, TreeEntry>();
  readonly #nodeOperations: NodeOperations;
  readonly #streamOperations: StreamOperations;

  constructor(files: EmscriptenFiles) {
    this.#files = files;
    this.#nodeOperations = this.#createNodeOperations();
    this.#streamOperations = this.#createStreamOperations();
  }

  /** Shows the files in a folder, which is made where there is none. To be called once. */
  mount(path: string): void {
    this.#files.mkdirTree(path);
    this.#files.mount({ mount: () => this.#createNode(null, '/', this.#tree.root) }, {}, path);
  }

  /**
   * Adds the files of an archive; its bytes are asked for when the first is read. A path that another archive has
   * already stays that one's. Returns the paths left out so.
   */
  add(index: ArchiveIndex, from: ArchiveSources): string[] {
    return this.#tree.add(index, from);
  }

  #createNode(parent: FileNode | null, name: string, entry: TreeEntry): FileNode {
    const node = this.#files.createNode(parent, name, entry.kind === 'file' ? fileMode : folderMode);
    node.node_ops = this.#nodeOperations;
    node.stream_ops = this.#streamOperations;
    this.#entries.set(node, entry);
    return node;
  }

  #createNodeOperations(): NodeOperations {
    const refuse = (): never => this.#fail(errorNumbers.readOnly);
    return {
      getattr: (node) => {
        const entry = this.#entryOf(node);
        const size = entry.kind === 'file' ? entry.entry.length : blockBytes;
        return {
          ...{ dev: 1, ino: node.id, mode: node.mode, nlink: 1, uid: 0, gid: 0, rdev: 0, size },
          ...{ atime: entry.modified, mtime: entry.modified, ctime: entry.modified },
          ...{ blksize: blockBytes, blocks: Math.ceil(size / blockBytes) },
        };
      },
      lookup: (parent, name) => {
        const folder = this.#entryOf(parent);
        const child = folder.kind === 'folder' ? folder.children.get(name) : undefined;
        return child ? this.#createNode(parent, name, child) : this.#fail(errorNumbers.missing);
      },
      readdir: (node) => {
        const folder = this.#entryOf(node);
        return ['.', '..', ...(folder.kind === 'folder' ? folder.children.keys() : [])];
      },
      statfs: () => ({ flags: readOnlyFlag, bfree: 0, bavail: 0 }),
      setattr: refuse,
      mknod: refuse,
      rename: refuse,
      unlink: refuse,
      rmdir: refuse,
      symlink: refuse,
    };
  }

  #createStreamOperations(): StreamOperations {
    return {
      open: (stream) => {
        if ((stream.flags & writingFlags) === 0) return;
        // Emscripten has given it a descriptor already, and would not take it back.
        this.#files.closeStream(stream.fd);
        this.#fail(errorNumbers.readOnly);
      },
      llseek: (stream, offset, whence) => {
        const entry = this.#entryOf(stream.node);
        const size = entry.kind === 'file' ? entry.entry.length : 0;
        const position = offset + ([0, stream.position, size][whence] ?? 0);
        return position < 0 ? this.#fail(errorNumbers.invalid) : position;
      },
      read: (stream, target, targetOffset, length, position) => {
        const bytes = this.#read(stream.node).subarray(position, position + length);
        target.set(bytes, targetOffset);
        return bytes.byteLength;
      },
      mmap: ({ node }, ...place) => {
        const memory = this.#files.filesystems.MEMFS.stream_ops;
        return memory.mmap({ node: { mode: node.mode, contents: this.#read(node) } }, ...place);
      },
    };
  }

  #entryOf(node: FileNode): TreeEntry {
    return this.#entries.get(node) ?? this.#fail(errorNumbers.missing);
  }

  #read(node: FileNode): Uint8Array {
    const file = this.#entryOf(node);
    return file.kind === 'file' ? this.#view(file) : this.#fail(errorNumbers.invalid);
  }

  /** Any other error than a number would end Python. */
  #view({ entry, holder }: TreeFile): Uint8Array {
    try {
      return holder.read(entry);
    } catch (error) {
      logger.error(`${entry.path} could not be read from the ${holder.name}`, error);
      return this.#fail(errorNumbers.inputOutput);
    }
  }

  #fail(errorNumber: number): never {
    throw new this.#files.ErrnoError(errorNumber);
  }
}
