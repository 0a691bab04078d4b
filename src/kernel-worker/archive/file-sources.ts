import { viewEntry, type ArchiveEntry } from './archive-index.ts';
import { crc32 } from './crc32.ts';
import type { FileSource } from './FileTree.ts';

/** The entries of an unpacked file whose hash was compared. `read` is to remember what it fetched. */
export function readWhole(read: () => Uint8Array, sizeBytes: number): FileSource {
  return (entry) => {
    const bytes = read();
    if (bytes.byteLength !== sizeBytes) throw new Error(`it has ${bytes.byteLength} bytes, not ${sizeBytes}`);
    return viewEntry(bytes, entry);
  };
}

/**
 * The entries of an archive of which only a part is read at a time. One that is damaged or cannot be read is taken from
 * `instead`, and so are all others after it. `onDamage` is told the first time.
 */
export function readParts(
  readPart: (entry: ArchiveEntry) => Uint8Array,
  instead: FileSource,
  onDamage: (problem: string) => void,
): FileSource {
  // Python reads a file in two pieces or more.
  let last: { readonly entry: ArchiveEntry; readonly content: Uint8Array } | null = null;
  let isDamaged = false;
  return (entry) => {
    if (last?.entry === entry) return last.content;
    if (isDamaged) return instead(entry);
    try {
      const content = readPart(entry);
      if (content.byteLength !== entry.length || crc32(content) !== entry.crc32) {
        throw new Error(`${entry.path} is damaged`);
      }
      last = { entry, content };
      return content;
    } catch (error) {
      isDamaged = true;
      onDamage(error instanceof Error ? error.message : String(error));
      return instead(entry);
    }
  };
}
