import { themes, type Theme } from '../model/settings.ts';

/** The themes that `tokens.css` has colours for. */
export type AppliedTheme = 'light' | 'dark' | 'contrast' | 'contrast-dark';

/** The colours that a theme has here; `system` follows what the reader set for all programs. */
export function resolveTheme(theme: Theme, system: { isDark: boolean; isContrast: boolean }): AppliedTheme {
  const { isDark, isContrast } = system;
  if (theme === 'contrast' || (theme === 'system' && isContrast))
    return isDark ? 'contrast-dark' : 'contrast';
  if (theme === 'system') return isDark ? 'dark' : 'light';
  return theme;
}

/** The theme after this one, round and round. */
export function nextTheme(theme: Theme): Theme {
  return themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
}
