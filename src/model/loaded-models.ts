import type { LoadedModel, SavedModel } from './job-models.ts';
import type { KnownModels } from './known-models.ts';
import type { Cell } from './notebook.ts';
import { listLoaded } from './plan-models.ts';

/** What a job had of models. */
export interface JobModels {
  readonly loadedModels: readonly LoadedModel[];
  readonly savedModels: readonly SavedModel[];
}

/** The versions of models that a job of the cell would be given now. */
export function describeLoaded(cell: Cell, known: KnownModels): LoadedModel[] {
  if (cell.kind !== 'data-generator') return [];
  return listLoaded(cell.configuration.models, known).map(({ model, version }) => ({
    modelId: model.id,
    name: model.name,
    number: version.number,
  }));
}

/**
 * Whether a job of the cell would be given other versions now. Those that its last job saved itself count as what it loaded
 * instead: a cell that trains what it loads would never be done, else.
 */
export function haveModelsChanged(cell: Cell, job: JobModels, known: KnownModels): boolean {
  const now = describeLoaded(cell, known);
  if (now.length === 0 && job.loadedModels.length === 0) return false;
  const own = new Set(job.savedModels.map(writeVersion));
  const ownModels = new Set(now.filter((each) => own.has(writeVersion(each))).map(({ modelId }) => modelId));
  const write = (models: readonly LoadedModel[]): string =>
    JSON.stringify(
      models
        .filter(({ modelId }) => !ownModels.has(modelId))
        .map(writeVersion)
        .sort(),
    );
  return write(now) !== write(job.loadedModels);
}

function writeVersion({ modelId, number }: Pick<LoadedModel, 'modelId' | 'number'>): string {
  return `${modelId} ${number}`;
}
