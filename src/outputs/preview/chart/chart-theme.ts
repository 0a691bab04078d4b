/** What a chart takes from the page's theme, as colours and fonts of CSS. */
export interface ChartTheme {
  readonly scheme: 'light' | 'dark';
  readonly isContrast: boolean;
  readonly ink: string;
  readonly inkSoft: string;
  readonly ground: string;
  readonly raised: string;
  readonly rule: string;
  readonly action: string;
  readonly font: string;
  /** Colours of categories, one after the other. */
  readonly palette: readonly string[];
  /** Colours of amounts, from little to much. */
  readonly ramp: readonly string[];
  /** Colours of amounts to both sides of a middle. */
  readonly diverging: readonly string[];
}

/** Tokens that keep 3 : 1 against the ground, and whose neighbours differ in hue. */
const paletteTokens = [
  ...['--action', '--state-stale', '--state-done', '--code-definition', '--state-failed'],
  ...['--code-builtin', '--ink-soft', '--code-number'],
];

export function readChartTheme(): ChartTheme {
  const root = document.documentElement;
  const style = getComputedStyle(root);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const [ink, ground, action] = [token('--ink'), token('--ground'), token('--action')];
  return {
    scheme: style.colorScheme === 'dark' ? 'dark' : 'light',
    isContrast: root.dataset['theme']?.startsWith('contrast') ?? false,
    ink,
    inkSoft: token('--ink-soft'),
    ground,
    raised: token('--raised'),
    rule: token('--rule'),
    action,
    font: token('--font-text'),
    palette: paletteTokens.map(token),
    ramp: [mixColors(ground, action, 0.15), action, mixColors(action, ink, 0.5)],
    diverging: [token('--state-failed'), mixColors(ground, ink, 0.1), action],
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

/** So much of the second colour in the first; colours in hexadecimal digits, as tokens are. */
function mixColors(first: string, second: string, share: number): string {
  const [from, to] = [readChannels(first), readChannels(second)];
  const mixed = from.map((channel, index) => Math.round(channel + ((to[index] ?? 0) - channel) * share));
  return `rgb(${mixed.join(', ')})`;
}

function readChannels(color: string): number[] {
  const digits = color.replace('#', '');
  const wide = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  return [0, 2, 4].map((start) => Number.parseInt(wide.slice(start, start + 2), 16) || 0);
}
