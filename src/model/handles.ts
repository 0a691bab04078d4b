import type { BlobHash, CellId } from './ids.ts';
import type { DatasetSummary } from './dataset.ts';

export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** A JSON Schema as it was written, with the hints for widgets and the media types that OOMOL adds. */
export type JsonSchema = Readonly<Record<string, JsonValue>>;

/**
 * How a value of a handle travels. json: as JSON; variable: the Python object itself; binary: bytes through a file
 * of the session; secret: a text that is masked wherever it would be seen.
 */
export type HandleKind = 'json' | 'variable' | 'binary' | 'secret';

/** The `contentMediaType` of a schema that stands for each kind but the first. */
export const handleMediaTypes = {
  variable: 'oomol/var',
  binary: 'oomol/bin',
  secret: 'oomol/secret',
} as const satisfies Partial<Record<HandleKind, string>>;

/** What inputs and outputs have in common. */
export interface Handle {
  /** Any text that is not empty; of the inputs of a cell no two have the same, and neither of its outputs. */
  readonly name: string;
  readonly description: string;
  /** An empty one allows every value. */
  readonly schema: JsonSchema;
  readonly isNullable: boolean;
  /** Added to a task by the flow that uses it, beside those that its author gave it. */
  readonly isAdditional: boolean;
}

/** A value that a person gave an input. */
export type InputValue =
  /**
   * JSON as typed; a path in the virtual file system is a text in it. For an input of bytes it is the path of a file of
   * the notebook, whose bytes they are.
   */
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'secret'; readonly text: string }
  /** A dataset of the workspace as it was when it was chosen. */
  | ({ readonly kind: 'dataset' } & ChosenDataset);

/** A dataset as it was when it was chosen. */
export interface ChosenDataset {
  /** Says where it was found. */
  readonly title: string;
  readonly summary: DatasetSummary;
  readonly blob: BlobHash;
  readonly byteSize: number;
}

export interface InputHandle extends Handle {
  /** JSON; null where there is none. */
  readonly defaultValue: string | null;
  /** What was set on the cell; null where nothing was. */
  readonly value: InputValue | null;
}

export type OutputHandle = Handle;

/** One end of a connection. */
export interface HandlePlace {
  readonly cellId: CellId;
  readonly handle: string;
}

/** Hands a cell's output to another cell's input. No input has more than one, and they form no circle. */
export interface Connection {
  readonly from: HandlePlace;
  readonly to: HandlePlace;
}

export function getHandleKind({ schema }: Pick<Handle, 'schema'>): HandleKind {
  switch (schema['contentMediaType']) {
    case handleMediaTypes.variable:
      return 'variable';
    case handleMediaTypes.binary:
      return 'binary';
    case handleMediaTypes.secret:
      return 'secret';
    default:
      return 'json';
  }
}

/** Whether a DataFrame fits: into what takes Python objects, and where the schema says nothing of types. */
export function takesDataset(handle: Pick<Handle, 'schema'>): boolean {
  switch (getHandleKind(handle)) {
    case 'variable':
      return true;
    case 'json':
      return jsonKeywords.every((keyword) => !(keyword in handle.schema));
    case 'binary':
    case 'secret':
      return false;
  }
}

/** Keywords of which each says something that no DataFrame can be. */
const jsonKeywords = ['type', 'enum', 'const', 'anyOf', 'oneOf', 'allOf', '$ref', 'contentMediaType'];
