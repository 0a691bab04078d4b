import type { DatasetBuffers } from './dataset.ts';
import type { StoredTable, StoredValue } from './preview.ts';

/** A value that a job put out, as it leaves Python. */
export type OutputValue =
  | { readonly kind: 'dataset'; readonly dataset: DatasetBuffers }
  /** JSON as Python writes it: NaN, Infinity and whole numbers of any size may stand in it. */
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'secret'; readonly text: string }
  | { readonly kind: 'binary'; readonly data: Uint8Array<ArrayBuffer> }
  | {
      readonly kind: 'variable';
      /** By which Python finds the object, for as long as it runs. */
      readonly key: string;
      readonly typeName: string;
      /** How the object is written, at most 1,000 characters of it. */
      readonly summary: string;
      /** Its pickle; null where it has none, and `reason` says why. */
      readonly data: Uint8Array<ArrayBuffer> | null;
      readonly reason: string | null;
    };

export interface JobOutput {
  readonly handle: string;
  readonly value: OutputValue;
}

/** A value that a job put out, as stored. */
export type StoredOutput =
  | ({ readonly kind: 'dataset'; readonly handle: string } & StoredTable)
  /** A short text stands in the record itself. */
  | ({ readonly kind: 'json'; readonly handle: string; readonly text: string | null } & StoredValue)
  | { readonly kind: 'secret'; readonly handle: string; readonly text: string; readonly hash: string }
  | ({ readonly kind: 'binary'; readonly handle: string } & StoredValue)
  | {
      readonly kind: 'variable';
      readonly handle: string;
      readonly key: string;
      readonly typeName: string;
      readonly summary: string;
      readonly pickle: StoredValue | null;
      readonly reason: string | null;
      /** The Python that has the object. */
      readonly kernelId: string | null;
    };

export type StoredDataset = Extract<StoredOutput, { kind: 'dataset' }>;

/** JSON of up to this many bytes stands in the job's record. */
export const longestInlineJson = 10_000;

/** What tells the value from others: equal ones mean that what was made of it would be the same. */
export function getFingerprint(output: StoredOutput): string {
  switch (output.kind) {
    case 'dataset':
    case 'json':
    case 'binary':
      return output.blob;
    case 'secret':
      return output.hash;
    case 'variable':
      return output.pickle?.blob ?? output.key;
  }
}

/** Whether the value can be handed to a job of a Python: an object without a pickle lives in the one that made it. */
export function isAvailable(output: StoredOutput, kernelId: string | null): boolean {
  return output.kind !== 'variable' || output.pickle !== null || output.kernelId === kernelId;
}

/** The values of an output that are kept by themselves. */
export function listOutputValues(output: StoredOutput): StoredValue[] {
  switch (output.kind) {
    case 'dataset':
    case 'binary':
      return [output];
    case 'json':
      return output.text === null ? [output] : [];
    case 'secret':
      return [];
    case 'variable':
      return output.pickle ? [output.pickle] : [];
  }
}

/** Bytes of an output's value that stand in the job's record itself. */
export function measureInline(output: StoredOutput): number {
  return output.kind === 'json' && output.text !== null ? output.byteSize : 0;
}
