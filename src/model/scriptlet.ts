import type { BlobHash, CellId } from './ids.ts';
import type { InputHandle, OutputHandle } from './handles.ts';

/** How a Scriptlet is run. */
export interface ScriptletConfiguration {
  /** Whole seconds from the handing over to Python until the job is stopped. */
  readonly timeoutSeconds: number;
}

/** A cell whose `main(params, context)` takes inputs and gives outputs, as OOCANA has it. */
export interface ScriptletCell {
  readonly kind: 'scriptlet';
  readonly id: CellId;
  readonly title: string;
  readonly description: string;
  /** The Python script, as typed. */
  readonly source: string;
  readonly inputs: readonly InputHandle[];
  readonly outputs: readonly OutputHandle[];
  readonly configuration: ScriptletConfiguration;
}

/**
 * A file that is kept with the notebook, in the directory that is `pkg_dir` to its scriptlets: Python files among them
 * can be imported.
 */
export interface NotebookFile {
  /** Relative, with slashes; no part of it is empty, "." or "..". */
  readonly path: string;
  readonly blob: BlobHash;
  readonly byteSize: number;
}
