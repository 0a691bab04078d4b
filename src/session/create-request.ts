import { listDownstream } from '../model/blocks.ts';
import type { JobId, SessionId } from '../model/ids.ts';
import type { JobRequest } from '../model/job-request.ts';
import type { Cell, Notebook } from '../model/notebook.ts';
import { getNodeId } from '../model/scriptlet.ts';
import type { RequestedInputs } from './request-inputs.ts';

/** What a job is given beside what stands in its cell. */
export interface JobMeans extends Pick<JobRequest, 'packages' | 'files' | 'variables'> {
  readonly inputs: RequestedInputs;
  /** The scriptlets of the notebook, as `BlockTexts` writes them. */
  readonly blocks: string;
}

/** What the kernel is asked for to run a cell. */
export function createRequest(
  cell: Cell,
  notebook: Notebook,
  { id, sessionId }: { readonly id: JobId; readonly sessionId: SessionId },
  { inputs: { requests: inputs, neededPackages }, blocks, ...means }: JobMeans,
): JobRequest {
  const { id: cellId, title, source } = cell;
  const common = { id, sessionId, cellId, title, source, neededPackages, ...means };
  if (cell.kind === 'data-generator')
    return { ...common, kind: cell.kind, configuration: cell.configuration };
  return {
    ...common,
    kind: cell.kind,
    configuration: cell.configuration,
    nodeId: getNodeId(cell),
    inputHandles: cell.inputs,
    outputHandles: cell.outputs,
    inputs,
    downstream: listDownstream(notebook, cellId),
    blocks,
  };
}
