export const themes = ['system', 'light', 'dark', 'contrast'] as const;

export type Theme = (typeof themes)[number];

/** What the app remembers beside the notebooks. Ids of what is gone, or of another workspace, mean the first there is. */
export interface Settings {
  readonly theme: Theme;
  /** The id of the workspace that was switched to last, in whichever tab. */
  readonly openWorkspace: string | null;
  /** The id of the notebook that was open last. */
  readonly openNotebook: string | null;
  readonly isWorkspacePaneOpen: boolean;
  readonly isConfigurationPaneOpen: boolean;
  /** The id of the profile that jobs run as by hand. */
  readonly activeProfile: string | null;
  /** Whether the browser was asked to delete nothing by itself, for which some ask the reader. */
  readonly hasAskedToKeep: boolean;
}

export type SettingName = keyof Settings;

/** Those that each workspace has for itself. */
export const ownSettingNames = ['openNotebook', 'activeProfile'] as const satisfies readonly SettingName[];

export type OwnSettingName = (typeof ownSettingNames)[number];

export function isOwnSetting(name: SettingName): name is OwnSettingName {
  return ownSettingNames.some((own) => own === name);
}

/** The settings of a first visit. */
export const standardSettings: Settings = {
  theme: 'system',
  openWorkspace: null,
  openNotebook: null,
  isWorkspacePaneOpen: true,
  isConfigurationPaneOpen: true,
  activeProfile: null,
  hasAskedToKeep: false,
};
