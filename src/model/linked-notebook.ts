import type { SchemaField, SchemaId } from './data-schema.ts';
import type { NotebookId } from './ids.ts';
import type { Notebook } from './notebook.ts';

/** A data schema that a notebook of a link names, by the id that it has there. */
export interface LinkedSchema {
  readonly id: SchemaId;
  readonly name: string;
  readonly description: string;
  readonly fields: readonly SchemaField[];
}

export interface LinkedFile {
  readonly path: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** A notebook as a link brings it: what was written, and nothing of what runs did. */
export interface LinkedNotebook {
  readonly content: Pick<Notebook, 'title' | 'cells' | 'connections' | 'requirements'>;
  readonly files: readonly LinkedFile[];
  readonly schemas: readonly LinkedSchema[];
  /** What its author's notebook has beside that, as `NotebookLink` says it. */
  readonly leftOut: readonly string[];
  /** Tells its links from those of other notebooks, not what it is called here; null in a link that does not say. */
  readonly notebookId: NotebookId | null;
  /** The hash of all but its title: another link of the same notebook with the same has nothing else in it. */
  readonly edition: string;
}

/** A notebook as the text of a link. */
export interface NotebookLink {
  /** Stands in addresses as it is. */
  readonly text: string;
  /** What of the notebook does not go along, each as a part of a sentence: “the wheel six-1.0.whl”. Results never do. */
  readonly leftOut: readonly string[];
}

/**
 * What links may have, in characters of the whole address. Some programs cut or refuse addresses of more than 8,000; browsers
 * take 32,000.
 */
export const linkLimits = { recommended: 8_000, most: 32_000 } as const;

/** Before the text of a notebook in the hash of an address. */
export const linkPrefix = '#notebook=';
