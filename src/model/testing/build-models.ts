import type { DataGeneratorCell } from '../data-generator.ts';
import { ModelGroupId, ModelId, WorkspaceId } from '../ids.ts';
import type { ModelGroup, ModelVersion, TrainedModel } from '../trained-model.ts';
import { noModels, type ModelConfiguration } from '../model-configuration.ts';
import { buildCell, buildHash } from './builders.ts';

/** A model for tests, whose id is its name. */
export function buildModel(name: string, partial: Partial<TrainedModel> = {}): TrainedModel {
  return {
    id: ModelId.from(name),
    workspaceId: WorkspaceId.from('workspace'),
    name,
    notes: '',
    lastNumber: 1,
    createdAt: 1_000,
    changedAt: 1_000,
    deletedAt: null,
    ...partial,
  };
}

/** A version for tests of the model of this name; its pickle has a hash of the number's last digit. */
export function buildVersion(
  name: string,
  number: number,
  partial: Partial<ModelVersion> = {},
): ModelVersion {
  return {
    modelId: ModelId.from(name),
    number,
    createdAt: 1_000 * number,
    origin: { type: 'rollback', number: 1 },
    profile: null,
    typeName: 'builtins.dict',
    pythonVersion: '3.13.2',
    packages: [],
    notes: '',
    blob: buildHash(String(number % 10)),
    byteSize: 10,
    deletedAt: null,
    ...partial,
  };
}

/** A group for tests of the models of these names, whose id is its name. */
export function buildGroup(name: string, models: readonly string[]): ModelGroup {
  return {
    id: ModelGroupId.from(name),
    workspaceId: WorkspaceId.from('workspace'),
    name,
    modelIds: models.map(ModelId.from),
    createdAt: 1_000,
    changedAt: 1_000,
  };
}

/** A Data Generator for tests with this configuration of models. */
export function buildModelCell(title: string, models: Partial<ModelConfiguration>): DataGeneratorCell {
  const cell = buildCell(title);
  return { ...cell, configuration: { ...cell.configuration, models: { ...noModels, ...models } } };
}

/** A Data Generator for tests that loads a model, in its newest version where no number is given. */
export function buildLoadingCell(
  title: string,
  name: string,
  version: number | null = null,
): DataGeneratorCell {
  return buildModelCell(title, { load: [{ name, version }] });
}
