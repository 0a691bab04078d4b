import {
  CellId,
  ImportId,
  JobId,
  ProfileId,
  SessionId,
  WorkspaceId,
  type BlobHash,
} from '../../../model/ids.ts';
import { BlobHash as Hash } from '../../../model/ids.ts';
import { SchemaId } from '../../../model/data-schema.ts';
import { createImportOptions } from '../../../model/import-options.ts';
import type { LogEntry } from '../../../model/job.ts';
import { standardSettings } from '../../../model/settings.ts';
import { standardNetworkPolicy } from '../../../model/network-policy.ts';
import { buildGroup, buildModel, buildVersion } from '../../../model/testing/build-models.ts';
import { buildLine, buildRun, buildSchedule } from '../../../model/testing/build-schedules.ts';
import {
  buildCell,
  buildConnection,
  buildInput,
  buildJob,
  buildNotebook,
  buildProfile,
  buildScriptlet,
  buildSession,
} from '../../../model/testing/builders.ts';
import { hashBytes } from '../../../shared/hash-bytes.ts';
import { carrySettings } from '../carried-records.ts';
import type { WorkspaceReader } from '../write-workspace-file.ts';
import type { WorkspaceRecords } from '../workspace-records.ts';

/** A workspace for tests, with what is read one by one. */
export interface BuiltWorkspace {
  readonly records: WorkspaceRecords;
  readonly logs: ReadonlyMap<JobId, readonly LogEntry[]>;
  readonly blobs: ReadonlyMap<BlobHash, Blob>;
  readonly reader: WorkspaceReader;
}

/** What stands in the secrets of `buildWorkspace`, and may stand in no file. */
export const hiddenTrace = 'open-sesame';

interface Kept {
  readonly blob: BlobHash;
  readonly byteSize: number;
}

/** Something of everything that a workspace has. */
export async function buildWorkspace(): Promise<BuiltWorkspace> {
  const blobs = new Map<BlobHash, Blob>();
  const keep = async (text: string, type = ''): Promise<Kept> => {
    const content = new Blob([text], { type });
    const blob = Hash.from(await hashBytes(await content.arrayBuffer()));
    blobs.set(blob, content);
    return { blob, byteSize: content.size };
  };
  const table = await keep('ARROW1 of a table');
  const original = await keep('x,y\n1,2\n');
  const report = await keep('line,reason\n3,"too many fields"\n');
  const pickle = await keep('a pickle');
  const image = await keep('an image', 'image/png');
  const earlier = await keep('an earlier image', 'image/png');
  const module = await keep('def help():\n    return 1\n');
  const asset = await keep('some data of the notebook');
  const wheel = await keep('a wheel');
  const kept = await keep('written by a script');
  // Of an import here, of which no file says anything.
  const importId = ImportId.from('an earlier import');
  const summary = { rowCount: 1, columns: [{ name: 'x', type: 'int64', timeZone: null }] } as const;
  const secretSchema = { contentMediaType: 'oomol/secret' };
  const asking = buildScriptlet(
    'Ask',
    [
      buildInput('password', {
        schema: secretSchema,
        value: { kind: 'secret', text: hiddenTrace },
        defaultValue: JSON.stringify(hiddenTrace),
      }),
      buildInput('nested', {
        schema: { type: 'object', properties: { b: secretSchema, a: { type: 'string' } } },
        value: { kind: 'json', text: JSON.stringify({ b: hiddenTrace }) },
      }),
      buildInput('given', { value: { kind: 'secret', text: hiddenTrace } }),
      buildInput('table', { value: { kind: 'dataset', title: 'Sales', summary, ...table } }),
      buildInput('count', { value: { kind: 'json', text: '3' } }),
    ],
    ['answer'],
  );
  const train = buildCell('Train', { source: 'print("Größe 🎓")\n' });
  const notebook = buildNotebook([], {
    title: 'Sales, März',
    importId,
    cells: [
      {
        kind: 'dataset',
        id: CellId.from('Sales'),
        title: 'Sales',
        content: {
          table: { summary, ...table },
          file: {
            name: 'Sales.CSV',
            byteSize: original.byteSize,
            hash: original.blob,
            url: null,
            isKept: true,
          },
          options: createImportOptions('csv'),
          rejected: { count: 1, report },
          emptied: null,
          shortRowCount: 0,
          notes: [],
          importedAt: 1_000,
        },
      },
      asking,
      train,
      { kind: 'note', id: CellId.from('Note'), title: 'con', source: '# Words\n' },
      {
        kind: 'chart',
        id: CellId.from('Chart'),
        title: 'Chart',
        source: '{"mark": "bar"}',
        inputs: [buildInput('data')],
      },
      buildCell('Train again', { title: 'Train', source: '\ud800 is no text' }),
    ],
    connections: [buildConnection('Sales.data', 'Chart.data'), buildConnection('Ask.answer', 'Ask.count')],
    files: [
      { path: 'data/points.bin', ...asset },
      { path: 'helper.py', ...module },
    ],
    wheels: [
      {
        fileName: 'six-1.0-py3-none-any.whl',
        name: 'six',
        version: '1.0',
        modules: ['six'],
        needs: [],
        ...wheel,
      },
    ],
  });
  const secretOutput = { kind: 'secret', handle: 'key', text: hiddenTrace, hash: 'a hash' } as const;
  const newest = buildJob(train, 5_000, {
    id: JobId.from('newest'),
    sessionId: SessionId.from('second'),
    outcome: {
      status: 'done',
      outputs: [secretOutput, { kind: 'dataset', handle: 'out', summary, ...table }],
      images: [{ name: 'plot', mediaType: 'image/png', ...image }],
    },
  });
  const oldest = buildJob(train, 4_000, {
    id: JobId.from('oldest'),
    sessionId: SessionId.from('first'),
    outcome: {
      status: 'done',
      outputs: [],
      images: [{ name: 'plot', mediaType: 'image/png', ...earlier }],
    },
  });
  const logs = new Map<JobId, readonly LogEntry[]>([
    [newest.id, [{ time: 4_950, stream: 'stdout', text: 'hello\n' }]],
    [oldest.id, []],
  ]);
  const workspaceId = WorkspaceId.from('workspace');
  const entry = { value: { type: 'integer', text: '7' }, at: 5_000 } as const;
  const records: WorkspaceRecords = {
    workspace: { id: workspaceId, title: 'Workspace', createdAt: 500, network: standardNetworkPolicy },
    settings: carrySettings({ ...standardSettings, openNotebook: notebook.id, activeProfile: 'ada' }),
    profiles: [buildProfile('grace'), buildProfile('ada')],
    schemas: [
      {
        id: SchemaId.from('schema'),
        workspaceId,
        name: 'Rows',
        description: '',
        fields: [{ name: 'x', type: 'integer', isNullable: false, description: '', limits: { minimum: 1 } }],
        createdAt: 1,
        changedAt: 2,
      },
    ],
    models: [buildModel('iris', { lastNumber: 2 }), buildModel('gone', { deletedAt: 9_000 })],
    versions: [
      buildVersion('iris', 1, { ...pickle, deletedAt: 9_000 }),
      buildVersion('iris', 2, {
        ...pickle,
        importId,
        profile: { id: ProfileId.from('ada'), username: 'ada' },
      }),
      buildVersion('gone', 1, pickle),
    ],
    groups: [buildGroup('plants', ['gone', 'iris'])],
    lines: [{ ...buildLine('Nightly', ['notebook']), runs: [buildRun('run', 3_000)] }],
    schedules: [buildSchedule('Hourly', { runs: [buildRun('run', 3_000)] })],
    notebooks: [
      notebook,
      buildNotebook(['Deleted'], { id: notebook.id, title: 'In the trash', deletedAt: 9_000 }),
    ],
    checkpoints: [
      {
        cellId: train.id,
        notebookId: notebook.id,
        column: 'x',
        history: [
          { ...entry, origin: { jobId: newest.id, sessionId: SessionId.from('second') } },
          { ...entry, at: 4_000, origin: null },
        ],
      },
    ],
    sessions: [
      buildSession(4_900, { id: SessionId.from('second'), jobIds: [newest.id] }),
      buildSession(3_900, {
        id: SessionId.from('first'),
        jobIds: [oldest.id],
        files: [{ directory: 'session', path: 'written.txt', ...kept }],
      }),
    ],
    jobs: [newest, oldest],
  };
  const reader: WorkspaceReader = {
    loadLog: (jobId) => Promise.resolve(logs.get(jobId) ?? []),
    readBlob: (hash) => Promise.resolve(blobs.get(hash) ?? null),
  };
  return { records, logs, blobs, reader };
}
