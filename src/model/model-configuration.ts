/** A model that a job is given under its name. */
export interface ModelToLoad {
  /** That of a model of the workspace; renaming the model changes it here as well. */
  readonly name: string;
  /** The number of a version; null for the newest one. */
  readonly version: number | null;
}

/**
 * create: the name must be free; add-version: the model must be there; create-or-add: either. What is wrong is said before
 * the script starts and again when its results are stored.
 */
export const saveModes = ['create', 'add-version', 'create-or-add'] as const;

export type SaveMode = (typeof saveModes)[number];

/** How each mode is called. */
export const saveModeNames: Readonly<Record<SaveMode, string>> = {
  create: 'Create New Model',
  'add-version': 'Add New Model Version',
  'create-or-add': 'Create Or Add Version',
};

/** A model that a script may save under this name. */
export interface ModelToSave {
  readonly mode: SaveMode;
  readonly name: string;
}

/** A model group that a script may save, and the models that it may save into it. */
export interface GroupToSave {
  readonly name: string;
  readonly models: readonly string[];
}

/** What a Data Generator loads and saves of the models of its workspace; all by their names. */
export interface ModelConfiguration {
  readonly load: readonly ModelToLoad[];
  /** Groups all of whose models are loaded, each in its newest version. */
  readonly loadGroups: readonly string[];
  readonly save: readonly ModelToSave[];
  readonly saveGroups: readonly GroupToSave[];
}

export const noModels: ModelConfiguration = { load: [], loadGroups: [], save: [], saveGroups: [] };
