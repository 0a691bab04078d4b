import type { BlobHash, ModelId } from './ids.ts';
import type { InstalledPackage } from './job-request.ts';

/** A version of a model that a job was given, with the name that the model had. */
export interface LoadedModel {
  readonly modelId: ModelId;
  readonly name: string;
  readonly number: number;
}

/** A version that a job saved. The model keeps its pickle, and the record of the job does not. */
export interface SavedModel extends LoadedModel {
  /** The names of the model groups that it went into. */
  readonly groups: readonly string[];
  readonly typeName: string;
  readonly blob: BlobHash;
  readonly byteSize: number;
}

/** A model that a script has added, when its pickle has a hash. */
export interface MadeModel {
  readonly name: string;
  readonly groups: readonly string[];
  readonly typeName: string;
  readonly pythonVersion: string;
  /** Those that the pickle names modules of. */
  readonly packages: readonly InstalledPackage[];
  readonly blob: BlobHash;
  readonly byteSize: number;
}
