import { ImportId, type WorkspaceId } from './ids.ts';

/** A workspace file that was imported, and whether what came with it may run. */
export interface ImportedFile {
  readonly id: ImportId;
  readonly workspaceId: WorkspaceId;
  /** The file's name, the address it came from, or to what a link leads. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly importedAt: number;
  readonly isTrusted: boolean;
}

/** What came with a workspace file names its import; what was made here names none. */
export interface Imported {
  readonly importId?: ImportId;
}

/** Says of a thing why nothing of it may run, as the end of a sentence that begins with it; null where it may. */
export type DescribeDistrust = (thing: Imported) => string | null;

/** Stands for an import that cannot be made out. No record has it, so what names it is never trusted. */
export const unknownImport = ImportId.from('');

/** Of a longer name, only the beginning is in a sentence. */
const longestName = 100;

/** How a file is called in sentences. What turns the letters around it, or is no letter, is left out: whoever named it wants to be trusted. */
export function nameImport({ name }: Pick<ImportedFile, 'name'>): string {
  const plain = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim();
  if (plain === '') return 'a file without a name';
  const letters = [...plain];
  return letters.length > longestName ? `${letters.slice(0, longestName).join('').trimEnd()}…` : plain;
}

/** The same without the import that it came with: in a file nothing says whether it may run elsewhere. */
export function forgetImport<Value extends Imported>({
  importId: _importId,
  ...rest
}: Value): Omit<Value, 'importId'> {
  return rest;
}
