import { themes, type Theme } from '../model/settings.ts';

/** The themes that `tokens.css` has colours for. */
export type AppliedTheme = Exclude<Theme, 'system'>;

/** Gives the page the colours of a theme; `system` follows what the reader set for all programs. */
export function applyTheme(theme: Theme, system: { isDark: boolean; isContrast: boolean }): AppliedTheme {
  const applied = theme === 'system' ? toSystemTheme(system) : theme;
  document.documentElement.dataset['theme'] = applied;
  return applied;
}

/** The theme after this one, round and round. */
export function nextTheme(theme: Theme): Theme {
  return themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
}

function toSystemTheme({ isDark, isContrast }: { isDark: boolean; isContrast: boolean }): AppliedTheme {
  if (isDark) return 'dark';
  return isContrast ? 'contrast' : 'light';
}
