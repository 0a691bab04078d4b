import { expect, test } from 'vitest';
import { standardGenerating } from '../model/data-generator.ts';
import { ModelId, SessionId } from '../model/ids.ts';
import { noKnownModels } from '../model/known-models.ts';
import { noModels } from '../model/model-configuration.ts';
import {
  buildCell,
  buildHash,
  buildJob,
  buildNotebook,
  buildProfile,
  buildScriptlet,
} from '../model/testing/builders.ts';
import { createSaving } from './create-saving.ts';

const models = { ...noModels, save: [{ mode: 'create', name: 'm' }] } as const;
const cell = buildCell('train', { configuration: { timeoutSeconds: 300, ...standardGenerating, models } });
const blob = buildHash('1');
const job = buildJob(cell, 1_000, {
  sessionId: SessionId.from('session'),
  loadedModels: [{ modelId: ModelId.from('n'), name: 'n', number: 2 }],
  modules: [{ path: 'trees.py', blob, byteSize: 1 }],
  openedFiles: [
    { path: 'data.csv', blob },
    { path: 'not there.csv', blob: null },
  ],
});
const ada = buildProfile('Ada');
const before = { known: noKnownModels, listRenames: () => [] };
const made = {
  ...{ name: 'm', groups: [], typeName: 'x.Tree', pythonVersion: '3.13.2', packages: [] },
  ...{ blob, byteSize: 1 },
};

test('a version names the models and the files that its job was given, and as whom it ran', () => {
  const saved = createSaving(
    [made],
    { job, cell, notebook: buildNotebook([]), profile: ada },
    before,
  )?.(noKnownModels);
  const [version] = (saved?.isOk && saved.value.changes.versions) || [];
  expect(version?.profile).toEqual({ id: ada.id, username: 'Ada' });
  expect(version?.origin).toMatchObject({
    type: 'job',
    cellTitle: 'train',
    sources: [
      { kind: 'model', modelId: ModelId.from('n'), name: 'n', number: 2 },
      { kind: 'file', path: 'data.csv' },
      { kind: 'file', path: 'trees.py' },
    ],
  });
});

test('nothing is saved of a job that added nothing, and of cells that have no models', () => {
  const saving = { job, cell, notebook: buildNotebook([]), profile: ada };
  expect(createSaving([], saving, before)).toBe(null);
  expect(createSaving([made], { ...saving, cell: buildScriptlet('other') }, before)).toBe(null);
});
