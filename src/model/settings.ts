export const themes = ['system', 'light', 'dark', 'contrast'] as const;

export type Theme = (typeof themes)[number];

/** What the app remembers beside the notebooks. */
export interface Settings {
  readonly theme: Theme;
  /** The id of the notebook that was open last. */
  readonly openNotebook: string | null;
  readonly isWorkspacePaneOpen: boolean;
  readonly isConfigurationPaneOpen: boolean;
  /** The id of the profile that jobs run as by hand; null, or of one that is gone, means the first. */
  readonly activeProfile: string | null;
  /** Whether the browser was asked to delete nothing by itself, for which some ask the reader. */
  readonly hasAskedToKeep: boolean;
}

export type SettingName = keyof Settings;

/** The settings of a first visit. */
export const standardSettings: Settings = {
  theme: 'system',
  openNotebook: null,
  isWorkspacePaneOpen: true,
  isConfigurationPaneOpen: true,
  activeProfile: null,
  hasAskedToKeep: false,
};
