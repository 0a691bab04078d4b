export const themes = ['system', 'light', 'dark', 'contrast'] as const;

export type Theme = (typeof themes)[number];

/** What the app remembers beside the notebooks. */
export interface Settings {
  readonly theme: Theme;
  /** The id of the notebook that was open last. */
  readonly openNotebook: string | null;
  readonly isWorkspacePaneOpen: boolean;
  readonly isConfigurationPaneOpen: boolean;
  /** Stands with what is run; never empty. */
  readonly personName: string;
}

export type SettingName = keyof Settings;

/** The settings of a first visit. */
export const standardSettings: Settings = {
  theme: 'system',
  openNotebook: null,
  isWorkspacePaneOpen: true,
  isConfigurationPaneOpen: true,
  personName: 'You',
};

const longestName = 100;

/** The name as it is kept of what was typed. */
export function toPersonName(typed: string): string {
  return typed.trim().slice(0, longestName).trim() || standardSettings.personName;
}
