import { MediaQuery } from 'svelte/reactivity';
import type { Theme } from '../model/settings.ts';
import { resolveTheme, type AppliedTheme } from './theme.ts';

/** Gives the page the colours of a theme for as long as a component is there, and tells which these are. */
export function applyTheme(getTheme: () => Theme): { readonly current: AppliedTheme } {
  const prefersDark = new MediaQuery('prefers-color-scheme: dark');
  const prefersContrast = new MediaQuery('prefers-contrast: more');
  const applied = $derived(
    resolveTheme(getTheme(), { isDark: prefersDark.current, isContrast: prefersContrast.current }),
  );
  // Before the views are drawn anew: the editor reads its colours from the page.
  $effect.pre(() => {
    document.documentElement.dataset['theme'] = applied;
  });
  return {
    get current() {
      return applied;
    },
  };
}
