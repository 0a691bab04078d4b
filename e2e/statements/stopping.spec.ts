import type { Locator } from '@playwright/test';
import { expect, testInUse as test } from '../fixtures.ts';
import type { CellPart } from '../pages/CellPart.ts';
import { writeStatement } from './write-statement.ts';

async function readBytes(meter: Locator): Promise<number> {
  return Number(await meter.getAttribute('value'));
}

/** Presses Stop, and sees to it that the Statement ends in time, in a Python that is kept. */
async function stop(cell: CellPart): Promise<void> {
  await cell.stopButton.click();
  // Two seconds are the script's to end by itself; the rest is what a busy machine takes to show it.
  await expect(cell.root.locator('> header')).toContainText('Stopped', { timeout: 6_000 });
  await expect(cell.root.locator('> header')).toContainText('Python kept');
}

test('a million rows that come in one by one show how far they are, take little room, and are stopped', async ({
  notebook,
}) => {
  const rows = await notebook.addScript(
    'import numpy as np\nimport pandas as pd\nids = np.arange(1_000_000)\nod_output.add_data("rows", pd.DataFrame({"id": ids, "half": ids / 2, "text": "some text"}))',
  );
  await rows.run();
  await rows.expectState('Done');
  const meter = notebook.toolbar.getByRole('meter', { name: 'Memory of Python' });
  const before = await readBytes(meter);
  const cell = await writeStatement(
    notebook,
    'Statement',
    'return [{"id": row["id"] + 1} for row in INPUT_DATA]',
    [['id', 'integer']],
  );
  await notebook.connect('input', 'Data Generator → rows');
  await cell.run();
  await expect(cell.root.locator('> header')).toContainText(/[1-9]\d* % · Running/);
  await stop(cell);
  // The columns of the input alone have 33 MB; as dicts all at once they would have some hundred.
  await expect.poll(() => readBytes(meter)).toBeLessThan(before + 150_000_000);

  for (const endless of ['await sleep(10**9)', 'while True:\n    pass', 'while True:\n    await sleep(0)']) {
    await test.step(endless, async () => {
      await cell.replaceSource(`log.info("begun")\n${endless}\nreturn INPUT_DATA`);
      await cell.run();
      await cell.tab('Logs').click();
      await expect(cell.log).toContainText('begun');
      await stop(cell);
    });
  }
  // A Python that was stopped in the middle of it all takes the same rows again.
  await cell.select();
  await notebook.configuration.getByRole('radio', { name: 'In bulk' }).check();
  await cell.replaceSource('return [{"id": len(INPUT_DATA)}]');
  await cell.run();
  await cell.tab('Result Table').click();
  await cell.expectRows([['1000000']]);
});
