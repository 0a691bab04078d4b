import type { BlobHash, CellId } from './ids.ts';
import type { InputHandle, OutputHandle } from './handles.ts';

/** How a Scriptlet is run. */
export interface ScriptletConfiguration {
  /** Whole seconds from the handing over to Python until the job is stopped. */
  readonly timeoutSeconds: number;
}

/** The node of an OOMOL flow, as its scripts know it. */
export interface FlowNodeName {
  readonly nodeId: string;
  /** What the node runs, such as "self::sum-up"; null where its script stands in the flow itself. */
  readonly task: string | null;
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
  /** What it was imported from; null where it was made here. */
  readonly flowNode: FlowNodeName | null;
}

/** What scripts know a cell by: `context.node_id`. */
export function getNodeId(cell: { readonly id: CellId; readonly flowNode?: FlowNodeName | null }): string {
  return cell.flowNode?.nodeId ?? cell.id;
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
