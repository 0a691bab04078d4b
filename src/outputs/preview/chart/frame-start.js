// @ts-check
/**
 * The first script of a frame that draws a chart. It waits for the page's end of a channel, runs the library whose text
 * it is handed, and has the script after it, by the name `chart`, draw what it is told.
 */
'use strict';

/**
 * @typedef {import('./chart-theme.ts').ChartTheme} Theme
 * @typedef {import('./chart-command.ts').ChartCommand} Command
 * @typedef {import('./parse-chart-message.ts').ChartMessage} Message
 * @typedef {Pick<Extract<Command, { type: 'draw' }>, 'theme' | 'label' | 'table'>
 *   & { follow: (address: string) => void }} Surroundings what leads elsewhere is followed by the page, if at all
 * @typedef {{
 *   draw: (value: unknown, place: HTMLElement, surroundings: Surroundings) => Promise<readonly string[]>,
 *   save?: (format: 'svg' | 'png', scale: number) => Promise<Blob>,
 *   resize?: () => void,
 * }} Chart
 */

addEventListener('message', (event) => {
  const port = event.ports[0];
  if (event.source === parent && port) listen(port);
});

/** @param {MessagePort} port */
function listen(port) {
  /** @type {Chart} */
  const chart = Reflect.get(globalThis, 'chart');
  const place = document.createElement('main');
  document.body.append(place);
  /** Commands are carried out one after another. */
  let last = Promise.resolve();

  /** @param {Message} message */
  const tell = (message) => {
    port.postMessage(message);
  };

  /** Until something is drawn, the place that is kept for it stays as high as it is. */
  let isDrawn = false;

  const tellHeight = () => {
    if (isDrawn)
      tell({ type: 'sized', height: Math.ceil(document.documentElement.getBoundingClientRect().height) });
  };

  /** @param {Command} command */
  async function carryOut(command) {
    switch (command.type) {
      case 'run': {
        const script = document.createElement('script');
        script.textContent = command.library;
        document.head.append(script);
        return;
      }
      case 'draw': {
        applyTheme(command.theme);
        /** @param {string} address */
        const follow = (address) => tell({ type: 'followed', address });
        const notes = await chart.draw(JSON.parse(command.text), place, { ...command, follow });
        isDrawn = true;
        tell({ type: 'drawn', drawing: command.drawing, notes });
        tellHeight();
        return;
      }
      case 'save': {
        const picture = await chart.save?.(command.format, command.scale);
        if (picture) tell({ type: 'saved', request: command.request, picture });
        return;
      }
    }
  }

  new ResizeObserver(tellHeight).observe(document.documentElement);
  addEventListener('resize', () => chart.resize?.());
  port.onmessage = ({ data }) => {
    /** @type {Command} */
    const command = data;
    last = last
      .then(() => carryOut(command))
      .catch((error) => {
        const problem = describeError(error);
        if (command.type === 'save') tell({ type: 'not-saved', request: command.request, problem });
        else tell({ type: 'failed', drawing: command.type === 'draw' ? command.drawing : null, problem });
      });
  };
}

/**
 * A library that is given what it does not expect trips over its own code.
 * @param {unknown} error
 */
function describeError(error) {
  if (error instanceof TypeError || error instanceof RangeError) {
    return `Something in it is not what its library expects, which says no more than “${error.message}”.`;
  }
  return error instanceof Error ? error.message : String(error);
}

/** @param {Theme} theme */
function applyTheme({ scheme, ground, raised, ink, rule }) {
  document.documentElement.style.cssText = `color-scheme: ${scheme}; --raised: ${raised}; --rule: ${rule}; background: ${ground}; color: ${ink}`;
}
