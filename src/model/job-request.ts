import type { CheckpointValue } from './checkpoint.ts';
import type { DataGeneratorConfiguration } from './data-generator.ts';
import type { SchemaField } from './data-schema.ts';
import type { DatasetBuffers } from './dataset.ts';
import type { DownstreamLook } from './downstream-looks.ts';
import type { InputHandle, OutputHandle } from './handles.ts';
import type { CellId, JobId, SessionId } from './ids.ts';
import type { ImageMediaType } from './job.ts';
import type { MadeModel } from './job-models.ts';
import type { NotebookWheel } from './notebook.ts';
import type { JobOutput } from './outputs.ts';
import type { ImageDetails } from './preview.ts';
import type { NotebookFile, ScriptletConfiguration } from './scriptlet.ts';
import { sessionDirectories, type LentFile } from './session-files.ts';
import type { StatementConfiguration } from './statement.ts';
import type { Result } from '../shared/result.ts';

/** What a notebook brings along beside the packages that can be imported anyway. */
export interface JobPackages {
  /** What the Python Package Index is asked for, a requirement each. */
  readonly requirements: readonly string[];
  readonly wheels: readonly JobWheel[];
}

/** A wheel that was added to the notebook; its bytes stay where they are until Python loads it. */
export interface JobWheel extends NotebookWheel {
  /** Null where the browser's storage has lost it. */
  readonly content: Blob | null;
}

/** A package that Python has, in the version that it has. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
}

export const jobDirectories = ['notebook', ...sessionDirectories] as const;

/** A directory whose files are kept. */
export type JobDirectory = (typeof jobDirectories)[number];

/** A file that a job is to find in a directory. */
export interface JobFile extends NotebookFile {
  readonly directory: JobDirectory;
  readonly content: Blob;
}

interface AnyRequest {
  readonly id: JobId;
  readonly sessionId: SessionId;
  readonly cellId: CellId;
  readonly title: string;
  readonly source: string;
  readonly packages: JobPackages;
  /** The packages that what it takes is made of, as Python's lock file spells them, whatever the script imports. */
  readonly neededPackages: readonly string[];
  /** Those of the notebook, beside which there are none in its directory when the job begins, and of the session. */
  readonly files: readonly JobFile[];
  /** Those in the directories of earlier sessions that what it takes names. */
  readonly lentFiles?: readonly LentFile[];
  /** The keys of the objects in Python's memory that are still named somewhere: the others go. */
  readonly variables: readonly string[];
  /** How many pixels of the screen make one of the page, for figures; 1 where it is not said. */
  readonly pixelRatio?: number;
}

/** A version of a model for a script, which reads its pickle from where it is kept. */
export interface ModelRequest {
  readonly name: string;
  readonly number: number;
  readonly typeName: string;
  readonly pythonVersion: string;
  readonly packages: readonly InstalledPackage[];
  /** Where it was saved, such as "by the cell “Train” of the notebook “Churn”"; null where that is not known. */
  readonly origin: string | null;
  readonly pickle: Blob;
}

export interface DataGeneratorRequest extends AnyRequest {
  readonly kind: 'data-generator';
  readonly configuration: DataGeneratorConfiguration;
  /**
   * Makes the value of `od_authorization`, by which the job proves as whom it runs: it is good for a time that begins
   * then. The problem is a sentence.
   */
  readonly authorize: () => Promise<Result<string, string>>;
  /** What it loads, each name once. */
  readonly models: readonly ModelRequest[];
}

export interface ScriptletRequest extends AnyRequest {
  readonly kind: 'scriptlet';
  readonly configuration: ScriptletConfiguration;
  /** What the script knows its cell by. */
  readonly nodeId: string;
  readonly inputHandles: readonly InputHandle[];
  readonly outputHandles: readonly OutputHandle[];
  readonly inputs: readonly InputRequest[];
  /** Where each output leads. */
  readonly downstream: readonly Downstream[];
  /** All scriptlets of the notebook in order, this one too, as `writeBlocks` writes them: few scripts ask for them. */
  readonly blocks: string;
}

export interface StatementRequest extends AnyRequest {
  readonly kind: 'statement';
  readonly configuration: Pick<StatementConfiguration, 'timeoutSeconds' | 'isBulk' | 'isDebugged'>;
  /** The rows that come in; null where nothing is connected. */
  readonly input: InputRequest | null;
  /** What they have to hold; null where any may. */
  readonly inputFields: readonly SchemaField[] | null;
  readonly outputFields: readonly SchemaField[];
  /** Null where no value is kept between runs. */
  readonly checkpoint: { readonly column: string; readonly value: CheckpointValue | null } | null;
}

/** What the kernel is asked to run. */
export type JobRequest = DataGeneratorRequest | ScriptletRequest | StatementRequest;

/** A job as it is handed to Python. */
export type HandedJob = AuthorizedRequest | ScriptletRequest | StatementRequest;

export interface AuthorizedRequest extends Omit<DataGeneratorRequest, 'authorize'> {
  /** The value of `od_authorization`. It is in no record of the job. */
  readonly authorization: string;
}

/** A value for an input, which stays where it is until the worker reads it. */
export type InputRequest =
  | { readonly handle: string; readonly kind: 'json'; readonly text: string | Blob }
  | { readonly handle: string; readonly kind: 'secret'; readonly text: string }
  | { readonly handle: string; readonly kind: 'variable'; readonly key: string; readonly pickle: Blob | null }
  | { readonly handle: string; readonly kind: 'binary'; readonly content: Blob }
  | { readonly handle: string; readonly kind: 'dataset'; readonly dataset: DatasetBuffers };

export interface Downstream {
  readonly outputHandle: string;
  readonly nodeId: string;
  readonly title: string;
  readonly description: string;
  readonly inputHandle: string;
}

/** An image that a script has added. */
export interface ImageProduct extends ImageDetails {
  readonly name: string;
  readonly mediaType: ImageMediaType;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** What a job that reached its end made, as it leaves Python. */
export interface JobProducts {
  readonly outputs: readonly JobOutput[];
  readonly images: readonly ImageProduct[];
  /** Paths of the notebook's Python files that the script imported. */
  readonly modules: readonly string[];
  /** Where it looked for modules among these and there was none, as a job's record has it. */
  readonly absentModules?: readonly string[];
  /** The packages of the notebook that it imported something from, by their names as indexes compare them. */
  readonly usedPackages?: readonly string[];
  /** Scriptlets that the script ran through `run_block`, by what scripts know them by. */
  readonly ranBlocks: readonly string[];
  /** Of a scriptlet that looked at connections of its outputs: at which, each output once. */
  readonly downstream?: readonly DownstreamLook[];
  /** Of a scriptlet that asked about others: by which names, each once. */
  readonly queriedBlocks?: readonly string[];
  /** Of a Data Generator that saves some: each name once. */
  readonly models?: readonly ModelProduct[];
  /** Of a Statement alone: what its data checkpoint column holds now; null where it holds nothing, or there is none. */
  readonly checkpoint?: CheckpointValue | null;
}

/** A model that a script has added. */
export interface ModelProduct extends Omit<MadeModel, 'blob' | 'byteSize'> {
  /** Its pickle, one part after the other. */
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
}

/** What a job did to the files of a directory, to which paths are relative. */
export interface FilesChange {
  readonly directory: JobDirectory;
  readonly written: readonly { readonly path: string; readonly data: Uint8Array<ArrayBuffer> }[];
  readonly removed: readonly string[];
}
