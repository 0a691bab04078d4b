// Longer than most files: all that is said of a file that is not trusted, on each screen that says it.
import { render } from 'vitest-browser-svelte';
import { userEvent } from 'vitest/browser';
import { describe, expect, test } from 'vitest';
import { ImportId } from '../../model/ids.ts';
import type { ImportedFile } from '../../model/imported-file.ts';
import type { Notebook } from '../../model/notebook.ts';
import { buildImport } from '../../model/testing/build-import.ts';
import { buildLoadingCell, buildModel, buildVersion } from '../../model/testing/build-models.ts';
import { buildLine, buildSchedule } from '../../model/testing/build-schedules.ts';
import { buildCell, buildNotebook } from '../../model/testing/builders.ts';
import { succeed } from '../../shared/result.ts';
import type { MemoryStorage } from '../../storage/MemoryStorage.ts';
import { findBarriers } from '../../ui/testing/find-barriers.ts';
import { fitWindow } from '../../ui/testing/mouse.ts';
import App from '../App.svelte';
import FirstCellPane from '../testing/FirstCellPane.svelte';
import { openWorkspace } from '../testing/open-workspace.ts';
import ViewHost from '../testing/ViewHost.svelte';

const importId = ImportId.from('lesson');
const lesson = buildNotebook([], {
  title: 'Lesson',
  importId,
  cells: [
    buildCell('sums', { source: 'x = 1' }),
    {
      kind: 'note',
      id: buildCell('plan').id,
      title: 'plan',
      source: 'A plan: ![map](https://a.example/map.png)',
    },
  ],
});

/** The app with a notebook that came with “lesson.cahier”, which is not trusted. */
async function showApp({
  notebook = lesson,
  file = {},
  prepare = () => Promise.resolve(),
}: {
  readonly notebook?: Notebook;
  readonly file?: Partial<ImportedFile>;
  readonly prepare?: (storage: MemoryStorage, workspaceId: Notebook['workspaceId']) => Promise<unknown>;
} = {}) {
  await fitWindow(1280);
  const opened = await openWorkspace(notebook, async (storage) => {
    const workspaceId = await storage.openWorkspace();
    await storage.changeImport(importId, () => buildImport('lesson', { workspaceId, ...file }));
    await prepare(storage, workspaceId);
  });
  const screen = await render(App, { workspace: opened.workspace, packagesUrl: 'packages.json' });
  const bar = screen.getByRole('note', { name: 'Not trusted' });
  const dialog = screen.getByRole('dialog', { name: 'Trust “lesson.cahier”?' });
  return { ...opened, screen, bar, dialog };
}

describe('a notebook that came with a file that is not trusted', () => {
  test('says so, can be read, and offers nothing that runs or changes it', async () => {
    const { bar, screen, kernel } = await showApp();
    await expect
      .element(bar)
      .toHaveTextContent(
        'This notebook came with “lesson.cahier”. You can read all of it. Until you trust it, nothing of it runs or reaches another host. Trust…',
      );
    await expect.element(screen.getByText('Python is not started')).toBeVisible();
    await expect
      .element(screen.getByText('[Image “map”: on another host, shown once you trust this notebook]'))
      .toBeVisible();
    for (const name of ['Run all', 'Run stale', 'Restart Python']) {
      await expect.element(screen.getByRole('button', { name })).toBeDisabled();
    }
    const cell = screen.getByRole('region', { name: 'sums' });
    await expect.element(cell.getByText('x = 1')).toBeVisible();
    await expect.element(cell.getByRole('button', { name: 'Run', exact: true })).toBeDisabled();
    await expect.element(screen.getByRole('button', { name: /^Add cell/ })).not.toBeInTheDocument();
    (cell.element() as HTMLElement).focus();
    await userEvent.keyboard('{Control>}{Enter}{/Control}{Shift>}{Enter}{/Shift}');
    expect(kernel.asked).toEqual([]);
    expect(await findBarriers()).toEqual([]);
  });

  test('is trusted by the keyboard alone, after what that means was read', async () => {
    const { bar, dialog, screen, session, workspace } = await showApp();
    const button = bar.getByRole('button', { name: 'Trust…' });
    (button.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(dialog).toBeVisible();
    // What is typed then presses nothing.
    await userEvent.keyboard('{Enter} ');
    expect(await findBarriers()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await expect.element(dialog).not.toBeInTheDocument();
    await expect.element(button).toHaveFocus();
    expect(session.isTrusted).toBe(false);
    await userEvent.keyboard('{Enter}');
    const agree = dialog.getByRole('button', { name: 'Trust the file' });
    await expect.element(agree).toBeEnabled();
    await userEvent.tab();
    await expect.element(dialog.getByRole('button', { name: 'Cancel' })).toHaveFocus();
    await userEvent.tab();
    await expect.element(agree).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(bar).not.toBeInTheDocument();
    await expect.element(screen.getByText('Python 3.13.2 is ready')).toBeVisible();
    await expect.element(screen.getByRole('main')).toHaveFocus();
    expect([session.isTrusted, workspace.trust.find({ importId })?.isTrusted]).toEqual([true, true]);
  });

  test('whose file is not known any more can be read, and not trusted', async () => {
    const { bar } = await showApp({ notebook: { ...lesson, importId: ImportId.from('gone') } });
    await expect
      .element(bar)
      .toHaveTextContent(
        'This notebook came with a file or link of which nothing is known any more, so it can only be read and exported. Open that again to run it.',
      );
    await expect.element(bar.getByRole('button')).not.toBeInTheDocument();
  });
});

describe('what is asked to be trusted is named as it came in:', () => {
  const hint = 'Trust it if you know who made it, or have read what it would run.';

  test('by a link that holds the notebook', async () => {
    const { bar, screen } = await showApp({ file: { name: 'Lesson', isLink: true } });
    await expect
      .element(bar)
      .toHaveTextContent(/^This notebook came by the link to “Lesson”. You can read all of it./);
    await bar.getByRole('button', { name: 'Trust…' }).click();
    const dialog = screen.getByRole('dialog', { name: 'Trust the link to “Lesson”?' });
    await expect
      .element(dialog)
      .toHaveTextContent(
        /You opened the link to “Lesson” on .+ Anybody can make such a link: trust it if you know who made it, or have read what it would run./,
      );
    const agree = dialog.getByRole('button', { name: 'Trust the link' });
    await expect.element(agree).toBeEnabled();
    await agree.click();
    await expect.element(bar).not.toBeInTheDocument();
    await screen.getByRole('button', { name: 'Actions for Lesson' }).click();
    await screen.getByRole('menuitem', { name: 'Stop trusting the link to “Lesson”' }).click();
    await expect
      .element(screen.getByText('Nothing that came by the link to “Lesson” runs any more.'))
      .toBeVisible();
  });

  test('from another host', async () => {
    const name = 'https://course.example/term/lesson.cahier';
    const { bar, screen } = await showApp({ file: { name } });
    await expect
      .element(bar)
      .toHaveTextContent(/^This notebook came with “lesson.cahier” from course.example. You can read/);
    await bar.getByRole('button', { name: 'Trust…' }).click();
    const dialog = screen.getByRole('dialog', { name: 'Trust “lesson.cahier” from course.example?' });
    await expect.element(dialog).toHaveTextContent(/“lesson.cahier” from course.example was fetched on /);
    await expect.element(dialog).toHaveTextContent(hint);
    await expect.element(dialog.getByText(name, { exact: true })).toBeVisible();
    await expect.element(dialog.getByRole('button', { name: 'Trust the file' })).toBeEnabled();
  });
});

test('the dialog says what trusting allows, and for what it holds', async () => {
  const { bar, dialog, workspace } = await showApp({
    prepare: async (storage, workspaceId) => {
      const other = buildNotebook(['other'], { workspaceId, importId, title: 'Homework' });
      const gone = { ...other, id: 'gone' as Notebook['id'], title: 'Draft', deletedAt: Date.now() };
      const own = { ...other, id: 'own' as Notebook['id'], title: 'Own' };
      delete (own as { importId?: ImportId }).importId;
      await storage.saveNotebook({ ...other, id: 'other' as Notebook['id'] });
      await storage.saveNotebook(gone);
      await storage.saveNotebook(own);
      const schedule = buildSchedule('Nightly', { workspaceId, paused: { reason: null } });
      await storage.changeSchedule(schedule.id, () => schedule);
      await storage.changeModels(() =>
        succeed({
          models: [buildModel('iris', { workspaceId })],
          versions: [buildVersion('iris', 1), buildVersion('iris', 2, { importId })],
        }),
      );
    },
  });
  await workspace.profiles.change(workspace.profiles.active.id, { username: 'ada', displayName: 'Ada' });
  await bar.getByRole('button', { name: 'Trust…' }).click();
  const came = dialog.getByRole('list', { name: 'What came with it' });
  await expect
    .poll(() => [...came.element().children].map(({ textContent }) => textContent.trim()))
    .toEqual(['Lesson', 'Homework', 'Draft, in the trash', '1 version of a model']);
  await expect.element(dialog).toHaveTextContent(/act as “Ada”, whose token they get/);
  await expect.element(dialog).toHaveTextContent(/Its models can be loaded, which can run code as well/);
  await expect.element(dialog).toHaveTextContent(/You are asked about all others/);
  await expect.element(dialog).toHaveTextContent(/Its schedules stay switched off until you switch them on/);
});

describe('the list of notebooks', () => {
  test('marks those that are not trusted, which keep their titles', async () => {
    const { screen, workspace } = await showApp();
    await expect.element(screen.getByRole('button', { name: 'Lesson (not trusted)' })).toBeVisible();
    await screen.getByRole('button', { name: 'Actions for Lesson' }).click();
    const list = () =>
      screen
        .getByRole('menuitem')
        .elements()
        .map(({ textContent }) => textContent.trim());
    expect(list()).toEqual(['Duplicate', 'Delete']);
    await userEvent.keyboard('{Escape}');
    await workspace.trust.trust(importId);
    await expect.element(screen.getByRole('button', { name: 'Lesson', exact: true })).toBeVisible();
    await screen.getByRole('button', { name: 'Actions for Lesson' }).click();
    expect(list()).toEqual(['Rename', 'Duplicate', 'Stop trusting “lesson.cahier”', 'Delete']);
  });

  test('takes trust back, and gives it again at a press', async () => {
    const { screen, bar, session, kernel } = await showApp({ file: { isTrusted: true } });
    await expect.element(bar).not.toBeInTheDocument();
    await screen.getByRole('button', { name: 'Actions for Lesson' }).click();
    await screen.getByRole('menuitem', { name: 'Stop trusting “lesson.cahier”' }).click();
    await expect.element(bar).toBeVisible();
    expect([session.kernelState, kernel.asked]).toEqual([{ status: 'off' }, ['dispose']]);
    await expect
      .element(screen.getByText('Nothing that came with “lesson.cahier” runs any more.'))
      .toBeVisible();
    await screen.getByRole('button', { name: 'Undo' }).click();
    await expect.element(bar).not.toBeInTheDocument();
    expect(session.isTrusted).toBe(true);
  });
});

test('versions of models say that they came with a file that is not trusted, and lead to trusting it', async () => {
  const { screen, dialog, workspace } = await showApp({
    prepare: (storage, workspaceId) =>
      storage.changeModels(() =>
        succeed({
          models: [buildModel('iris', { workspaceId, lastNumber: 2 })],
          versions: [buildVersion('iris', 1), buildVersion('iris', 2, { importId })],
        }),
      ),
  });
  await workspace.models.load();
  await screen.getByRole('button', { name: 'Models', exact: true }).click();
  await screen.getByRole('button', { name: /^iris/ }).click();
  const versions = screen.getByRole('list', { name: 'Versions', exact: true });
  const describeRows = (): (boolean | undefined)[] =>
    [...versions.element().querySelectorAll('[data-version]')].map(({ textContent }) =>
      textContent.includes('Not trusted'),
    );
  // Of the version that is open all is said below it.
  await expect.poll(describeRows).toEqual([false, false]);
  const newest = versions.getByRole('button', { name: /^Version 2, newest/ });
  await newest.click();
  await expect.poll(describeRows).toEqual([true, false]);
  await newest.click();
  await expect
    .element(versions)
    .toHaveTextContent(/Came with “lesson.cahier”, not trusted: no cell loads it · Trust…/);
  await versions.getByRole('button', { name: 'Trust…' }).click();
  const agree = dialog.getByRole('button', { name: 'Trust the file' });
  await expect.element(agree).toBeEnabled();
  await agree.click();
  await expect.poll(describeRows).toEqual([false, false]);
  await expect.element(versions).toHaveTextContent(/Came with “lesson.cahier” SHA-256/);
});

test('the configuration of a cell says which of its models are not loaded, and why', async () => {
  const cell = buildLoadingCell('Predict', 'iris');
  const { workspace, session } = await openWorkspace(
    buildNotebook([], { cells: [cell] }),
    async (storage) => {
      const workspaceId = await storage.openWorkspace();
      await storage.changeImport(importId, () => buildImport('lesson', { workspaceId }));
      await storage.changeModels(() =>
        succeed({
          models: [buildModel('iris', { workspaceId })],
          versions: [buildVersion('iris', 1, { importId })],
        }),
      );
    },
  );
  await workspace.models.load();
  const screen = await render(ViewHost<Parameters<typeof FirstCellPane>[1]>, {
    workspace,
    view: FirstCellPane,
    viewProps: { session },
  });
  const refusal = screen.getByText(
    'Version 1 of the model “iris” came with “lesson.cahier”, which is not trusted yet. Trust that file first, or load another version.',
  );
  await expect.element(refusal, { timeout: 15_000 }).toBeVisible();
  await workspace.trust.trust(importId);
  await expect.element(refusal).not.toBeInTheDocument();
});

test('schedules and production lines say why they do not run, and cannot be switched on', async () => {
  const { screen, workspace, session } = await showApp({
    prepare: async (storage, workspaceId) => {
      const line = { ...buildLine('Monthly', ['notebook']), workspaceId };
      await storage.changeProductionLine(line.id, () => line);
      const schedule = buildSchedule('Nightly', { workspaceId, paused: { reason: null } });
      await storage.changeSchedule(schedule.id, () => schedule);
    },
  });
  const reason = '“Lesson” came with “lesson.cahier”, which is not trusted yet. Trust that file first.';
  await screen.getByRole('button', { name: 'Production lines' }).click();
  const line = screen.getByRole('listitem', { name: 'Monthly' });
  await expect.element(line).toHaveTextContent(`Cannot be run. ${reason}`);
  await expect.element(line.getByRole('button', { name: 'Run Monthly' })).toBeDisabled();
  await userEvent.keyboard('{Escape}');
  await screen.getByRole('button', { name: 'Schedules' }).click();
  const item = screen.getByRole('listitem', { name: 'Nightly' });
  await expect.element(item).toHaveTextContent(`Paused. ${reason}`);
  await expect.element(item.getByRole('button', { name: 'Run Nightly now' })).toBeDisabled();
  await item.getByRole('button', { name: 'Actions for Nightly' }).click();
  expect(
    screen
      .getByRole('menuitem')
      .elements()
      .map(({ textContent }) => textContent.trim()),
  ).toEqual(['Edit', 'Delete']);
  await userEvent.keyboard('{Escape}');
  await screen.getByRole('button', { name: 'New schedule' }).click();
  const form = screen.getByRole('dialog', { name: 'New schedule' });
  await form.getByRole('button', { name: 'Save' }).click();
  await expect.element(form).toHaveTextContent(reason);
  expect(workspace.schedules.schedules).toHaveLength(1);
  expect(session.isTrusted).toBe(false);
});
