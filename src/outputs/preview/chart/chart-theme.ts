/** What a chart takes from the page's theme, as colours and fonts of CSS. */
export interface ChartTheme {
  readonly scheme: 'light' | 'dark';
  readonly ink: string;
  readonly inkSoft: string;
  readonly ground: string;
  readonly rule: string;
  readonly action: string;
  readonly font: string;
}

export function readChartTheme(): ChartTheme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    scheme: style.colorScheme === 'dark' ? 'dark' : 'light',
    ink: token('--ink'),
    inkSoft: token('--ink-soft'),
    ground: token('--ground'),
    rule: token('--rule'),
    action: token('--action'),
    font: token('--font-text'),
  };
}

/** Calls back when the page's theme changes; returns what ends that. */
export function followTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    observer.disconnect();
  };
}
