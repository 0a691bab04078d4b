/**
 * The part of Emscripten's file system that is used here. Its own types stand in a package that describes another
 * version, and leave out what a file system is made of.
 * https://emscripten.org/docs/api_reference/Filesystem-API.html
 */
export interface EmscriptenFiles {
  readonly ErrnoError: new (errorNumber: number) => Error;
  readonly filesystems: {
    readonly MEMFS: { readonly stream_ops: { readonly mmap: MapMemory<MappedNode> } };
  };
  mkdirTree(path: string): void;
  mount(type: FileSystemType, options: object, mountPoint: string): unknown;
  createNode(parent: FileNode | null, name: string, mode: number): FileNode;
  closeStream(descriptor: number): void;
}

/** A kind of file system, as `FS.mount` takes it. */
export interface FileSystemType {
  readonly mount: () => FileNode;
}

/** A file or a folder. */
export interface FileNode {
  readonly id: number;
  readonly mode: number;
  node_ops: Partial<NodeOperations>;
  stream_ops: Partial<StreamOperations>;
}

/** An open file. */
export interface FileStream {
  readonly fd: number;
  readonly node: FileNode;
  readonly flags: number;
  readonly position: number;
}

/** What `stat` tells. */
export interface FileAttributes {
  readonly dev: number;
  readonly ino: number;
  readonly mode: number;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev: number;
  readonly size: number;
  readonly atime: Date;
  readonly mtime: Date;
  readonly ctime: Date;
  readonly blksize: number;
  readonly blocks: number;
}

export interface NodeOperations {
  getattr(node: FileNode): FileAttributes;
  setattr(node: FileNode, attributes: unknown): void;
  lookup(parent: FileNode, name: string): FileNode;
  readdir(node: FileNode): string[];
  mknod(): never;
  rename(): never;
  unlink(): never;
  rmdir(): never;
  symlink(): never;
  statfs(): { readonly flags: number; readonly bfree: number; readonly bavail: number };
}

export interface StreamOperations {
  open(stream: FileStream): void;
  llseek(stream: FileStream, offset: number, whence: number): number;
  read(
    stream: FileStream,
    target: Uint8Array | Int8Array,
    targetOffset: number,
    length: number,
    position: number,
  ): number;
  mmap: MapMemory<FileNode>;
}

/** Copies a part of a file into Python's memory and says where that is. */
export type MapMemory<Node> = (
  stream: { readonly node: Node },
  length: number,
  position: number,
  protection: number,
  flags: number,
) => { readonly ptr: number; readonly allocated: boolean };

/** What MEMFS looks at of a node to map its file. */
export interface MappedNode {
  readonly mode: number;
  readonly contents: Uint8Array;
}

/** Numbers of errors as WASI counts them. */
export const errorNumbers = { invalid: 28, inputOutput: 29, missing: 44, readOnly: 69 } as const;
