import { expect, test } from '../fixtures.ts';
import type { CellPart } from '../pages/CellPart.ts';

// High enough for both cells: nothing is scrolled between the press and the first move.
test.use({ viewport: { width: 1280, height: 1600 } });

const unconnected = 'text = "Two plus two is four"';

function findOutput(cell: CellPart) {
  return cell.root.getByRole('list', { name: /^Outputs of / }).getByRole('button', { name: 'words' });
}

test('an output is dragged to an input; what would close a circle is refused, and what lands nowhere is nothing', async ({
  notebook,
  page,
}) => {
  const first = await notebook.addFirstScriptlet();
  await notebook.addCell('Scriptlet');
  const second = notebook.cell('Scriptlet 2');
  const from = findOutput(first);
  const into = second.inputs.first();

  // Beside every input, onto an input of its own cell, and let go by Escape.
  await from.dragTo(second.root.getByRole('heading'));
  await from.dragTo(first.inputs.first());
  const refusal = page.getByRole('alert').filter({ hasText: 'circle' });
  await expect(refusal).toHaveText(/^ ?That would close a circle: “Scriptlet” → “Scriptlet”\./);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await into.scrollIntoViewIfNeeded();
  await from.hover();
  await page.mouse.down();
  await into.hover();
  await into.hover();
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(second.inputs).toHaveText([unconnected]);
  await expect(first.inputs).toHaveText([unconnected]);

  await from.dragTo(into);
  await expect(second.inputs).toHaveText(['text ← Scriptlet → words']);
  await expect(from).toHaveText('words → Scriptlet 2: text');

  await findOutput(second).dragTo(first.inputs.first());
  await expect(refusal).toHaveText(
    /^ ?That would close a circle: “Scriptlet” → “Scriptlet 2” → “Scriptlet”\./,
  );
  await expect(first.inputs).toHaveText([unconnected]);
  await expect(second.inputs).toHaveText(['text ← Scriptlet → words']);
});

test('cells are connected and run with the keyboard alone', async ({ notebook, page }) => {
  const first = await notebook.addFirstScriptlet();
  await expect(first.editor).toBeFocused();
  await page.keyboard.press('Escape');
  // A second one below, by Jupyter's key; its editor is left for the cell.
  await page.keyboard.press('b');
  const second = notebook.cell('Scriptlet 2');
  await expect(second.editor).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(second.root).toBeFocused();

  const input = second.inputs.first();
  for (let presses = 0; presses < 12 && !(await isFocused(input)); presses++)
    await page.keyboard.press('Tab');
  await expect(input).toBeFocused();
  await page.keyboard.press('Enter');
  const choice = notebook.configuration.getByRole('combobox', { name: 'Where text comes from' });
  await expect(choice).toBeFocused();
  await page.keyboard.type('Scriptlet');
  await expect(second.inputs).toHaveText(['text ← Scriptlet → words']);
  await page.keyboard.press('Escape');
  await expect(second.root).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await second.expectState('Failed');
  // A list is no text, and the message says what to do.
  await expect(second.error).toContainText(
    'The input “text” does not fit: What “Scriptlet” put out as “words”',
  );
});

async function isFocused(locator: ReturnType<typeof findOutput>): Promise<boolean> {
  return await locator.evaluate((element) => element === document.activeElement);
}
