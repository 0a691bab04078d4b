import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Triple = readonly [number, number, number];

/** How linear light is seen: by most, and without the cones for red or for green (Machado, Oliveira and Fernandes 2009). */
const sights: Readonly<Record<string, readonly Triple[]>> = {
  most: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

/** The tokens of each theme, as they stand in the one file of them. */
function readThemes(): readonly (readonly [string, ReadonlyMap<string, string>])[] {
  const text = readFileSync(new URL('../../../ui/tokens.css', import.meta.url), 'utf8');
  const blocks = [...text.matchAll(/^:root(?:\[data-theme='([\w-]+)'\])? \{([^}]*)\}/gm)];
  return blocks.map(([, name = 'light', block = '']) => {
    const tokens = [...block.matchAll(/--([\w-]+): (#[\da-f]{6});/g)];
    return [name, new Map(tokens.map(([, token = '', color = '']) => [token, color]))];
  });
}

function toLight(color: string): Triple {
  const read = (start: number): number => {
    const share = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return [read(1), read(3), read(5)];
}

function mix([red, green, blue]: Triple, [byRed, byGreen, byBlue]: Triple): number {
  return Math.min(1, Math.max(0, red * byRed + green * byGreen + blue * byBlue));
}

const luminance: Triple = [0.2126, 0.7152, 0.0722];

/** As WCAG 2 has it. */
function contrastOf(one: string, other: string): number {
  const [less = 0, more = 0] = [one, other]
    .map((color) => mix(toLight(color), luminance))
    .sort((first, second) => first - second);
  return (more + 0.05) / (less + 0.05);
}

/** In CIELAB, where about 2 is seen and 10 is seen at a glance. */
function distanceOf(one: string, other: string, sight: readonly Triple[]): number {
  const place = (color: string): readonly number[] => {
    const [red = 0, green = 0, blue = 0] = sight.map((row) => mix(toLight(color), row));
    const bend = (share: number): number => (share > 0.008856 ? Math.cbrt(share) : 7.787 * share + 16 / 116);
    const x = bend((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047);
    const y = bend(mix([red, green, blue], luminance));
    const z = bend((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883);
    return [116 * y, 500 * (x - y), 200 * (y - z)];
  };
  const [from, to] = [place(one), place(other)];
  return Math.hypot(...from.map((value, index) => value - (to[index] ?? 0)));
}

test.each(readThemes())(
  'categories are told apart from the ground and from one another: %s',
  (name, tokens) => {
    const colors = Array.from({ length: 8 }, (_, index) => tokens.get(`chart-${index + 1}`) ?? '');
    const ground = tokens.get('ground') ?? '';
    const contrasts = colors.map((color) => contrastOf(color, ground));
    expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(name.startsWith('contrast') ? 4.5 : 3);
    const pairs = colors.flatMap((one, index) =>
      colors.slice(index + 1).map((other) => [one, other] as const),
    );
    for (const sight of Object.values(sights)) {
      const distances = pairs.map(([one, other]) => distanceOf(one, other, sight));
      expect(Math.min(...distances)).toBeGreaterThan(18);
    }
  },
);
