import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const naming = `from onelogic.odpf.common import ODDataset
from pyodide.http import pyxhr
answer = pyxhr.get("http://onedata-server:8080/api/v1/users/me", headers={"Authorization": od_authorization})
od_output.add_data("output", ODDataset([[answer.json()["username"]]], ["username"]))`;

async function addProfile(page: Page, displayName: string): Promise<void> {
  await page.getByRole('button', { name: /^Profile:/ }).click();
  const profiles = page.getByRole('dialog', { name: 'Profiles' });
  await profiles.getByRole('button', { name: 'New profile' }).click();
  const form = page.getByRole('dialog', { name: 'New profile' });
  await form.getByLabel('Display name').fill(displayName);
  await form.getByRole('button', { name: 'Save' }).click();
  await profiles.getByRole('radio', { name: new RegExp(displayName) }).click();
  await profiles.getByRole('button', { name: 'Close' }).click();
}

test('a schedule runs as its owner while somebody else is active, and what it missed is shown', async ({
  notebook,
  page,
}) => {
  // Time passes by itself, and faster where the story says so.
  await page.clock.install();
  await addProfile(page, 'Ada');
  const cell = await notebook.addScript(naming);
  await cell.run();
  await cell.expectRows([['ada']]);

  await page.getByRole('button', { name: 'Schedules', exact: true }).click();
  const schedules = page.getByRole('dialog', { name: 'Schedules' });
  await schedules.getByRole('button', { name: 'New schedule' }).click();
  const form = page.getByRole('dialog', { name: 'New schedule' });
  await expect(form).toContainText('It will run as the active profile, “Ada”');
  await form.getByLabel('Title').fill('Each minute');
  await form.getByLabel('Minutes between two runs').fill('1');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(schedules).toContainText('every minute, as “Ada”');
  await schedules.getByRole('button', { name: 'Close' }).click();

  await addProfile(page, 'Bob');
  await expect(page.getByRole('note', { name: 'Runs for others' })).toContainText(
    'runs in the name of “Ada”',
  );
  await cell.run();
  await cell.expectRows([['bob']]);
  await page.clock.fastForward('01:00');
  await cell.expectRows([['ada']]);

  await notebook.toolbar.getByRole('button', { name: 'History' }).click();
  const history = page.getByRole('dialog', { name: 'History' });
  const record = history.getByRole('region', { name: 'Schedule “Each minute”, as “Ada”' });
  await expect(record).toContainText('Run as “Ada”');
  await history.getByRole('button', { name: 'Close' }).click();

  await page.clock.fastForward('30:30');
  await expect(page.getByRole('button', { name: /^Schedules: (29|30) missed$/ })).toBeVisible();
});
