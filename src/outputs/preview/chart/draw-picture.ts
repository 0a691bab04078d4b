import type { ChartTable } from '../../../model/chart/chart-data.ts';
import { createDeferred } from '../../../shared/deferred.ts';
import { FloodMeter } from '../frame/FloodMeter.ts';
import { frameAddress } from '../frame/frame-address.ts';
import { parseFrameMessage } from '../frame/parse-frame-message.ts';
import type { ChartCommand } from './chart-command.ts';
import { makeChartDocument } from './chart-document.ts';
import type { ChartTheme } from './chart-theme.ts';
import { loadLibrary } from './load-library.ts';
import { parseChartMessage } from './parse-chart-message.ts';

/** What a picture is drawn of. */
export interface DrawnChart {
  /** The JSON of a specification of Vega-Lite. */
  readonly figure: string;
  /** The rows of its source “data”; null where it has its data in itself. */
  readonly table: ChartTable | null;
  /** What the chart is called. */
  readonly label: string;
  readonly theme: ChartTheme;
  /** Of the place that it has, in pixels. */
  readonly width: number;
}

/** A picture takes no longer, in milliseconds. */
const longestMs = 20_000;

/**
 * A chart as SVG, drawn in a frame apart that nobody sees. What comes is an image to the page, whatever it says of itself.
 * Rejects with a sentence for the reader, and with an `AbortError` once the signal is aborted.
 */
export async function drawPicture(chart: DrawnChart, signal: AbortSignal): Promise<Blob> {
  signal.throwIfAborted();
  const library = await loadLibrary('vega-lite', chart.figure);
  const drawn = createDeferred<Blob>();
  const over = new AbortController();
  const frame = document.createElement('iframe');
  const timer = setTimeout(() => {
    drawn.reject(new Error('Drawing takes too long.'));
  }, longestMs);
  signal.addEventListener('abort', () => {
    drawn.reject(new DOMException('The picture is not wanted any more.', 'AbortError'));
  });
  window.addEventListener(
    'message',
    ({ source, origin, data }: MessageEvent<unknown>) => {
      if (source !== frame.contentWindow || origin !== location.origin) return;
      const message = parseFrameMessage(data);
      if (!message.isOk) return;
      if (message.value.type === 'frame-flooded') drawn.reject(new Error('The chart was ended.'));
      else if (message.value.type === 'frame-ready') fill(frame, draw(chart, library, drawn, over.signal));
    },
    { signal: over.signal },
  );
  hide(frame, chart);
  document.body.append(frame);
  try {
    return await drawn.promise;
  } finally {
    clearTimeout(timer);
    over.abort();
    frame.remove();
  }
}

/** Within the window, as browsers draw nothing in a frame beyond it; and unseen. */
function hide(frame: HTMLIFrameElement, { width, label }: DrawnChart): void {
  frame.src = frameAddress('apart');
  frame.title = label;
  frame.tabIndex = -1;
  frame.setAttribute('aria-hidden', 'true');
  frame.style.cssText = `position: fixed; inset: 0 auto auto 0; z-index: -1; width: ${width}px; height: 400px; border: 0; opacity: 0; pointer-events: none;`;
}

function fill(frame: HTMLIFrameElement, port: MessagePort): void {
  const command = { type: 'show', html: makeChartDocument('vega-lite'), title: frame.title };
  frame.contentWindow?.postMessage(command, location.origin, [port]);
}

/** The end of a channel over which the frame is told what to draw. */
function draw(
  { figure, table, label, theme }: DrawnChart,
  library: string,
  drawn: { readonly resolve: (picture: Blob) => void; readonly reject: (reason: Error) => void },
  signal: AbortSignal,
): MessagePort {
  const { port1, port2 } = new MessageChannel();
  const flood = new FloodMeter(200);
  const tell = (command: ChartCommand): void => {
    port1.postMessage(command);
  };
  signal.addEventListener('abort', () => {
    port1.close();
  });
  port1.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (flood.isFlood()) {
      drawn.reject(new Error('The chart was ended.'));
      return;
    }
    const message = parseChartMessage(data);
    if (!message.isOk) return;
    switch (message.value.type) {
      case 'drawn':
        tell({ type: 'save', request: 1, format: 'svg', scale: 1 });
        return;
      case 'saved':
        drawn.resolve(message.value.picture);
        return;
      case 'failed':
      case 'not-saved':
        drawn.reject(new Error(message.value.problem));
        return;
      case 'followed':
      case 'sized':
        return;
    }
  };
  tell({ type: 'run', library });
  tell({ type: 'draw', drawing: 1, text: figure, theme, label, table });
  return port2;
}
