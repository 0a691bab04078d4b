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

/** Colours of categories, of which there are no more. */
const paletteTokens = Array.from({ length: 8 }, (_, index) => `--chart-${index + 1}`);

const forced = matchMedia('(forced-colors: active)');

/** The theme of the page as it is. */
export function readChartTheme(): ChartTheme {
  const root = document.documentElement;
  const style = getComputedStyle(root);
  const system = forced.matches ? readSystemColors() : null;
  const isContrast = system !== null || (root.dataset['theme']?.startsWith('contrast') ?? false);
  const scheme = style.colorScheme === 'dark' ? 'dark' : 'light';
  const theme = createChartTheme((name) => style.getPropertyValue(name).trim(), scheme, isContrast);
  if (!system) return theme;
  const { ink, ground } = system;
  return {
    ...theme,
    ink,
    inkSoft: ink,
    ground,
    raised: ground,
    rule: ink,
    ...mixRamps(theme.action, ink, ground, theme.diverging[0] ?? ink),
  };
}

/** A theme of the interface, by the values of its tokens. */
export function createChartTheme(
  token: (name: string) => string,
  scheme: ChartTheme['scheme'],
  isContrast: boolean,
): ChartTheme {
  const [ink, ground, action] = [token('--ink'), token('--ground'), token('--action')];
  return {
    scheme,
    isContrast,
    ink,
    inkSoft: token('--ink-soft'),
    ground,
    raised: token('--raised'),
    rule: token('--rule'),
    action,
    font: token('--font-text'),
    palette: paletteTokens.map(token),
    ...mixRamps(action, ink, ground, token('--state-failed')),
  };
}

function mixRamps(
  action: string,
  ink: string,
  ground: string,
  failed: string,
): Pick<ChartTheme, 'ramp' | 'diverging'> {
  return {
    ramp: [mixColors(ground, action, 0.15), action, mixColors(action, ink, 0.5)],
    diverging: [failed, mixColors(ground, ink, 0.1), action],
  };
}

/** Calls back when the page's theme changes; returns what ends that. */
export function followTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  forced.addEventListener('change', onChange);
  return () => {
    observer.disconnect();
    forced.removeEventListener('change', onChange);
  };
}

/** The colours that the reader's system forces upon pages, and which do not reach into pictures by themselves. */
function readSystemColors(): Pick<ChartTheme, 'ink' | 'ground'> {
  const probe = document.createElement('span');
  probe.style.cssText = 'position: absolute; color: CanvasText; background: Canvas';
  document.body.append(probe);
  const { color, backgroundColor } = getComputedStyle(probe);
  const colors = { ink: toHexadecimal(color), ground: toHexadecimal(backgroundColor) };
  probe.remove();
  return colors;
}

/** Of a colour as it is computed, as `rgb(0, 128, 255)`. */
function toHexadecimal(color: string): string {
  const channels = color.match(/\d+/g)?.slice(0, 3) ?? [];
  return `#${channels.map((channel) => Number(channel).toString(16).padStart(2, '0')).join('')}`;
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
