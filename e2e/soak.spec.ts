import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const count = 'import json\njson.runs = getattr(json, "runs", 0) + 1\nprint("run", json.runs, flush=True)\n';
const quick = `${count}from onelogic.odpf.common import ODDataset\nod_output.add_data("output", ODDataset([[json.runs]], ["run"]))`;
const endless = `${count}while True:\n    pass`;

interface Weight {
  readonly heapBytes: number;
  readonly nodes: number;
  readonly listeners: number;
}

/** What the page holds when everything that can go is gone. */
async function weigh(session: CDPSession): Promise<Weight> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const read = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return { heapBytes: read('JSHeapUsedSize'), nodes: read('Nodes'), listeners: read('JSEventListeners') };
}

type Step = 'run' | 'stop';

/**
 * Runs the first cell to its end, or the second until it prints and is stopped, as often as `steps` says. It presses the
 * buttons and watches in the page itself: what a story looks at takes longer than a run. `count` runs came before.
 */
function take(page: Page, steps: readonly Step[], count: number): Promise<void> {
  return page.evaluate(
    async ([order, before]) => {
      const find = (title: string): HTMLElement => {
        const cell = document.querySelector<HTMLElement>(`section[aria-label="${title}"]`);
        if (!cell) throw new Error(`There is no cell "${title}".`);
        return cell;
      };
      const press = (cell: HTMLElement, text: string): void => {
        const buttons = [...cell.querySelectorAll('button')];
        const button = buttons.find((each) => each.textContent.trim() === text);
        if (!button) throw new Error(`There is no button "${text}".`);
        button.click();
      };
      const wait = (cell: HTMLElement, isThere: () => boolean): Promise<void> =>
        new Promise((resolve, reject) => {
          const observer = new MutationObserver(look);
          const timer = setTimeout(() => {
            observer.disconnect();
            reject(new Error(`A run did not get there: ${cell.innerText}`));
          }, 30_000);
          function look(): void {
            if (!isThere()) return;
            observer.disconnect();
            clearTimeout(timer);
            resolve();
          }
          observer.observe(cell, { subtree: true, childList: true, characterData: true, attributes: true });
          look();
        });
      const log = (cell: HTMLElement): string => cell.querySelector('[role="log"]')?.textContent ?? '';
      let runs = before;
      for (const step of order) {
        runs += 1;
        const line = `run ${runs}`;
        const cell = find(step === 'run' ? 'Data Generator' : 'Data Generator 2');
        // The queue goes on when what it draws is there.
        await new Promise((resolve) => setTimeout(resolve));
        press(cell, 'Run');
        await wait(cell, () => log(cell).includes(line));
        if (step === 'stop') press(cell, 'Stop');
        const state = step === 'run' ? 'done' : 'stopped';
        await wait(cell, () => cell.dataset['state'] === state);
      }
    },
    [steps, count] as const,
  );
}

test('100 runs and 30 stops leave page and Python as heavy as a few', async ({ notebook, page }) => {
  test.setTimeout(400_000);
  const first = await notebook.addScript(quick);
  await notebook.addCell('Data Generator');
  const second = notebook.cell('Data Generator 2');
  await second.replaceSource(endless);
  await notebook.waitForPython();
  await first.run();
  await first.expectState('Done');
  await first.tab('Logs').click();
  await second.run();
  await second.stopButton.click();
  await second.expectState('Stopped');
  await second.tab('Logs').click();
  const few = Array.from({ length: 10 }, (): Step[] => ['run', 'stop']).flat();
  await take(page, few, 2);
  const meter = notebook.toolbar.getByRole('meter', { name: 'Memory of Python' });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const before = await weigh(session);
  const pythonBefore = await meter.getAttribute('aria-valuetext');

  const many = Array.from({ length: 19 }, (): Step[] => ['run', 'run', 'run', 'run', 'run', 'stop']).flat();
  // Python is never replaced: it counts all of them.
  await take(page, many, 2 + few.length);
  expect(await meter.getAttribute('aria-valuetext')).toBe(pythonBefore);
  // What the last runs held is let go a little later.
  await expect(async () => {
    const after = await weigh(session);
    expect(after.heapBytes).toBeLessThan(before.heapBytes + 3_000_000);
    expect(after.nodes).toBeLessThan(before.nodes * 1.2 + 100);
    expect(after.listeners).toBeLessThan(before.listeners * 1.2 + 20);
  }).toPass({ timeout: 20_000 });
});
