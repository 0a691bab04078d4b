import { SchemaId } from '../../../model/data-schema.ts';
import {
  CellId,
  CyclesId,
  JobId,
  LineRunId,
  ModelGroupId,
  ModelId,
  NotebookId,
  ProductionLineId,
  ProfileId,
  ScheduleId,
  SessionId,
  WorkspaceId,
} from '../../../model/ids.ts';
import { standardSettings } from '../../../model/settings.ts';
import { buildGroup, buildModel, buildModelCell, buildVersion } from '../../../model/testing/build-models.ts';
import { buildLine, buildRun, buildSchedule } from '../../../model/testing/build-schedules.ts';
import {
  buildConnection,
  buildHash,
  buildJob,
  buildNotebook,
  buildProfile,
  buildScriptlet,
  buildSession,
} from '../../../model/testing/builders.ts';
import type { StatementCell } from '../../../model/statement.ts';
import { statementInput } from '../../../model/statement.ts';
import { carrySettings } from '../carried-records.ts';
import type { WorkspaceRecords } from '../workspace-records.ts';

/** Records of a workspace with something in every field that names something by its id; all ids begin with `mark`. */
export function buildLinkedRecords(mark: string): WorkspaceRecords {
  const to = (name: string): string => `${mark}${name}`;
  const workspaceId = WorkspaceId.from(to('workspace'));
  const notebookId = NotebookId.from(to('notebook'));
  const [jobId, earlierJobId] = [JobId.from(to('job')), JobId.from(to('earlier-job'))];
  const sessionId = SessionId.from(to('session'));
  const profileId = ProfileId.from(to('profile'));
  const modelId = ModelId.from(to('model'));
  const schemaId = SchemaId.from(to('schema'));
  const lineId = ProductionLineId.from(to('line'));
  const train = {
    ...buildModelCell('Train', {
      load: [{ name: 'iris', version: 1 }],
      loadGroups: ['plants'],
      save: [{ mode: 'create-or-add', name: 'iris' }],
      saveGroups: [{ name: 'plants', models: ['iris'] }],
    }),
    id: CellId.from(to('train')),
  };
  const ask = { ...buildScriptlet('Ask', ['count'], ['answer']), id: CellId.from(to('ask')) };
  const state: StatementCell = {
    kind: 'statement',
    id: CellId.from(to('state')),
    title: 'State',
    source: 'return []',
    inputs: [statementInput],
    configuration: {
      timeoutSeconds: 300,
      isBulk: true,
      isDebugged: false,
      inputSchema: schemaId,
      outputSchema: schemaId,
      checkpointColumn: 'x',
      isAppending: false,
      cycles: { type: 'once' },
    },
  };
  const notebook = buildNotebook([], {
    id: notebookId,
    workspaceId,
    title: 'Linked',
    cells: [train, ask, state],
    connections: [
      buildConnection(`${ask.id}.answer`, `${state.id}.input`),
      buildConnection(`${train.id}.out`, `${ask.id}.count`),
    ],
    files: [{ path: 'data.txt', blob: buildHash('1'), byteSize: 10 }],
  });
  const value = { type: 'integer', text: '7' } as const;
  const run = buildRun('', 3_000, {
    id: LineRunId.from(to('run')),
    steps: [{ notebookId, title: 'Linked', sessionId, status: 'done', reason: null }],
  });
  return {
    workspace: { id: workspaceId, title: 'Linked', createdAt: 1 },
    settings: carrySettings({ ...standardSettings, openNotebook: notebookId, activeProfile: profileId }),
    profiles: [{ ...buildProfile('ada'), id: profileId, workspaceId }],
    schemas: [
      {
        id: schemaId,
        workspaceId,
        name: 'Rows',
        description: '',
        fields: [{ name: 'x', type: 'integer', isNullable: false, description: '' }],
        createdAt: 1,
        changedAt: 2,
      },
    ],
    models: [buildModel('iris', { id: modelId, workspaceId })],
    versions: [
      buildVersion('iris', 1, {
        modelId,
        profile: { id: profileId, username: 'ada' },
        origin: {
          type: 'job',
          notebookId,
          notebookTitle: 'Linked',
          cellId: train.id,
          cellTitle: 'Train',
          sessionId,
          jobId,
          sources: [
            { kind: 'model', modelId, name: 'iris', number: 1 },
            { kind: 'file', path: 'a.bin' },
          ],
        },
      }),
    ],
    groups: [
      { ...buildGroup('plants', []), id: ModelGroupId.from(to('group')), workspaceId, modelIds: [modelId] },
    ],
    lines: [{ ...buildLine('Nightly', [notebookId]), id: lineId, workspaceId, runs: [run] }],
    schedules: [
      buildSchedule('Hourly', {
        id: ScheduleId.from(to('schedule')),
        workspaceId,
        target: { type: 'notebook', notebookId },
        ownerId: profileId,
        runs: [run],
      }),
      buildSchedule('Daily', {
        id: ScheduleId.from(to('other-schedule')),
        workspaceId,
        target: { type: 'production-line', lineId },
        ownerId: profileId,
      }),
    ],
    notebooks: [notebook],
    checkpoints: [
      {
        cellId: state.id,
        notebookId,
        column: 'x',
        history: [
          { value, at: 5_000, origin: { jobId, sessionId } },
          { value, at: 4_000, origin: null },
        ],
      },
    ],
    sessions: [
      buildSession(4_900, {
        id: sessionId,
        notebookId,
        cause: { type: 'one', cellTitle: 'Train', cycle: 1, cyclesId: CyclesId.from(to('cycles')) },
        jobIds: [jobId, earlierJobId],
        skipped: [{ cellId: ask.id, title: 'Ask', reason: 'It waits.' }],
        profileId,
      }),
    ],
    jobs: [
      buildJob(train, 4_900, { id: earlierJobId, notebookId, sessionId }),
      buildJob(ask, 5_000, {
        id: jobId,
        notebookId,
        sessionId,
        inputs: [
          {
            handle: 'count',
            hash: 'a hash',
            from: { type: 'connection', cellId: train.id, handle: 'out', jobId: earlierJobId },
          },
        ],
        ranBlocks: [{ cellId: ask.id, hash: 'a hash' }],
        seenBlocks: [{ name: ask.id, hash: 'a hash' }],
        downstream: [
          {
            handle: 'answer',
            isByTitle: false,
            isDescribed: false,
            inputs: [{ cellId: state.id, inputHandle: 'input', hash: 'a hash' }],
          },
        ],
        loadedModels: [{ modelId, name: 'iris', number: 1 }],
        savedModels: [
          {
            modelId,
            name: 'iris',
            number: 1,
            groups: ['plants'],
            typeName: 'builtins.dict',
            blob: buildHash('1'),
            byteSize: 10,
          },
        ],
        outcome: {
          status: 'done',
          outputs: [
            {
              kind: 'json',
              handle: 'answer',
              targets: [{ nodeId: state.id, title: 'State', inputHandle: 'input' }],
              text: '1',
              blob: buildHash('2'),
              byteSize: 1,
            },
          ],
          images: [],
        },
      }),
    ],
  };
}
