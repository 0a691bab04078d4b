import { describe, expect, it } from 'vitest';
import { CellId, JobId, ModelId, NotebookId, SessionId, WorkspaceId } from './ids.ts';
import type { MadeModel } from './job-models.ts';
import { changeKnown, noKnownModels, type KnownModels } from './known-models.ts';
import { noModels, type ModelConfiguration } from './model-configuration.ts';
import { saveModels, type SavingJob } from './save-models.ts';
import { buildGroup, buildModel, buildVersion } from './testing/build-models.ts';
import { buildHash } from './testing/builders.ts';

function make(name: string, groups: readonly string[] = []): MadeModel {
  return {
    name,
    groups,
    typeName: 'sklearn.Tree',
    pythonVersion: '3.13.2',
    packages: [{ name: 'scikit-learn', version: '1.6.1' }],
    blob: buildHash('7'),
    byteSize: 70,
  };
}

function createJob(configuration: Partial<ModelConfiguration>): SavingJob {
  return {
    workspaceId: WorkspaceId.from('workspace'),
    notebookId: NotebookId.from('notebook'),
    notebookTitle: 'Churn',
    cellId: CellId.from('cell'),
    cellTitle: 'Train',
    sessionId: SessionId.from('session'),
    jobId: JobId.from('job'),
    at: 9_000,
    configuration: { ...noModels, ...configuration },
    sources: [{ kind: 'file', path: 'helpers.py' }],
    profile: null,
  };
}

function save(mode: 'create' | 'add-version' | 'create-or-add', ...names: string[]): SavingJob {
  return createJob({ save: names.map((name) => ({ mode, name })) });
}

const known: KnownModels = {
  models: [buildModel('m', { lastNumber: 4 })],
  versions: [buildVersion('m', 1), buildVersion('m', 2)],
  groups: [buildGroup('g', ['m'])],
};

describe('saving models', () => {
  it('makes a model that was not there, with all that is known of its version', () => {
    const result = saveModels([make('new')], save('create', 'new'), noKnownModels);
    if (!result.isOk) throw new Error(result.problem);
    const [model] = result.value.changes.models ?? [];
    const modelId = model?.id ?? ModelId.from('');
    const job = save('create');
    const { notebookId, notebookTitle, cellId, cellTitle, sessionId, jobId, sources } = job;
    expect(result.value).toEqual({
      changes: {
        models: [buildModel('new', { id: modelId, createdAt: 9_000, changedAt: 9_000 })],
        versions: [
          {
            modelId,
            number: 1,
            createdAt: 9_000,
            origin: { type: 'job', notebookId, notebookTitle, cellId, cellTitle, sessionId, jobId, sources },
            profile: null,
            typeName: 'sklearn.Tree',
            pythonVersion: '3.13.2',
            packages: [{ name: 'scikit-learn', version: '1.6.1' }],
            notes: '',
            blob: buildHash('7'),
            byteSize: 70,
            deletedAt: null,
          },
        ],
        groups: [],
      },
      saved: [
        {
          modelId,
          name: 'new',
          number: 1,
          groups: [],
          typeName: 'sklearn.Tree',
          blob: buildHash('7'),
          byteSize: 70,
        },
      ],
    });
  });

  it('gives no number again that a version had which is gone', () => {
    const result = saveModels([make('m')], save('add-version', 'm'), known);
    expect(result.isOk && result.value.saved.map(({ number }) => number)).toEqual([5]);
    expect(result.isOk && result.value.changes.models).toEqual([
      buildModel('m', { lastNumber: 5, changedAt: 9_000 }),
    ]);
  });

  it('writes over no version that its model does not know of', () => {
    const torn = { ...known, models: [buildModel('m', { lastNumber: 1 })] };
    const result = saveModels([make('m')], save('add-version', 'm'), torn);
    expect(result.isOk && result.value.saved.map(({ number }) => number)).toEqual([3]);
    expect(result.isOk && result.value.changes.models?.map(({ lastNumber }) => lastNumber)).toEqual([3]);
  });

  it('leaves a model of the name alone that is in the trash', () => {
    const inTrash = { ...known, models: [buildModel('m', { deletedAt: 1 })] };
    const result = saveModels([make('m')], save('create', 'm'), inTrash);
    expect(result.isOk && result.value.changes.models?.map(({ id }) => id)).not.toContain(ModelId.from('m'));
  });

  it('puts models into groups that are there, and makes those that are not', () => {
    const job = createJob({
      saveGroups: [
        { name: 'g', models: ['m', 'new'] },
        { name: 'h', models: ['new'] },
      ],
    });
    const result = saveModels([make('m', ['g']), make('new', ['g', 'h'])], job, known);
    if (!result.isOk) throw new Error(result.problem);
    const { groups } = changeKnown(known, result.value.changes);
    const id = result.value.saved[1]?.modelId;
    expect(groups.map(({ name, modelIds }) => [name, modelIds])).toEqual([
      ['g', [ModelId.from('m'), id]],
      ['h', [id]],
    ]);
    expect(result.value.saved.map(({ groups: names }) => names)).toEqual([['g'], ['g', 'h']]);
  });

  it('asks of a model in a group what the mode of its own row asks', () => {
    const saveGroups = [{ name: 'g', models: ['m'] }];
    const job = createJob({ save: [{ mode: 'create', name: 'm' }], saveGroups });
    const result = saveModels([make('m', ['g'])], job, known);
    expect(result).toEqual({
      isOk: false,
      problem:
        '“Save One or More Models”, row 1: There is a model “m” already. Choose “Create Or Add Version” to give it one more version, or another name.',
    });
  });

  it('does not mind rows of models that were not added', () => {
    const job = createJob({
      save: [
        { mode: 'create', name: 'm' },
        { mode: 'create', name: 'new' },
      ],
      load: [{ name: 'gone since', version: null }],
    });
    expect(saveModels([make('new')], job, known).isOk).toBe(true);
  });

  it.each([
    ['that has no row', [make('other')]],
    ['in a group that has none', [make('m', ['g'])]],
  ])('is refused for a model %s, whoever says so', (_, made) => {
    const result = saveModels(made, save('create-or-add', 'm'), known);
    expect(result.isOk).toBe(false);
    if (!result.isOk) expect(result.problem).toContain('The cell “Train” may not save the model “');
  });

  it('is refused for two models that have one name by now', () => {
    expect(saveModels([make('m'), make('m')], save('create-or-add', 'm'), known)).toEqual({
      isOk: false,
      problem:
        'The cell “Train” saves two models under the name “m”, which one of them may have got while it ran. Give one of them another name, in the configuration and in the script, and run the cell again.',
    });
  });
});
