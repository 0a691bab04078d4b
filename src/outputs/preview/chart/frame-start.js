// @ts-check
/**
 * The first script of a frame that draws a chart. It waits for the page's end of a channel, runs the library whose text
 * it is handed, and has the script after it, by the name `drawChart`, draw what it is told.
 */
'use strict';

/**
 * @typedef {{ scheme: 'light' | 'dark', ink: string, inkSoft: string, ground: string, rule: string, action: string, font: string }} Theme
 * @typedef {{ type: 'run', library: string } | { type: 'draw', text: string, theme: Theme }} Command
 * @typedef {{ draw: (value: unknown, place: HTMLElement, theme: Theme) => Promise<readonly string[]>, resize?: () => void }} Chart
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

  const tellHeight = () => {
    port.postMessage({
      type: 'sized',
      height: Math.ceil(document.documentElement.getBoundingClientRect().height),
    });
  };

  /** @param {Command} command */
  async function carryOut(command) {
    if (command.type === 'run') {
      const script = document.createElement('script');
      script.textContent = command.library;
      document.head.append(script);
      return;
    }
    const { theme } = command;
    document.documentElement.style.cssText = `color-scheme: ${theme.scheme}; background: ${theme.ground}; color: ${theme.ink}`;
    const notes = await chart.draw(JSON.parse(command.text), place, theme);
    port.postMessage({ type: 'drawn', notes });
    tellHeight();
  }

  new ResizeObserver(tellHeight).observe(document.documentElement);
  addEventListener('resize', () => chart.resize?.());
  port.onmessage = ({ data }) => {
    last = last
      .then(() => carryOut(data))
      .catch((error) => {
        port.postMessage({ type: 'failed', problem: error instanceof Error ? error.message : String(error) });
      });
  };
}
