import { makeGuardedDocument } from '../frame/frame-document.ts';
import plotly from './frame-plotly.js?raw';
import start from './frame-start.js?raw';
import vega from './frame-vega.js?raw';

export type ChartKind = 'plotly' | 'vega-lite';

const drawers: Record<ChartKind, string> = { plotly, 'vega-lite': vega };

const style = `<style>
html, body { margin: 0; }
body { font: 14px system-ui, sans-serif; overflow-x: auto; }
main { min-width: 0; }
/* What Plotly tells in a corner is wider than the place it keeps for that. */
.plotly-notifier .notifier-note { box-sizing: border-box; }
</style>`;

/** The document of a frame that waits for a chart; its library and what to draw come by messages. */
export function makeChartDocument(kind: ChartKind): string {
  const scripts = [drawers[kind], start].map((script) => `<script>${script}</script>`);
  return makeGuardedDocument(`${style}<body>${scripts.join('')}`);
}
