import type { Settings } from '../../model/settings.ts';
import type { CarriedSettings, WorkspaceInfo } from './workspace-records.ts';

/** What is known of a workspace without what its secrets are hashed with, which no file holds. */
export function forgetSalt({ id, title, createdAt, network }: WorkspaceInfo): WorkspaceInfo {
  return { id, title, createdAt, ...(network && { network }) };
}

/** The settings that go along. */
export function carrySettings(settings: Settings): CarriedSettings {
  const { theme, openNotebook, isWorkspacePaneOpen, isConfigurationPaneOpen, activeProfile } = settings;
  return { theme, openNotebook, isWorkspacePaneOpen, isConfigurationPaneOpen, activeProfile };
}
