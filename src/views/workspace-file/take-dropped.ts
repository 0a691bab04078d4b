import type { Workspace } from '../../session/Workspace.svelte.ts';
import { findDropProblem, type DroppedFiles } from '../dataset/dropped-files.ts';

/** Begins to import the workspace among files that were dropped, or says why none of them is imported. */
export function takeDropped(
  { incoming, notices }: Pick<Workspace, 'incoming' | 'notices'>,
  dropped: DroppedFiles,
): void {
  const problem = findDropProblem(dropped);
  const [file] = dropped.workspaces;
  if (problem !== null) notices.refuse(problem);
  else if (file) incoming.openFile(file);
}
