import { toMessage } from '../../shared/to-message.ts';
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

/** A kept file that archives are read from. */
export interface FileHealth {
  isDamaged: boolean;
  /** Told once. */
  readonly onDamage: (problem: string) => void;
}

/**
 * The entries of an archive of which only a part is read at a time. Once one is damaged or cannot be read, it and all
 * later ones of the same file are taken from `instead`.
 */
export function readParts(
  readPart: (entry: ArchiveEntry) => Uint8Array,
  instead: FileSource,
  health: FileHealth,
): FileSource {
  // Python reads a file in two pieces or more.
  let last: { readonly entry: ArchiveEntry; readonly content: Uint8Array } | null = null;
  return (entry) => {
    if (last?.entry === entry) return last.content;
    if (health.isDamaged) return instead(entry);
    try {
      const content = readPart(entry);
      if (content.byteLength !== entry.length || crc32(content) !== entry.crc32) {
        throw new Error(`${entry.path} is damaged`);
      }
      last = { entry, content };
      return content;
    } catch (error) {
      health.isDamaged = true;
      health.onDamage(toMessage(error));
      return instead(entry);
    }
  };
}
