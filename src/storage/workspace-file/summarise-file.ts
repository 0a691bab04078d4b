import type { ImportItem, ImportSummary } from '../../model/workspace-import.ts';
import { listNamedValues } from './list-values.ts';
import type { WorkspaceContent } from './read-workspace-file.ts';
import type { AbsentValue } from './workspace-file-format.ts';

/** What a file has, for who decides whether to take it; `own` are values that the workspace has and the file only names. */
export function summariseFile(
  { manifest, records }: Pick<WorkspaceContent, 'manifest' | 'records'>,
  items: readonly ImportItem[],
  own: ReadonlySet<string>,
): ImportSummary {
  const { notebooks, jobs, sessions, versions, checkpoints, workspace } = records;
  const cells = notebooks.flatMap((notebook) => notebook.cells);
  const isNotPicked = ({ reason }: AbsentValue): boolean => reason === 'not-picked';
  const notPicked = manifest.absent.filter((value) => isNotPicked(value) && !own.has(value.sha256));
  const lost = new Set(manifest.absent.filter((value) => !isNotPicked(value)).map(({ sha256 }) => sha256));
  return {
    title: workspace.title,
    appVersion: manifest.appVersion,
    picked: manifest.picked,
    byteSize: manifest.entries.reduce((sum, { byteSize }) => sum + byteSize, 0),
    items,
    counts: {
      cells: cells.length,
      jobs: jobs.length,
      sessions: sessions.length,
      versions: versions.length,
      datasets: cells.filter((cell) => cell.kind === 'dataset' && cell.content !== null).length,
      checkpoints: checkpoints.length,
    },
    hosts: workspace.network?.hosts ?? [],
    absent: {
      notPicked: notPicked.length,
      lost: listNamedValues(records).flatMap(({ hash, what }) => (lost.has(hash) ? [what] : [])),
    },
    problems: manifest.problems,
  };
}
