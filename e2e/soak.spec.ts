import type { CDPSession } from '@playwright/test';
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

test('200 runs and 50 stops leave page and Python as heavy as a few', async ({ notebook, page }) => {
  test.setTimeout(400_000);
  const first = await notebook.addScript(quick);
  await notebook.addCell('Data Generator');
  const second = notebook.cell('Data Generator 2');
  await second.replaceSource(endless);
  await notebook.waitForPython();
  let runs = 0;
  const run = async (): Promise<void> => {
    runs += 1;
    await first.run();
    await expect(first.log).toContainText(`run ${runs}`);
    await first.expectState('Done');
  };
  const stop = async (): Promise<void> => {
    runs += 1;
    await second.run();
    await expect(second.log).toContainText(`run ${runs}`);
    await second.stopButton.click();
    await second.expectState('Stopped');
  };
  await first.run();
  runs += 1;
  await first.expectState('Done');
  await first.tab('Logs').click();
  await second.run();
  runs += 1;
  await second.stopButton.click();
  await second.expectState('Stopped');
  await second.tab('Logs').click();
  for (let round = 0; round < 10; round += 1) {
    await run();
    await stop();
  }
  const meter = notebook.toolbar.getByRole('meter', { name: 'Memory of Python' });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const before = await weigh(session);
  const pythonBefore = await meter.getAttribute('aria-valuetext');

  for (let round = 0; round < 39; round += 1) {
    for (let each = 0; each < 5; each += 1) await run();
    await stop();
  }
  // Python was never replaced: it has counted all of them.
  expect(runs).toBe(256);
  const after = await weigh(session);
  expect(await meter.getAttribute('aria-valuetext')).toBe(pythonBefore);
  expect(after.heapBytes).toBeLessThan(before.heapBytes + 3_000_000);
  expect(after.nodes).toBeLessThan(before.nodes * 1.2 + 100);
  expect(after.listeners).toBeLessThan(before.listeners * 1.2 + 20);
});
