import { allParts, type PartSize, type WorkspacePart } from '../../model/workspace-parts.ts';
import { chooseRecords, listShownJobs } from './choose-records.ts';
import { listNamedValues } from './list-values.ts';
import type { WorkspaceRecords } from './workspace-records.ts';

/** About how many bytes each part of a workspace takes in its file, before they are packed; one row for each set of parts. */
export function measureRecords(found: WorkspaceRecords): PartSize[] {
  const records = chooseRecords(found, allParts);
  const shown = new Set(listShownJobs(records.jobs));
  const sizes = new Map<string, PartSize>();
  const add = (parts: readonly WorkspacePart[], byteSize: number): void => {
    const key = parts.join();
    sizes.set(key, { parts, byteSize: (sizes.get(key)?.byteSize ?? 0) + byteSize });
  };
  for (const notebook of records.notebooks) add([], measureText(notebook));
  for (const record of [...records.models, ...records.versions]) add(['models'], measureText(record));
  for (const job of records.jobs) {
    add([shown.has(job) ? 'results' : 'history'], measureText(job) + job.logBytes);
  }
  for (const session of records.sessions) add(['history'], measureText(session));
  for (const { parts, byteSize } of listNamedValues(records)) add(parts, byteSize);
  return [...sizes.values()];
}

function measureText(record: object): number {
  return JSON.stringify(record).length;
}
