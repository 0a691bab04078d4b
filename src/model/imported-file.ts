import { nameOfAddress } from './file-address.ts';
import { ImportId, type WorkspaceId } from './ids.ts';

/** A workspace file that was imported, or a link that was opened, and whether what came with it may run. */
export interface ImportedFile {
  readonly id: ImportId;
  readonly workspaceId: WorkspaceId;
  /** The file's name, the address it came from, or the title of the notebook that a link held. */
  readonly name: string;
  /** Where it was a link that holds the notebook itself. */
  readonly isLink?: true;
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

/** What of an import stands in sentences about it. */
export type NamedImport = Pick<ImportedFile, 'name' | 'isLink'>;

/**
 * How a file is called in sentences, without the marks around it. What turns the letters around it, is no letter, or would end
 * what is quoted is left out: whoever named it wants to be trusted.
 */
export function nameImport({ name }: Pick<ImportedFile, 'name'>): string {
  const plain = name
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[“”]/g, '"')
    .trim();
  if (plain === '') return 'a file without a name';
  const letters = [...plain];
  return letters.length > longestName ? `${letters.slice(0, longestName).join('').trimEnd()}…` : plain;
}

/**
 * What somebody is asked to trust, as a part of a sentence: “lesson.cahier”, “lesson.cahier” from course.example, the link to
 * “Sales”. A host is never cut: its end says whose it is.
 */
export function describeImport(
  file: NamedImport,
  shorten: (name: string) => string = (name) => name,
): string {
  const quote = (name: string): string => `“${shorten(nameImport({ name }))}”`;
  if (file.isLink) return `the link to ${quote(file.name)}`;
  const address = findImportAddress(file);
  return address ? `${quote(nameOfAddress(address))} from ${address.host}` : quote(file.name);
}

/** How something came in, as the predicate of a sentence. */
export function describeArrival(file: NamedImport): string {
  return `came ${file.isLink ? 'by' : 'with'} ${describeImport(file)}`;
}

/** What is trusted, in a word. */
export function nameSource({ isLink }: NamedImport): 'file' | 'link' {
  return isLink ? 'link' : 'file';
}

/** The address that a file was fetched from; null where it was handed over, or there was none. */
export function findImportAddress({ name, isLink }: NamedImport): URL | null {
  return !isLink && /^https?:\/\//i.test(name) && URL.canParse(name) ? new URL(name) : null;
}

/** The same without the import that it came with: in a file nothing says whether it may run elsewhere. */
export function forgetImport<Value extends Imported>({
  importId: _importId,
  ...rest
}: Value): Omit<Value, 'importId'> {
  return rest;
}
