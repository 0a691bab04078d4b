import { lookAtFile } from '../storage/workspace-file/look-at-file.ts';

/** How names of workspace files end. */
export const workspaceEnding = '.cahier';

/** Whether a file is to be imported as a workspace: by its content, and where that is damaged, by its name. */
export async function isWorkspaceFile(file: File): Promise<boolean> {
  if (file.name.toLowerCase().endsWith(workspaceEnding)) return true;
  try {
    return (await lookAtFile(file)) === 'workspace';
  } catch {
    // Who takes it for something else says why it cannot be read.
    return false;
  }
}
