// Longer than most files: one short story after the other, each with what was found in a file.
import { userEvent, type Locator } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import { buildImportItem } from '../../model/testing/build-import-summary.ts';
import { WorkspaceId } from '../../model/ids.ts';
import type { SalvagedFile } from '../../model/workspace-import.ts';
import { importResult } from '../../session/testing/HandReader.ts';
import { createDeferred } from '../../shared/deferred.ts';
import { findBarriers } from '../../ui/testing/find-barriers.ts';
import { fitWindow } from '../../ui/testing/mouse.ts';
import { file, showIncoming, unused, type Incoming } from '../testing/show-incoming.ts';

/** The dialog over what was found in a file. */
async function showPreview(given: Incoming = {}) {
  const parts = await showIncoming(given);
  parts.workspace.incoming.openFile(file);
  await expect.element(parts.dialog.getByRole('group', { name: 'What becomes of it' })).toBeVisible();
  return parts;
}

const conflict = (content: Parameters<typeof buildImportItem>[0]) =>
  buildImportItem({ state: 'different', changedAt: 2_000, hereChangedAt: 1_000, ...content });

test('it is shown what is in a file, and what is not', async () => {
  const { dialog, reader } = await showPreview({
    summary: {
      items: [
        buildImportItem({ id: 'one', title: 'Regression' }),
        buildImportItem({ id: 'two', title: 'Clusters', state: 'same' }),
        buildImportItem({ kind: 'model', id: 'prices', title: 'prices' }),
        buildImportItem({ kind: 'schedule', id: 'nightly', title: 'nightly' }),
      ],
      counts: { cells: 12, jobs: 1, sessions: 0, versions: 2, datasets: 3, checkpoints: 0 },
      picked: { data: true, models: true, results: true, history: false },
      hosts: ['data.example', '*.files.example'],
      absent: { notPicked: 4, lost: ['The file a.csv of “Clusters” was lost.'] },
      problems: ['A schedule could not be read.'],
    },
  });
  await expect.element(dialog.getByRole('heading', { name: 'Import “Statistics”' })).toBeVisible();
  await expect.element(dialog).toHaveTextContent('Lesson 3.cahier, written by Cahier 0.1.0, 12.0 kB');
  const lines = dialog.getByRole('list', { name: 'In the file', exact: true }).getByRole('listitem');
  expect(lines.elements().map(({ textContent }) => textContent)).toEqual([
    '2 notebooks with 12 cells, 3 datasets and 1 result',
    '1 model with 2 versions',
    '1 schedule',
  ]);
  await dialog.getByText('The 2 notebooks').click();
  const notebooks = dialog.getByRole('list', { name: 'Notebooks in the file' }).getByRole('listitem');
  expect(notebooks.elements().map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim())).toEqual([
    'Regression',
    'Clusters here already',
  ]);
  await expect.element(dialog).toHaveTextContent('Left out by whoever made the file: history.');
  await dialog.getByText('2 things are missing in the file').click();
  const missing = dialog.getByRole('list', { name: 'Missing in the file' }).getByRole('listitem');
  expect(missing.elements().map(({ textContent }) => textContent)).toEqual([
    'The file a.csv of “Clusters” was lost.',
    'A schedule could not be read.',
  ]);
  await expect
    .element(dialog)
    .toHaveTextContent(
      'Where it was made, its scripts may reach data.example and *.files.example. Nothing of that is taken over: you are asked for each host anew.',
    );
  await expect.element(dialog).toHaveTextContent('until you say that you trust it');
  expect(reader.names).toEqual(['Lesson 3.cahier']);
});

test('several notebooks become a workspace of their own where nothing else is said, under a name that can be changed', async () => {
  const { dialog, reader, reloads, words } = await showPreview();
  await expect.element(dialog.getByRole('radio', { name: 'A workspace of its own' })).toBeChecked();
  const name = dialog.getByRole('textbox', { name: 'Name' });
  await expect.element(name).toHaveValue('Statistics');
  const press = dialog.getByRole('button', { name: 'Import as a new workspace' });
  await name.fill('  ');
  await expect.element(press).toHaveAttribute('aria-disabled', 'true');
  await name.fill('Statistics, spring');
  await press.click();
  await expect.poll(() => reloads).toEqual(['imported first']);
  expect(reader.choices).toEqual([{ way: 'new', title: 'Statistics, spring', conflicts: [] }]);
  expect(words).toEqual([
    '“Lesson 3.cahier” was imported as the workspace “Statistics, spring”, with 2 notebooks.',
  ]);
});

test('a single notebook is added to those that are here, at a press', async () => {
  const { dialog, reader, reloads } = await showPreview({ summary: { items: [buildImportItem()] } });
  await expect.element(dialog.getByRole('radio', { name: 'Add to this workspace' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Add to this workspace' }).click();
  await expect.poll(() => reloads).toEqual(['imported first']);
  expect(reader.choices).toEqual([{ way: 'merge', title: 'Statistics', conflicts: [] }]);
});

test('a workspace in which nothing was made yet is filled without further questions', async () => {
  const { dialog, reader, reloads } = await showPreview({ notebook: unused });
  await expect.element(dialog.getByRole('radio', { name: 'Into this workspace' })).toBeChecked();
  expect(dialog.getByRole('radio').elements()).toHaveLength(2);
  await dialog.getByRole('button', { name: 'Import into this workspace' }).click();
  await expect.poll(() => reloads).toEqual(['imported first']);
  expect(reader.choices).toEqual([{ way: 'replace', title: 'Statistics', conflicts: [] }]);
});

test('for each thing that differs it is chosen what becomes of it, and the newer one is marked', async () => {
  const { dialog, reader, reloads } = await showPreview({
    summary: {
      items: [
        conflict({ id: 'one', title: 'Regression' }),
        conflict({ id: 'two', title: 'Clusters', changedAt: 500 }),
        conflict({ id: 'three', title: 'Trees', changedAt: null }),
        conflict({ kind: 'schema', id: 'rows', title: 'Rows', hereTitle: 'My rows', changedAt: null }),
        buildImportItem({ id: 'four', title: 'New one' }),
        buildImportItem({ id: 'five', title: 'Same one', state: 'same' }),
      ],
    },
  });
  await dialog.getByRole('radio', { name: 'Add to this workspace' }).click();
  await expect
    .element(dialog)
    .toHaveTextContent('Of what is in the file, 1 is new, 1 is here alike and 4 are here and differ.');
  const rows = dialog.getByRole('list', { name: 'What differs' }).getByRole('listitem');
  expect(rows.elements().map(({ textContent }) => /\((newer)\)( ·)?/.exec(textContent)?.[0] ?? null)).toEqual(
    ['(newer)', '(newer) ·', null, null],
  );
  const warning = dialog.getByText('What you take from the file');
  await expect.element(warning).not.toBeInTheDocument();
  await dialog.getByRole('combobox', { name: 'Regression' }).selectOptions('Take the file’s');
  await expect
    .element(warning)
    .toHaveTextContent(
      'What you take from the file comes in the place of yours, which goes to the trash and can be brought back for 30 days.',
    );
  await dialog.getByRole('combobox', { name: 'Rows' }).selectOptions('Take the file’s');
  await expect
    .element(warning)
    .toHaveTextContent(
      'What you take from the file comes in the place of yours. Notebooks and models of yours go to the trash and can be brought back for 30 days. Others go for good, without a way back: data schema “My rows”.',
    );
  await dialog.getByRole('combobox', { name: 'Clusters' }).selectOptions('Keep both');
  await dialog.getByRole('button', { name: 'Add to this workspace' }).click();
  await expect.poll(() => reloads).toEqual(['imported first']);
  expect(reader.choices).toEqual([
    {
      way: 'merge',
      title: 'Statistics',
      conflicts: [
        { kind: 'notebook', id: 'one', choice: 'take' },
        { kind: 'notebook', id: 'two', choice: 'both' },
        { kind: 'notebook', id: 'three', choice: 'keep' },
        { kind: 'schema', id: 'rows', choice: 'take' },
      ],
    },
  ]);
});

test('a file of which all is here says so, and changes nothing', async () => {
  const { dialog, reader, reloads } = await showPreview({
    summary: { items: [buildImportItem({ state: 'same' })] },
  });
  const radio = dialog.getByRole('radio', { name: 'Add to this workspace' });
  await expect
    .element(radio)
    .toHaveAccessibleDescription('All of it is here already: nothing would be added.');
  await radio.click();
  await dialog.getByRole('button', { name: 'Add to this workspace' }).click();
  const told = 'Nothing in “Lesson 3.cahier” is new: all of it is here already. Nothing was changed.';
  await expect.element(dialog.getByText(told)).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect([reader.choices, reloads]).toEqual([[], []]);
});

test('one choice is made for all, but for what cannot be there twice', async () => {
  const { dialog, reader, reloads } = await showPreview({
    summary: {
      items: [
        conflict({ id: 'one', title: 'Regression' }),
        conflict({ kind: 'profile', id: 'ada', title: 'ada', bothProblem: 'A profile has one name.' }),
      ],
    },
  });
  await dialog.getByRole('radio', { name: 'Add to this workspace' }).click();
  const all = dialog.getByRole('group', { name: 'For all' });
  await all.getByRole('button', { name: 'Take the file’s' }).click();
  await expect.element(dialog.getByRole('combobox', { name: 'ada' })).toHaveValue('take');
  await all.getByRole('button', { name: 'Keep both' }).click();
  await expect
    .element(all.getByRole('status'))
    .toHaveTextContent('Keep both: all but 1, which cannot be here twice.');
  await expect.element(dialog.getByRole('combobox', { name: 'Regression' })).toHaveValue('both');
  const single = dialog.getByRole('combobox', { name: 'ada' });
  await expect.element(single).toHaveValue('take');
  await expect.element(single).toHaveAccessibleDescription('Not both: A profile has one name.');
  await dialog.getByRole('button', { name: 'Add to this workspace' }).click();
  await expect.poll(() => reloads).toEqual(['imported first']);
  expect(reader.choices[0]?.conflicts.map(({ id, choice }) => `${id} ${choice}`)).toEqual([
    'one both',
    'ada take',
  ]);
});

test('what is here is replaced only once that was agreed to, and can be exported before', async () => {
  const { dialog, reader, reloads, screen } = await showPreview();
  await dialog.getByRole('radio', { name: 'In place of this workspace' }).click();
  const warning = dialog.getByRole('group', { name: 'What goes' });
  await expect
    .element(warning)
    .toHaveTextContent(
      'What is here goes: 1 notebook and 1 cell, with all results and their history. Notebooks and models go to the trash and can be brought back for 30 days. Export',
    );
  const press = dialog.getByRole('button', { name: 'Replace this workspace' });
  await expect.element(press).toHaveAttribute('aria-disabled', 'true');
  await warning.getByRole('button', { name: 'Export what is here…' }).click();
  const exporting = screen.getByRole('dialog', { name: 'Export the workspace' });
  await expect.element(exporting).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(exporting).not.toBeInTheDocument();
  await warning.getByRole('checkbox', { name: 'Delete what is here' }).click();
  await press.click();
  await expect.poll(() => reloads).toEqual(['imported first']);
  expect(reader.choices).toEqual([{ way: 'replace', title: 'Statistics', conflicts: [] }]);
});

test('what has no trash is named before it is replaced', async () => {
  const { dialog, workspace } = await showIncoming();
  workspace.schemas.add({ name: 'Rows', description: '', fields: [] });
  await workspace.lines.add({ title: 'Nightly', notebookIds: [] });
  workspace.incoming.openFile(file);
  await dialog.getByRole('radio', { name: 'In place of this workspace' }).click();
  await expect
    .element(dialog.getByRole('group', { name: 'What goes' }))
    .toHaveTextContent(
      'For good, without a way back, go: data schema “Rows” and production line “Nightly”. Export what is here first',
    );
});

test('who thinks of another way agrees anew', async () => {
  const { dialog } = await showPreview();
  await dialog.getByRole('radio', { name: 'In place of this workspace' }).click();
  await dialog.getByRole('checkbox', { name: 'Delete what is here' }).click();
  await dialog.getByRole('radio', { name: 'Add to this workspace' }).click();
  await dialog.getByRole('radio', { name: 'In place of this workspace' }).click();
  await expect.element(dialog.getByRole('checkbox', { name: 'Delete what is here' })).not.toBeChecked();
});

test('a file that is not as it should be is refused with the reason, and another can be chosen', async () => {
  const { dialog, reader, workspace, reloads } = await showIncoming();
  reader.problem = 'notebooks/a/notebook.json: Its SHA-256 is not what the manifest says: it was altered.';
  workspace.incoming.openFile(file);
  await expect.element(dialog.getByRole('alert')).toHaveTextContent(reader.problem);
  await expect.element(dialog).toHaveTextContent('Nothing was stored.');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(reloads).toEqual([]);
});

test('a web page that was saved in place of the file is known for one', async () => {
  const { dialog, workspace } = await showIncoming();
  workspace.incoming.openFile(new File(['<!doctype html><title>Sign in</title>'], 'a.cahier'));
  await expect
    .element(dialog.getByRole('alert'))
    .toHaveTextContent('It is a web page, and no workspace. It may have been saved in place of the file.');
});

test('checking a file shows how far it is, and is given up', async () => {
  const { dialog, reader, workspace } = await showIncoming();
  reader.reading = createDeferred();
  workspace.incoming.openFile(file);
  await expect.element(dialog.getByRole('progressbar', { name: 'Checked so far' })).toBeVisible();
  reader.onProgress(2_000_000, 8_000_000);
  await expect.element(dialog).toHaveTextContent('2.0 MB of 8.0 MB');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(workspace.incoming.shown).toBeNull();
});

test('storing shows how far it is; given up, what was chosen is still there', async () => {
  const { dialog, reader, reloads } = await showPreview();
  reader.storing = createDeferred();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Spring');
  await dialog.getByRole('button', { name: 'Import as a new workspace' }).click();
  await expect.element(dialog.getByRole('progressbar', { name: 'Stored so far' })).toBeVisible();
  reader.onProgress(6_000, 12_000);
  await expect.element(dialog).toHaveTextContent('6.0 kB of 12.0 kB');
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('Spring');
  await expect.element(dialog.getByRole('alert')).not.toBeInTheDocument();
  expect(reloads).toEqual([]);
});

test('where it cannot be stored it is said why, and that nothing has changed', async () => {
  const { dialog, reader } = await showPreview();
  reader.storing = createDeferred();
  await dialog.getByRole('button', { name: 'Import as a new workspace' }).click();
  await expect.poll(() => reader.choices).toHaveLength(1);
  reader.storing.reject(new Error('This browser has no room left for it. Make room and try again.'));
  await expect
    .element(dialog.getByRole('alert'))
    .toHaveTextContent(
      'It was not imported, and nothing has changed. This browser has no room left for it. Make room and try again.',
    );
  reader.storing = null;
  await dialog.getByRole('button', { name: 'Import as a new workspace' }).click();
  await expect.poll(() => reader.choices).toHaveLength(2);
});

test('what could not come along is read before the page is loaded anew', async () => {
  const { dialog, reader, reloads } = await showPreview();
  reader.storing = createDeferred();
  await dialog.getByRole('button', { name: 'Import as a new workspace' }).click();
  reader.storing.resolve({ ...importResult, losses: ['The schedule “nightly” names no notebook.'] });
  await expect
    .element(dialog.getByRole('list', { name: 'What could not come along' }))
    .toHaveTextContent('The schedule “nightly” names no notebook.');
  expect(reloads).toEqual([]);
  await dialog.getByRole('button', { name: 'Open it' }).click();
  await expect.poll(() => reloads).toEqual(['imported first']);
});

test('what runs is named before it would be lost, and stopped when that is asked for', async () => {
  const { dialog, session, kernel, reader, reloads } = await showPreview();
  session.run({ type: 'all' });
  await expect.poll(() => kernel.isRunning).toBe(true);
  await dialog.getByRole('button', { name: 'Import as a new workspace' }).click();
  const told = dialog.getByRole('alert');
  await expect
    .element(told)
    .toHaveTextContent(
      'It was not imported yet: “Mine” still runs or imports something, and the page is loaded anew after this.',
    );
  await expect.element(told).toBeInViewport();
  expect(reader.choices).toEqual([]);
  const stop = vi.spyOn(kernel, 'stop').mockImplementation(() => {
    kernel.end({ status: 'stopped', level: 'soft' });
  });
  await told.getByRole('button', { name: 'Stop what runs' }).click();
  await expect.element(told).not.toBeInTheDocument();
  expect(stop).toHaveBeenCalledOnce();
  await dialog.getByRole('button', { name: 'Import as a new workspace' }).click();
  await expect.poll(() => reloads).toEqual(['imported first']);
});

test('hundreds of things with long names fit, a part of them at a time', async () => {
  const long = 'regression_with_a_name_that_never_ends_'.repeat(12);
  const items = Array.from({ length: 400 }, (_, index) =>
    conflict({ id: `n${index}`, title: `${long}${index}` }),
  );
  const { dialog, reader } = await showPreview({
    summary: { title: long, items, hosts: [`${long}.example`] },
  });
  for (const width of [1280, 400]) {
    await fitWindow(width, 800);
    await dialog.getByRole('radio', { name: 'Add to this workspace' }).click();
    const list = dialog.getByRole('list', { name: 'What differs' });
    await expect.poll(() => list.getByRole('listitem').elements().length).toBe(50);
    const wide = [...dialog.element().querySelectorAll('*')].filter(
      (part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).overflowX === 'auto',
    );
    expect(wide).toEqual([]);
    await expect.element(dialog.getByRole('button', { name: 'Add to this workspace' })).toBeInViewport();
  }
  await fitWindow(1280, 800);
  await dialog
    .getByRole('group', { name: 'For all' })
    .getByRole('button', { name: 'Take the file’s' })
    .click();
  await dialog.getByRole('button', { name: 'Add to this workspace' }).click();
  await expect
    .poll(() => reader.choices[0]?.conflicts.filter(({ choice }) => choice === 'take').length)
    .toBe(400);
});

test('all of it is done by keys', async () => {
  const { reader, reloads, screen, workspace } = await showIncoming({
    summary: { items: [conflict({ id: 'one', title: 'Regression' })] },
  });
  const before = screen.getByRole('button', { name: 'Import', exact: true });
  (before.element() as HTMLElement).focus();
  workspace.incoming.openFile(file);
  await expect.element(screen.getByRole('radio', { name: 'A workspace of its own' })).toBeVisible();
  const goTo = async (target: Locator): Promise<void> => {
    for (let press = 0; press < 20 && document.activeElement !== target.query(); press += 1) {
      await userEvent.keyboard('{Tab}');
    }
    await expect.element(target).toHaveFocus();
  };
  await goTo(screen.getByRole('radio', { name: 'A workspace of its own' }));
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(screen.getByRole('radio', { name: 'Add to this workspace' })).toBeChecked();
  await goTo(screen.getByRole('combobox', { name: 'Regression' }));
  await userEvent.keyboard('t');
  await goTo(screen.getByRole('button', { name: 'Add to this workspace' }));
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => reloads).toEqual(['imported first']);
  expect(reader.choices[0]?.conflicts).toEqual([{ kind: 'notebook', id: 'one', choice: 'take' }]);
});

test('nothing in it keeps anybody from using it', async () => {
  const items = [
    conflict({ id: 'one', title: 'Regression' }),
    conflict({ kind: 'profile', id: 'ada', title: 'ada', bothProblem: 'A profile has one name.' }),
    buildImportItem({ id: 'two', title: 'New one' }),
  ];
  const { dialog, workspace, session, kernel } = await showPreview({
    summary: { items, hosts: ['data.example'], problems: ['A schedule could not be read.'] },
  });
  await dialog.getByText('The 2 notebooks').click();
  expect(await findBarriers()).toEqual([]);
  await dialog.getByRole('radio', { name: 'Add to this workspace' }).click();
  expect(await findBarriers()).toEqual([]);
  await dialog.getByRole('radio', { name: 'In place of this workspace' }).click();
  session.run({ type: 'all' });
  await expect.poll(() => kernel.isRunning).toBe(true);
  await dialog.getByRole('checkbox', { name: 'Delete what is here' }).click();
  await dialog.getByRole('button', { name: 'Replace this workspace' }).click();
  await expect.element(dialog.getByRole('alert')).toBeVisible();
  expect(await findBarriers()).toEqual([]);
  workspace.incoming.openAddress('https://files.example/lesson.cahier');
  await expect.element(dialog.getByRole('button', { name: 'Fetch the file' })).toBeVisible();
  expect(await findBarriers()).toEqual([]);
});

const salvaged: SalvagedFile = {
  kind: 'rescue',
  writtenAt: Date.UTC(2026, 2, 4, 12),
  workspaces: [
    { id: WorkspaceId.from('one'), title: 'Lessons', notebookCount: 3, isInTrash: false },
    { id: WorkspaceId.from('two'), title: 'Old', notebookCount: 1, isInTrash: true },
  ],
  chosen: WorkspaceId.from('one'),
  distrustedCount: 2,
};

test('of a rescue it is said when it was saved, and one of its workspaces is chosen', async () => {
  const { dialog, reader } = await showPreview({ summary: { salvaged } });
  await expect.element(dialog).toHaveTextContent(/It was saved on .*2026.*, of what could be read then\./);
  await expect
    .element(dialog)
    .toHaveTextContent('2 notebooks in it had come with files that were not trusted.');
  const workspaces = dialog.getByRole('combobox', { name: 'The workspace of the copy' });
  const names = [...workspaces.element().querySelectorAll('option')].map(({ textContent }) => textContent);
  expect(names).toEqual(['Lessons (3 notebooks)', 'Old (1 notebook, in the trash)']);
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Mine');
  reader.summary = {
    ...reader.summary,
    title: 'Old',
    salvaged: { ...salvaged, chosen: WorkspaceId.from('two') },
  };
  await userEvent.selectOptions(workspaces, 'Old (1 notebook, in the trash)');
  await expect.element(dialog.getByRole('heading', { name: 'Import “Old”' })).toBeVisible();
  await expect.element(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('Old');
  expect([reader.wanted, reader.disposedCount]).toEqual([[null, 'two'], 1]);
});

test('of a backup it is said how many of its values are gone, and that a workspace of its own has none', async () => {
  const { dialog } = await showPreview({
    summary: {
      absent: { notPicked: 2, lost: [] },
      salvaged: {
        ...salvaged,
        kind: 'backup',
        workspaces: salvaged.workspaces.slice(0, 1),
        distrustedCount: 0,
      },
    },
  });
  await expect
    .element(dialog)
    .toHaveTextContent(
      'It has no large values, such as tables. Those that the workspace that is open still has are shown again where it is added to that, or takes its place; 2 are gone.',
    );
  await expect
    .element(dialog.getByRole('radio', { name: 'A workspace of its own' }))
    .toHaveAccessibleDescription(
      /^Beside .* The tables, files, images and wheels of the copy are not in it: /,
    );
  expect(dialog.getByRole('combobox').query()).toBeNull();
});
