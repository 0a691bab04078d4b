import type { CellId } from './ids.ts';
import type { ManualType } from './manual-types.ts';
import { noModels, type ModelConfiguration } from './model-configuration.ts';

/** How a Data Generator is run. */
export interface DataGeneratorConfiguration {
  /** Whole seconds from the handing over to Python until the job is stopped. */
  readonly timeoutSeconds: number;
  /** Put out an empty dataset where the script adds none, instead of failing. */
  readonly generateEmptyDataset: boolean;
  /** The types that columns of its datasets are given; those of the others are inferred. */
  readonly manualTypes: readonly ManualType[];
  readonly models: ModelConfiguration;
}

/** A cell that makes datasets, images and models with a Python script. */
export interface DataGeneratorCell {
  readonly kind: 'data-generator';
  readonly id: CellId;
  readonly title: string;
  /** The Python script, as typed. */
  readonly source: string;
  readonly configuration: DataGeneratorConfiguration;
}

/** How a Data Generator is run where nothing was set, its timeout aside. */
export const standardGenerating: Omit<DataGeneratorConfiguration, 'timeoutSeconds'> = {
  generateEmptyDataset: false,
  manualTypes: [],
  models: noModels,
};
