import { expect, test, testInUse } from './fixtures.ts';
import { emptyRun } from './scripts.ts';

const greeting = `name = input("Your name? ")\nprint("Hello", name)\n${emptyRun}`;

for (const [title, serviceWorkers] of [
  ['with a service worker', 'allow'],
  ['without one', 'block'],
] as const) {
  test.describe(title, () => {
    test.use({ serviceWorkers });

    test('input() asks in the cell and goes on with what is typed', async ({ notebook, page }) => {
      const cell = await notebook.addScript(greeting);
      await cell.run();
      const field = cell.root.getByRole('textbox', { name: 'Your name?' });
      await expect(field).toBeFocused();
      await page.keyboard.type('Ada');
      await page.keyboard.press('Enter');
      await cell.expectState('Done');
      await cell.tab('Logs').click();
      await expect(cell.log).toContainText('Your name? Ada');
      await expect(cell.log).toContainText('Hello Ada');
    });
  });
}

testInUse('an input that is ended raises EOFError', async ({ notebook }) => {
  const cell = await notebook.addScript(greeting);
  await cell.run();
  await cell.root.getByRole('button', { name: 'End input' }).click();
  await cell.expectState('Failed');
  await expect(cell.error).toContainText('EOFError');
});
