import { hashBytes } from '../shared/hash-bytes.ts';
import { BlobHash, type NotebookId } from './ids.ts';
import { listContentValues, type Notebook } from './notebook.ts';
import type { StoredValue } from './preview.ts';

/** Where a lesson came from. */
export type LessonSource =
  /** One that is shipped with the app; `edition` is the hash of the example as it was then. */
  | { readonly kind: 'example'; readonly exampleId: string; readonly edition: string }
  /** A file that somebody handed over. */
  | { readonly kind: 'file'; readonly name: string }
  | { readonly kind: 'address'; readonly address: string }
  /** A link that held the notebook: which one it was of for its author, and the hash of what was in it. */
  | { readonly kind: 'link'; readonly notebookId: NotebookId | null; readonly edition: string };

/** A notebook that was opened as a lesson knows what it was like then. */
export interface Lesson {
  readonly source: LessonSource;
  /** What it held when it was opened: `LessonContent` as JSON, kept as a value. */
  readonly original: BlobHash;
  /** Of the original. */
  readonly byteSize: number;
  /** The values that the original names: they stay for as long as the notebook does, so that it can be had again. */
  readonly values: readonly StoredValue[];
}

/** What a person can change in a lesson. Its title is theirs. */
export type LessonContent = Pick<Notebook, 'cells' | 'connections' | 'files' | 'requirements' | 'wheels'>;

/** The notebook as a lesson whose original is as it stands now, and that original, to be stored with it. */
export async function keepOriginal<Given extends Notebook>(
  notebook: Given,
  source: LessonSource,
): Promise<{
  readonly notebook: Given & { readonly lesson: Lesson };
  readonly blob: { readonly hash: BlobHash; readonly content: Blob };
}> {
  const { cells, connections, files, requirements, wheels } = notebook;
  const content: LessonContent = { cells, connections, files, requirements, wheels };
  const bytes = new TextEncoder().encode(JSON.stringify(content));
  const original = BlobHash.from(await hashBytes(bytes));
  const values = new Map(listContentValues(content).map((value) => [value.blob, value]));
  return {
    notebook: {
      ...notebook,
      lesson: { source, original, byteSize: bytes.byteLength, values: [...values.values()] },
    },
    blob: { hash: original, content: new Blob([bytes], { type: 'application/json' }) },
  };
}
