import {
  allParts,
  type PartSize,
  type PickedParts,
  type WorkspacePart,
} from '../../model/workspace-parts.ts';
import { chooseRecords, listShownJobs } from './choose-records.ts';
import { listNamedValues } from './list-values.ts';
import { planTexts } from './plan-texts.ts';
import type { WorkspaceRecords } from './workspace-records.ts';

const noParts: PickedParts = { data: false, models: false, results: false, history: false };
/** What each file takes beside its content: two headers, and a place in the manifest. */
const entryBytes = 500;

/** About how many bytes each part of a workspace takes in its file, before they are packed; one row for each set of parts. */
export function measureRecords(found: WorkspaceRecords): PartSize[] {
  const records = chooseRecords(found, allParts);
  const shown = new Set(listShownJobs(records.jobs));
  const sizes = new Map<string, PartSize>();
  const add = (parts: readonly WorkspacePart[], byteSize: number): void => {
    const key = parts.join();
    sizes.set(key, { parts, byteSize: (sizes.get(key)?.byteSize ?? 0) + byteSize });
  };
  for (const { write } of planTexts(chooseRecords(found, noParts))) {
    for (const piece of write()) add([], piece.length);
    add([], entryBytes);
  }
  for (const record of [...records.models, ...records.versions]) add(['models'], measureText(record));
  for (const job of records.jobs) {
    add([shown.has(job) ? 'results' : 'history'], measureText(job) + job.logBytes + entryBytes);
  }
  for (const session of records.sessions) add(['history'], measureText(session) + entryBytes);
  for (const { parts, byteSize } of listNamedValues(records)) add(parts, byteSize + entryBytes);
  return [...sizes.values()];
}

function measureText(record: object): number {
  return JSON.stringify(record).length;
}
