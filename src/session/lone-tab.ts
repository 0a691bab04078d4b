import type { WorkspaceTab } from './WorkspaceTab.ts';

/** A tab that neither remembers its workspace nor knows of others: its workspace goes with it. */
export function createLoneTab(reload: () => void): WorkspaceTab {
  return {
    wanted: null,
    remember: () => undefined,
    leaveWord: () => undefined,
    takeWord: () => null,
    reload,
    announce: () => undefined,
    onNews: () => undefined,
    isOpen: () => Promise.resolve(false),
  };
}
