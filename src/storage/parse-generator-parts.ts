import * as v from 'valibot';
import { representations, scales, type ManualType } from '../model/manual-types.ts';
import { saveModes, type ModelConfiguration } from '../model/model-configuration.ts';
import { versionNumber } from './parse-basics.ts';

/** The types that columns are given, of a cell and of a job. */
export const manualTypes: v.GenericSchema<unknown, ManualType[]> = v.array(
  v.object({ column: v.string(), scale: v.picklist(scales), representation: v.picklist(representations) }),
);

/** What is loaded and saved of models, of a cell and of a job. */
export const modelConfiguration: v.GenericSchema<unknown, ModelConfiguration> = v.object({
  load: v.array(v.object({ name: v.string(), version: v.nullable(versionNumber) })),
  loadGroups: v.array(v.string()),
  save: v.array(v.object({ mode: v.picklist(saveModes), name: v.string() })),
  saveGroups: v.array(v.object({ name: v.string(), models: v.array(v.string()) })),
});
