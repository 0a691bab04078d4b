import * as v from 'valibot';
import type { ImportedFile } from '../model/imported-file.ts';
import { importId, time, workspaceId } from './parse-basics.ts';

/** What stands in the `imports` store. */
export const importedFile: v.GenericSchema<unknown, ImportedFile> = v.object({
  id: v.pipe(importId, v.nonEmpty()),
  workspaceId,
  name: v.string(),
  isLink: v.exactOptional(v.literal(true)),
  importedAt: time,
  isTrusted: v.boolean(),
});
