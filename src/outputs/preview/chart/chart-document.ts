import { makeGuardedDocument } from '../frame/frame-document.ts';
import plotly from './frame-plotly.js?raw';
import start from './frame-start.js?raw';
import vega from './frame-vega.js?raw';

export type ChartKind = 'plotly' | 'vega-lite';

const drawers: Record<ChartKind, string> = { plotly, 'vega-lite': vega };

const style = `<style>
html, body { margin: 0; }
body { font: 14px system-ui, sans-serif; overflow-x: auto; }
main { position: relative; min-width: 0; }
.vega-bindings { padding: 4px 8px; }
.vega-bind label { display: flex; flex-wrap: wrap; align-items: center; gap: 0 8px; min-height: 24px; }
.vega-bind input, .vega-bind select { margin: 0; font: inherit; }
#vg-tooltip-element.vg-tooltip.custom-theme {
  border: 1px solid var(--rule); background: var(--raised); color: inherit;
}
#vg-tooltip-element.vg-tooltip.custom-theme td.key { color: inherit; opacity: 0.75; }
/* What Plotly tells in a corner is wider than the place it keeps for that. */
.plotly-notifier .notifier-note { box-sizing: border-box; }
</style>`;

/** The document of a frame that waits for a chart; its library and what to draw come by messages. */
export function makeChartDocument(kind: ChartKind): string {
  const scripts = [drawers[kind], start].map((script) => `<script>${script}</script>`);
  return makeGuardedDocument(`${style}<body>${scripts.join('')}`);
}
