import type { ChartKind } from './chart-document.ts';

/** Traces that are drawn upon a map, which has a library of its own. */
const mapTraces = /"(?:choropleth|scattergeo)"/;

/** The text of what draws such a figure. Rejects with a sentence for the reader. */
export async function loadLibrary(kind: ChartKind, figure: string): Promise<string> {
  try {
    const parts = await Promise.all(
      kind === 'vega-lite'
        ? [import('virtual:frame-library/vega')]
        : [
            ...(mapTraces.test(figure) ? [import('virtual:frame-library/plotly-maps')] : []),
            import('virtual:frame-library/plotly'),
          ],
    );
    return parts.map((part) => part.default).join('\n;\n');
  } catch (error) {
    throw new Error('The library that draws this chart could not be loaded.', { cause: error });
  }
}
