import { ImportId, WorkspaceId } from '../ids.ts';
import type { ImportedFile } from '../imported-file.ts';

/** An import for tests, whose id is this and which is not trusted. */
export function buildImport(id: string, partial: Partial<ImportedFile> = {}): ImportedFile {
  return {
    id: ImportId.from(id),
    workspaceId: WorkspaceId.from('workspace'),
    name: `${id}.cahier`,
    importedAt: 1_000,
    isTrusted: false,
    ...partial,
  };
}
