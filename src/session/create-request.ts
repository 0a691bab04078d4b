import { listDownstream } from '../model/blocks.ts';
import type { JobId, SessionId } from '../model/ids.ts';
import type { DataGeneratorRequest, JobRequest } from '../model/job-request.ts';
import type { Notebook, Processor } from '../model/notebook.ts';
import { getNodeId } from '../model/scriptlet.ts';
import { assertNever } from '../shared/assert-never.ts';
import { invariant } from '../shared/invariant.ts';
import type { PreparedModels } from './prepare-models.ts';
import type { StatementMeans } from './prepare-statement.ts';
import type { RequestedInputs } from './request-inputs.ts';

/** What a job is given beside what stands in its cell. */
export interface JobMeans extends Pick<JobRequest, 'packages' | 'files' | 'lentFiles' | 'variables'> {
  readonly inputs: RequestedInputs;
  readonly models: PreparedModels;
  /** The scriptlets of the notebook, as `BlockTexts` writes them. */
  readonly blocks: string;
  /** Null for a cell that is no Statement. */
  readonly statement: StatementMeans | null;
  /** For a Data Generator alone. */
  readonly authorize: DataGeneratorRequest['authorize'];
}

/** What the kernel is asked for to run a cell. */
export function createRequest(
  cell: Processor,
  notebook: Notebook,
  { id, sessionId }: { readonly id: JobId; readonly sessionId: SessionId },
  {
    inputs: { requests: inputs, neededPackages: ofInputs },
    models,
    blocks,
    statement,
    authorize,
    ...means
  }: JobMeans,
): JobRequest {
  const { id: cellId, title, source } = cell;
  const neededPackages = [...ofInputs, ...models.neededPackages];
  const common = { id, sessionId, cellId, title, source, neededPackages, ...describeScreen(), ...means };
  switch (cell.kind) {
    case 'data-generator':
      return {
        ...common,
        kind: cell.kind,
        configuration: cell.configuration,
        models: models.requests,
        authorize,
      };
    case 'scriptlet':
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
    case 'statement': {
      invariant(statement, 'a Statement was looked up');
      const { timeoutSeconds, isBulk, isDebugged } = cell.configuration;
      const configuration = { timeoutSeconds, isBulk, isDebugged };
      return { ...common, kind: cell.kind, configuration, ...statement };
    }
    default:
      return assertNever(cell);
  }
}

/** What figures are drawn for, where it is not the usual; as it is now, as a window can be moved to another screen. */
function describeScreen(): Pick<JobRequest, 'pixelRatio'> {
  const pixelRatio = 'devicePixelRatio' in globalThis ? globalThis.devicePixelRatio : 1;
  return pixelRatio === 1 ? {} : { pixelRatio };
}
