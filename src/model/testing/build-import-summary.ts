import type { PresentContents } from '../import-choices.ts';
import type { ImportItem, ImportSummary } from '../workspace-import.ts';
import { allParts } from '../workspace-parts.ts';

/** A workspace as it begins. */
export const emptyPresent: PresentContents = {
  notebooks: 1,
  cells: 0,
  files: 0,
  models: 0,
  modelGroups: 0,
  schemas: 0,
  productionLines: 0,
  schedules: 0,
  profiles: 0,
  inTrash: 0,
  withoutTrash: [],
};

export function buildImportItem(content: Partial<ImportItem> = {}): ImportItem {
  return {
    kind: 'notebook',
    id: 'notebook-1',
    title: 'Lesson',
    hereTitle: null,
    state: 'new',
    changedAt: 1_000,
    hereChangedAt: null,
    bothProblem: null,
    ...content,
  };
}

export function buildImportSummary(content: Partial<ImportSummary> = {}): ImportSummary {
  return {
    title: 'Statistics',
    appVersion: '0.1.0',
    picked: allParts,
    byteSize: 12_000,
    items: [buildImportItem()],
    counts: { cells: 3, jobs: 2, sessions: 1, versions: 0, datasets: 1, checkpoints: 0 },
    hosts: [],
    absent: { notPicked: 0, lost: [] },
    problems: [],
    ...content,
  };
}
