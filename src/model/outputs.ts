import type { DatasetBuffers } from './dataset.ts';
import { hashText } from './hash-text.ts';
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

/** An input that an output was sent to. */
export interface OutputTarget {
  /** What scripts know its cell by. */
  readonly nodeId: string;
  /** The title of its cell. */
  readonly title: string;
  readonly inputHandle: string;
}

/** Where an output was put out, and for whom. */
export interface OutputAddress {
  readonly handle: string;
  /**
   * The inputs that alone get it. Absent: it is for all that are connected and no target of another output of the
   * handle; no input is the target of two.
   */
  readonly targets?: readonly OutputTarget[];
}

export interface JobOutput extends OutputAddress {
  readonly value: OutputValue;
}

/** A value that a job put out, as stored. */
export type StoredOutput = OutputAddress & StoredContent;

type StoredContent =
  | ({
      readonly kind: 'dataset';
      /** Files whose rows go before those of `blob`, the first rows first; absent where there are none. */
      readonly earlier?: readonly StoredValue[];
    } & StoredTable)
  /** A short text stands in the record itself. */
  | ({ readonly kind: 'json'; readonly text: string | null } & StoredValue)
  | { readonly kind: 'secret'; readonly text: string; readonly hash: string }
  | ({ readonly kind: 'binary' } & StoredValue)
  | {
      readonly kind: 'variable';
      readonly key: string;
      readonly typeName: string;
      readonly summary: string;
      readonly pickle: StoredValue | null;
      readonly reason: string | null;
      /** The Python that has the object. */
      readonly kernelId: string | null;
    };

export type StoredDataset = Extract<StoredOutput, { kind: 'dataset' }>;

/** The files that hold a dataset, the first rows first. */
export function listTableFiles(
  dataset: StoredValue & Pick<StoredDataset, 'earlier'>,
): readonly [StoredValue, ...StoredValue[]] {
  const { earlier: [first, ...others] = [] } = dataset;
  return first ? [first, ...others, dataset] : [dataset];
}

/** JSON of up to this many bytes stands in the job's record. */
export const longestInlineJson = 10_000;

/** What tells the value from others: equal ones mean that what was made of it would be the same. */
export function getFingerprint(output: StoredOutput): string {
  switch (output.kind) {
    case 'dataset':
      return output.earlier
        ? hashText(
            listTableFiles(output)
              .map(({ blob }) => blob)
              .join(),
          )
        : output.blob;
    case 'json':
    case 'binary':
      return output.blob;
    case 'secret':
      return output.hash;
    case 'variable':
      return output.pickle?.blob ?? output.key;
  }
}

/** What tells an output from the others of its job. */
export function getOutputKey({ handle, targets }: OutputAddress): string {
  return JSON.stringify([handle, targets?.map(({ nodeId, inputHandle }) => [nodeId, inputHandle])]);
}

/** What an input that is connected to the handle gets of a job's outputs; null for nothing. */
export function findOutputFor(
  { nodeId, inputHandle }: Pick<OutputTarget, 'nodeId' | 'inputHandle'>,
  handle: string,
  outputs: readonly StoredOutput[],
): StoredOutput | null {
  const candidates = outputs.filter((output) => output.handle === handle);
  const isNamed = (target: OutputTarget): boolean =>
    target.nodeId === nodeId && target.inputHandle === inputHandle;
  const named = candidates.find(({ targets }) => targets?.some(isNamed));
  return named ?? candidates.find(({ targets }) => !targets) ?? null;
}

/** What of objects is in Python's memory. */
export interface HeldObjects {
  /** The Python that runs the jobs; null where none does. */
  readonly kernelId: string | null;
  /** The keys of those that it has not let go. */
  readonly keys: ReadonlySet<string>;
}

/** Whether the value can be handed to a job: an object without a pickle lives in the Python that made it alone. */
export function isAvailable(output: StoredOutput, { kernelId, keys }: HeldObjects): boolean {
  if (output.kind !== 'variable' || output.pickle !== null) return true;
  return output.kernelId === kernelId && keys.has(output.key);
}

/** The keys of the objects among what a job put out. */
export function listKeys(outputs: readonly StoredOutput[]): string[] {
  return outputs.flatMap((output) => (output.kind === 'variable' ? [output.key] : []));
}

/** The values of an output that are kept by themselves. */
export function listOutputValues(output: StoredOutput): StoredValue[] {
  switch (output.kind) {
    case 'dataset':
      return [...listTableFiles(output)];
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
