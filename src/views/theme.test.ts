import { describe, expect, it } from 'vitest';
import { nextTheme, resolveTheme } from './theme.ts';

describe('a theme', () => {
  it.each([
    ['system', { isDark: false, isContrast: false }, 'light'],
    ['system', { isDark: true, isContrast: false }, 'dark'],
    ['system', { isDark: false, isContrast: true }, 'contrast'],
    ['system', { isDark: true, isContrast: true }, 'contrast-dark'],
    ['light', { isDark: true, isContrast: true }, 'light'],
    ['dark', { isDark: false, isContrast: false }, 'dark'],
    ['contrast', { isDark: false, isContrast: false }, 'contrast'],
    ['contrast', { isDark: true, isContrast: false }, 'contrast-dark'],
  ] as const)('that is %s, where the system says %o, is shown as %s', (theme, system, applied) => {
    expect(resolveTheme(theme, system)).toBe(applied);
  });

  it('is followed by every other in turn', () => {
    expect(nextTheme(nextTheme(nextTheme(nextTheme('system'))))).toBe('system');
  });
});
