import { salvageName } from '../storage/salvage/salvage-format.ts';
import { lookAtFile } from '../storage/workspace-file/look-at-file.ts';

/** How names of workspace files end. */
export const workspaceEnding = '.cahier';

/**
 * Whether a file is to be imported as a workspace, or is a copy of what was stored: by its content, and where that is damaged, by its name. So is a page that Cahier
 * saved, which may carry one: who imports it says where it does not.
 */
export async function isWorkspaceFile(file: File): Promise<boolean> {
  if (file.name.toLowerCase().endsWith(workspaceEnding) || salvageName.test(file.name)) return true;
  try {
    const look = await lookAtFile(file);
    return look === 'workspace' || look === 'salvage' || look === 'saved-page';
  } catch {
    // Who takes it for something else says why it cannot be read.
    return false;
  }
}
